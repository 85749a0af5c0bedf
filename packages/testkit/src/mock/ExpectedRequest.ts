import { type Json, type Variables, isJsonList, isJsonObject } from "@sallyport/language"
import {
  type CheckedAction,
  type CheckedRequest,
  type CompiledValue,
  type Definitions,
  evaluateValue,
  propertiesCodec
} from "@sallyport/runtime"
import * as Result from "effect/Result"
import { isDeepStrictEqual } from "node:util"
import { type JsonObject, parseJson } from "../json/JsonText.ts"
import type { ReceivedRequest } from "../server/ReceivedRequest.ts"

/** What a connector sends for an input, but for its headers: those prove who it is, and are nobody's business here. */
export interface ExpectedRequest {
  readonly method: string
  /** Behind the base URL, percent-encoded. */
  readonly path: string
  /** Names and values, decoded. */
  readonly query: ReadonlyArray<readonly [name: string, value: string]>
  /** A value of JSON, the fields of a form, or undefined for none. */
  readonly body: Json | undefined
}

/** How much of a request is as expected. */
export interface RequestFit {
  /** Nothing is different. */
  readonly isExact: boolean
  /** How many parts are as expected. */
  readonly parts: number
}

/** The input of an action with its defaults filled in; undefined when it does not fit. */
export const decodedInput = (
  source: Json,
  action: CheckedAction,
  given: JsonObject
): JsonObject | undefined => {
  const definitions: Definitions = isJsonObject(source) ? source : {}
  const actions = definitions["actions"]
  const written = isJsonObject(actions) ? actions[action.name] : undefined
  const schemas = isJsonObject(written) ? written["input"] : undefined
  const decoded = propertiesCodec(isJsonObject(schemas) ? schemas : {}, definitions).decode(given)
  return Result.isSuccess(decoded) && isJsonObject(decoded.success) ? decoded.success : undefined
}

/** The request of an action for these variables; undefined when a part of it has no value. */
export const expectedRequest = (
  request: CheckedRequest,
  variables: Variables & { readonly input: JsonObject }
): ExpectedRequest | undefined => {
  try {
    const path = request.path.map((part) =>
      typeof part === "string" ? part : encodeURIComponent(urlText(variables.input[part.input] ?? null))
    )
    return {
      method: request.method,
      path: path.join(""),
      query: pairs(request.query, variables),
      body:
        request.form === undefined
          ? plain(request.json === undefined ? undefined : valueOf(request.json, variables))
          : Object.fromEntries(pairs(request.form, variables))
    }
  } catch (error) {
    if (error instanceof WithoutValue) return undefined
    throw error
  }
}

/** Compares what came with what was expected. The path may stand behind any other. */
export const fitOf = (expected: ExpectedRequest, request: ReceivedRequest): RequestFit => {
  const [path = ""] = request.target.split("?", 1)
  const isPath = decoded(path).endsWith(decoded(expected.path))
  const body = bodyOf(request)
  const isBody = isDeepStrictEqual(body, expected.body)
  const known = expected.query.filter(([name, value]) =>
    request.query.some((given) => given[0] === name && given[1] === value)
  )
  return {
    isExact:
      request.method === expected.method &&
      isPath &&
      isBody &&
      known.length === expected.query.length &&
      known.length === request.query.length,
    parts: (isPath ? 1 : 0) + (isBody ? 1 : 0) + known.length
  }
}

/** A template has no value for this input, so nothing is sent for it. */
class WithoutValue extends Error {
  override readonly name = "WithoutValue"
}

const bodyOf = (request: ReceivedRequest): Json | undefined => {
  if (request.body.length === 0) return undefined
  const isForm = request.header("content-type")?.startsWith("application/x-www-form-urlencoded") === true
  return isForm ? Object.fromEntries(new URLSearchParams(request.text)) : request.json
}

const valueOf = (template: CompiledValue, variables: Variables): Json | undefined => {
  const outcome = evaluateValue(template, variables)
  if (!outcome.ok) throw new WithoutValue(outcome.diagnostic.message)
  return outcome.value
}

/** Evaluated objects have no prototype, parsed ones have; they are the same JSON. */
const plain = (value: Json | undefined): Json | undefined =>
  value === undefined ? undefined : parseJson(JSON.stringify(value))

const pairs = (
  templates: ReadonlyMap<string, CompiledValue>,
  variables: Variables
): ReadonlyArray<readonly [string, string]> =>
  [...templates].flatMap(([name, template]) => {
    const value = valueOf(template, variables)
    if (value === undefined || value === null || (isJsonList(value) && value.length === 0)) return []
    return [[name, urlText(value)] as const]
  })

const urlText = (value: Json): string => {
  if (isJsonList(value)) return value.map(urlText).join(",")
  if (value === null || typeof value === "object") throw new WithoutValue("a URL takes texts and numbers")
  return String(value)
}

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
