import type { JsonPlace } from "../json/JsonPlace.ts"
import { quoted } from "../json/JsonValue.ts"
import type { ConvertedConnection } from "./ConnectionConversion.ts"
import type { DraftMap } from "../draft/Draft.ts"
import type { ConvertedInput } from "./InputConversion.ts"
import type { ModuleContext } from "./ModuleContext.ts"

/** An HTTP call as `docker_parameters` names it: `get-alerts/{uuid}`. */
export interface NamedCall {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE"
  /** Without the slash at its beginning. */
  readonly path: string
}

/** The HTTP call in `docker_parameters`; undefined when it is the name of a command. */
export const namedCall = (parameters: string | undefined): NamedCall | undefined => {
  const [, method, path] = /^(get|head|post|put|patch|delete)-(\S{1,500})$/.exec(parameters ?? "") ?? []
  if (method === undefined || path === undefined) return undefined
  return { method: methods[method] ?? "POST", path: path.replace(/^\/+/, "") }
}

const methods: { readonly [method: string]: NamedCall["method"] } = {
  get: "GET",
  head: "HEAD",
  post: "POST",
  put: "PUT",
  patch: "PATCH",
  delete: "DELETE"
}

/** Is the call a REST call whose parts are declared: a path with steps, or arguments with an `in`? */
export const isDeclaredCall = ({ path }: NamedCall, inputs: ReadonlyArray<ConvertedInput>): boolean =>
  path.includes("/") || inputs.some(({ location }) => location !== undefined)

/** The request, or why there cannot be one. */
export type ConvertedRequest = { readonly draft: DraftMap } | { readonly reason: string }

/** Makes a request of a call and of where its arguments go. */
export const convertRequest = (
  { method, path }: NamedCall,
  inputs: ReadonlyArray<ConvertedInput>,
  { base }: ConvertedConnection
): ConvertedRequest => {
  if (base === undefined) return { reason: "the configuration has no base_url that is always given" }
  const named = pathOf(path, inputs)
  if (typeof named !== "string") return named
  const draft: DraftMap = new Map([[method, named]])
  const query: DraftMap = new Map()
  const json: DraftMap = new Map()
  const headers: DraftMap = new Map()
  for (const { argument, location, name } of inputs) {
    const value = `\${{ input.${name} }}`
    if (location === "path") {
      if (!path.includes(`{${argument}}`)) return { reason: `the path does not name ${quoted(argument)}` }
    } else if (location === "query") query.set(argument, value)
    else if (location === "body") json.set(argument, value)
    else if (location === "header" && /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(argument))
      headers.set(argument, value)
    else if (!path.includes(`{${argument}}`))
      return { reason: `it is not said which part of the request takes ${quoted(argument)}` }
  }
  if (json.size > 0 && (method === "GET" || method === "HEAD"))
    return { reason: `a ${method} request has no body` }
  for (const [key, part] of [
    ["query", query],
    ["json", json],
    ["headers", headers]
  ] as const)
    if (part.size > 0) draft.set(key, part)
  return { draft }
}

/** The path with the names of inputs in it. */
const pathOf = (
  path: string,
  inputs: ReadonlyArray<ConvertedInput>
): string | { readonly reason: string } => {
  let named = "/"
  for (const piece of path.split(/(\{[^{}]*\})/)) {
    if (!piece.startsWith("{")) {
      named += piece
      continue
    }
    const input = inputs.find(({ argument }) => argument === piece.slice(1, -1))
    if (input === undefined) return { reason: `the path needs ${quoted(piece)}, which is no argument` }
    if (!input.isRequired) return { reason: `the path needs ${quoted(piece)}, which may be missing` }
    named += `{${input.name}}`
  }
  return named
}

/** Adds what all requests need, and says what of it is guessed. */
export const addHttp = (
  manifest: DraftMap,
  { base, secrets }: ConvertedConnection,
  { losses }: ModuleContext,
  place: JsonPlace
): void => {
  const http: DraftMap = new Map([["base", `\${{ config.${base ?? ""} }}`]])
  manifest.set("http", http)
  losses.add(
    "assumption",
    "http",
    place,
    `requests go to the setting "${base ?? ""}" with the path behind it; a prefix that the module adds in Python is missing`
  )
  const secret = secrets.includes("api_key") ? "api_key" : secrets.length === 1 ? secrets[0] : undefined
  if (secret === undefined) {
    if (secrets.length > 0)
      losses.add(
        "problem",
        "authentication",
        place,
        `which of the secrets ${secrets.join(", ")} requests carry is only said in Python: add "auth" by hand`
      )
    return
  }
  http.set("auth", secret)
  const headers: DraftMap = new Map([["authorization", `\${{ secrets.${secret} }}`]])
  manifest.set("auth", new Map([[secret, new Map([["headers", headers]])]]))
  losses.add(
    "assumption",
    "authentication",
    place,
    `the secret "${secret}" is sent as the authorization header, as Sekoia's SDK does without further orders; the module may use another header, a prefix such as Bearer or a query parameter`
  )
}
