import { isJsonList, isJsonObject, isJsonScalar, type Json, SourceFile } from "@sallyport/language"
import * as Result from "effect/Result"
import { readFileSync } from "node:fs"
import { BaseUrl } from "../src/http/BaseUrl.ts"
import type { QueryValue } from "../src/http/QueryString.ts"
import { type CompiledValue, evaluateValue } from "../src/manifest/CompiledValue.ts"
import { loadManifest } from "../src/manifest/ManifestLoader.ts"
import { statusKeyFor } from "../src/manifest/StatusKey.ts"
import { actionOf } from "./ManifestText.ts"

/** Where the manifest is. */
export const path = "manifests/sekoia.yaml"
/** The manifest as it is written. */
export const text = readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8")
/** The manifest with its diagnostics. */
export const loaded = loadManifest(new SourceFile(path, text))
/** The manifest, checked. */
export const manifest = (() => {
  if (loaded.manifest === undefined)
    throw new Error(loaded.diagnostics.map(({ message }) => message).join("\n"))
  return loaded.manifest
})()

/** An object of JSON. */
export type JsonObject = { readonly [name: string]: Json }

/** What a compiled value gives; throws where it gives nothing. */
export const evaluate = (value: CompiledValue | undefined, variables: JsonObject): Json | undefined => {
  if (value === undefined) throw new Error("nothing was compiled")
  const outcome = evaluateValue(value, variables)
  if (!outcome.ok) throw new Error(outcome.diagnostic.message)
  return outcome.value
}

/** An input with its defaults filled in. */
export const applied = (action: string, input: JsonObject): JsonObject => {
  const defaults: { [name: string]: Json } = {}
  for (const [name, property] of actionOf(manifest, action).input.properties)
    if (property.default !== undefined) defaults[name] = property.default
  return { ...defaults, ...input }
}

const queryValue = (value: Json | undefined): QueryValue => {
  if (value === undefined || value === null || isJsonScalar(value)) return value
  if (isJsonList(value) && value.every(isJsonScalar)) return value
  throw new Error("this cannot stand in a URL")
}

/** A list in a path is a comma list. */
const pathValue = (value: Json | undefined): string => {
  const values = isJsonList(value) ? value : [value ?? ""]
  if (!values.every(isJsonScalar)) throw new Error("this cannot stand in a path")
  return values.map(String).join(",")
}

const base = (url: string): BaseUrl => Result.getOrThrow(BaseUrl.parse(url))

/** The address that an action asks for, as it goes over the wire. */
export const targetOf = (action: string, given: JsonObject, at = "https://api.sekoia.io"): string => {
  const { request } = actionOf(manifest, action)
  if (request === undefined) throw new Error("there is no request")
  const input = applied(action, given)
  const query: { [name: string]: QueryValue } = {}
  for (const [name, value] of request.query) query[name] = queryValue(evaluate(value, { input, config: {} }))
  const params: { [name: string]: string } = {}
  for (const part of request.path)
    if (typeof part !== "string") params[part.input] = pathValue(input[part.input])
  const template = request.path.map((part) => (typeof part === "string" ? part : `{${part.input}}`)).join("")
  return Result.getOrThrow(base(at).target({ path: template, params, query })).href
}

/** The query parameters of an address, and how often each of them stands there. */
export const parametersOf = (target: string): ReadonlyArray<readonly [string, string]> => [
  ...new URL(target).searchParams
]

/** What an action makes of a response. */
export const outputOf = (
  action: string,
  given: JsonObject,
  {
    body,
    headers = {},
    status = 200
  }: { readonly status?: number; readonly headers?: JsonObject; readonly body: Json }
): Json | undefined => {
  const { responses } = actionOf(manifest, action)
  const rule = responses.get(statusKeyFor(status, responses.keys()) ?? "")
  if (rule === undefined) return "this status is a failure"
  const variables = { input: applied(action, given), config: {}, response: { status, headers, body } }
  return rule.output === undefined ? body : evaluate(rule.output, variables)
}

/** Whether paging goes on behind a page, and with which cursor. */
export const nextOf = (
  action: string,
  given: JsonObject,
  output: Json,
  body: Json = null
): { readonly cursor: Json; readonly stops: boolean } => {
  const { paginate } = actionOf(manifest, action)
  const response = { status: 200, headers: {}, body }
  const variables = { input: applied(action, given), config: {}, output, response }
  return {
    cursor: evaluate(paginate?.cursor?.value, variables) ?? null,
    stops: paginate?.stop !== undefined && evaluate(paginate.stop, variables) === true
  }
}

/** The feed that everybody has, and a UUID that is none of it. */
export const feed = "d6092c37-d8d7-45c3-8aff-c4dc26030608"
export const uuid = "0b9e2a64-5c1d-4f83-9a07-3d1f6e28c455"

/** The problems of the manifest with a call of an action as its connection check: inputs of calls are checked there. */
export const problemsOfInput = (action: string, input: JsonObject): ReadonlyArray<string> => {
  const { source } = manifest
  if (!isJsonObject(source) || !isJsonObject(source["connection"]))
    throw new Error("the manifest is no object")
  const connection = { ...source["connection"], check: { action, with: input } }
  const changed = JSON.stringify({ ...source, connection })
  return loadManifest(new SourceFile(path, changed)).diagnostics.map(({ code }) => code)
}
