import type { Json } from "@sallyport/language"
import {
  type CheckedAction,
  type CheckedManifest,
  type CompiledValue,
  evaluateValue,
  outputCodec,
  statusKeyFor,
  type ValueCodec
} from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { type Answer, send, textAt } from "./Client.ts"

type Body = { readonly [name: string]: Json }

/** A service that a manifest is about, and how to get in. */
export interface Service {
  readonly manifest: CheckedManifest
  readonly baseUrl: string
  readonly config: Body
  readonly headers: { readonly [name: string]: string }
}

/** What an action gave. */
export interface CallResult {
  readonly status: number
  readonly output: Json
}

/**
 * Calls an action as its manifest declares it, and checks the answer by the schemas of its response rule and its output.
 * Dies with all problems where they do not fit: the simulation and the manifest say different things then.
 */
export const callAction = Effect.fnUntraced(function* (service: Service, name: string, given: Body) {
  const action = service.manifest.actions.get(name)
  if (action?.request === undefined) return yield* Effect.die(`${name} has no request`)
  const input = { ...defaultsOf(action), ...given }
  const variables = { input, config: service.config, secrets: {} }
  const { headers, json, method, path, query } = action.request
  const target = path.map((part) =>
    typeof part === "string" ? part : encodeURIComponent(plain(input[part.input]))
  )
  const parameters = [...query].flatMap(([key, value]) => {
    const text = plain(evaluate(value, variables) ?? null)
    return text === "" ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(text)}`]
  })
  const own = Object.fromEntries([...headers].map(([key, value]) => [key, plain(evaluate(value, variables))]))
  const body = json === undefined ? undefined : evaluate(json, variables)
  const answer = yield* send(
    `${service.baseUrl}${target.join("")}${parameters.length === 0 ? "" : `?${parameters.join("&")}`}`,
    {
      method,
      headers: { ...service.headers, ...own },
      ...(body === undefined ? {} : { json: withoutNull(body) })
    }
  )
  return yield* Effect.sync(() => read(service, name, action, variables, answer))
})

function read(
  service: Service,
  name: string,
  action: CheckedAction,
  variables: Body,
  answer: Answer
): CallResult {
  const key = statusKeyFor(answer.status, action.responses.keys())
  const rule = key === undefined ? undefined : action.responses.get(key)
  if (key === undefined || rule === undefined)
    throw new Error(`${name}: the manifest takes no ${answer.status}: ${answer.text.slice(0, 200)}`)
  const { source } = service.manifest
  const definitions = isObject(source) ? source : {}
  const declared = partOf(source, "actions", name)
  const body = bodyOf(rule.as, answer)
  const schema = partOf(declared, "response", key, "body")
  if (schema !== undefined) check(`${name}: the body`, outputCodec(schema, definitions), body)
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([header, value]) => [header, String(value)])
  )
  const response = { status: answer.status, headers, body }
  const output =
    rule.output === undefined ? body : (evaluate(rule.output, { ...variables, response }) ?? null)
  const outputSchema = partOf(declared, "output")
  if (outputSchema === undefined) throw new Error(`${name} has no output`)
  check(`${name}: the output`, outputCodec(outputSchema, definitions), output)
  return { status: answer.status, output }
}

function check(what: string, codec: ValueCodec, value: Json): void {
  const decoded = codec.decode(value)
  if (Result.isFailure(decoded)) throw new Error(`${what} does not fit: ${JSON.stringify(decoded.failure)}`)
}

function bodyOf(format: string, answer: Answer): Json {
  if (format === "bytes") return answer.bytes.toString("base64")
  if (format === "text") return answer.text
  if (format === "csv") return csvRows(answer.text)
  return answer.text === "" ? null : (answer.json ?? `no JSON: ${answer.text.slice(0, 200)}`)
}

/** Cells are quoted or not; quotes within are doubled. */
function csvRows(text: string): Json {
  const rows = [...text.matchAll(/(?:(?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,|(?=\r\n)))+\r\n/g)].map(([row]) =>
    [...row.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? ""
    )
  )
  const [names = [], ...others] = rows
  return others.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""])))
}

function defaultsOf(action: CheckedAction): Body {
  const defaults: { [name: string]: Json } = {}
  for (const [name, property] of action.input.properties)
    if (property.default !== undefined) defaults[name] = property.default
  return defaults
}

function evaluate(value: CompiledValue, variables: Body): Json | undefined {
  const outcome = evaluateValue(value, variables)
  if (!outcome.ok) throw new Error(outcome.diagnostic.message)
  return outcome.value
}

/** What stands in a URL: a list is a comma list, nothing is empty. */
const plain = (value: Json | undefined): string => {
  if (value === undefined || value === null) return ""
  return isList(value) ? value.map((item) => textAt(item)).join(",") : textAt(value)
}

const withoutNull = (body: Json): Json =>
  isObject(body) ? Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)) : body

const partOf = (value: Json | undefined, ...names: ReadonlyArray<string>): Json | undefined => {
  let found = value
  for (const name of names) found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined
  return found
}

const isObject = (value: Json | undefined): value is Body =>
  typeof value === "object" && value !== null && !isList(value)

const isList = (value: Json | undefined): value is ReadonlyArray<Json> => Array.isArray(value)
