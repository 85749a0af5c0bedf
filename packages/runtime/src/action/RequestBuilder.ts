import { type Json, showSpan, type Variables, isJsonScalar, isJsonList } from "@sallyport/language"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { BaseUrl } from "../http/BaseUrl.ts"
import type { HttpRequest } from "../http/HttpRequest.ts"
import type { UrlValue } from "../http/PathTemplate.ts"
import { queryString, type QueryValue } from "../http/QueryString.ts"
import type { CheckedRequest } from "../manifest/CheckedManifest.ts"
import { type CompiledValue, evaluateValue } from "../manifest/CompiledValue.ts"
import { isSensitive, type Sensitivity } from "./Sensitivity.ts"

/** The parts of an HTTP request that its template decides. */
export type BuiltRequest = Pick<HttpRequest, "method" | "target" | "headers" | "body">

/** Header fields by their names in small letters. */
export type HeaderFields = Readonly<Record<string, string | Redacted.Redacted>>

/** What a request is made of besides its template. */
export interface RequestMatter {
  readonly base: BaseUrl
  readonly variables: Variables
  /** What places in the path are filled from. */
  readonly input?: { readonly [name: string]: Json }
  readonly sensitivity: Sensitivity
  /** Headers of the connection and of its proof of identity; those of the request win over them. */
  readonly fields: HeaderFields
}

/**
 * Fills a request's template. Everything that reads something sensitive is `Redacted`. Fails with a sentence that says
 * which part has no value and why, without any value.
 */
export const buildRequest = (
  request: CheckedRequest,
  matter: RequestMatter
): Result.Result<BuiltRequest, string> => {
  const headers = headerFields([request.headers], matter)
  if (Result.isFailure(headers)) return Result.fail(headers.failure)
  const body = bodyOf(request, matter)
  if (Result.isFailure(body)) return Result.fail(body.failure)
  const query = parameters(request.query, matter)
  if (Result.isFailure(query)) return Result.fail(query.failure)
  const params = pathParameters(request, matter)
  if (Result.isFailure(params)) return Result.fail(params.failure)
  const path = request.path.map((part) => (typeof part === "string" ? part : `{${part.input}}`)).join("")
  const target = matter.base.target({ path, params: params.success, query: query.success })
  return Result.map(target, (target) => ({
    method: request.method,
    target,
    headers: { ...matter.fields, ...headers.success },
    ...(body.success !== undefined && { body: body.success })
  }))
}

/** The headers that these maps of templates give, names in small letters; null and what is missing is left out. */
export const headerFields = (
  maps: ReadonlyArray<ReadonlyMap<string, CompiledValue>>,
  matter: Pick<RequestMatter, "variables" | "sensitivity">
): Result.Result<HeaderFields, string> => {
  if (maps.every(({ size }) => size === 0)) return nothing
  const fields = new Map<string, string | Redacted.Redacted>()
  for (const [name, value] of maps.flatMap((map) => [...map])) {
    const outcome = evaluate(value, matter.variables)
    if (Result.isFailure(outcome)) return Result.fail(`its header "${name}" has no value: ${outcome.failure}`)
    const given = outcome.success
    if (given === undefined || given === null) continue
    if (!isJsonScalar(given)) return Result.fail(`its header "${name}" is no text`)
    const text = String(given)
    fields.set(name.toLowerCase(), isSensitive(value, matter.sensitivity) ? Redacted.make(text) : text)
  }
  return Result.succeed(Object.fromEntries(fields))
}

/** Most requests have no headers or parameters of their own. */
const nothing: Result.Result<Readonly<Record<string, never>>, string> = Result.succeed({})

/** What a template gives, or why it gives nothing, with its place. */
export const evaluate = (
  value: CompiledValue,
  variables: Variables
): Result.Result<Json | undefined, string> => {
  const outcome = evaluateValue(value, variables)
  if (outcome.ok) return Result.succeed(outcome.value)
  const { message, span } = outcome.diagnostic
  return Result.fail(`${message} (${showSpan(span)})`)
}

const bodyOf = (
  request: CheckedRequest,
  matter: RequestMatter
): Result.Result<HttpRequest["body"], string> => {
  if (request.json !== undefined) {
    const value = evaluate(request.json, matter.variables)
    if (Result.isFailure(value)) return Result.fail(`its body has no value: ${value.failure}`)
    if (value.success === undefined) return Result.succeed(undefined)
    const bytes = new TextEncoder().encode(JSON.stringify(value.success))
    return Result.succeed({ contentType: "application/json", bytes })
  }
  if (request.form === undefined) return Result.succeed(undefined)
  const fields = parameters(request.form, matter)
  if (Result.isFailure(fields)) return Result.fail(fields.failure)
  return Result.map(queryString(fields.success), (text) => ({
    contentType: "application/x-www-form-urlencoded",
    bytes: new TextEncoder().encode(text)
  }))
}

const parameters = (
  values: ReadonlyMap<string, CompiledValue>,
  matter: RequestMatter
): Result.Result<Readonly<Record<string, QueryValue>>, string> => {
  if (values.size === 0) return nothing
  const out = new Map<string, QueryValue>()
  for (const [name, value] of values) {
    const outcome = evaluate(value, matter.variables)
    if (Result.isFailure(outcome))
      return Result.fail(`its parameter "${name}" has no value: ${outcome.failure}`)
    const given = queryValue(outcome.success, isSensitive(value, matter.sensitivity))
    if (given === "neither")
      return Result.fail(`its parameter "${name}" is neither a text nor a list of texts`)
    out.set(name, given.value)
  }
  return Result.succeed(Object.fromEntries(out))
}

const queryValue = (
  value: Json | undefined,
  sensitive: boolean
): { readonly value: QueryValue } | "neither" => {
  if (value === undefined || value === null) return { value: null }
  if (isJsonScalar(value)) return { value: urlValue(value, sensitive) }
  if (!isJsonList(value)) return "neither"
  const items: Array<UrlValue> = []
  for (const item of value) {
    if (!isJsonScalar(item)) return "neither"
    items.push(urlValue(item, sensitive))
  }
  return { value: items }
}

/** A list in a path is a comma list, as in a query. */
const pathParameters = (
  { path }: CheckedRequest,
  { input = {}, sensitivity }: RequestMatter
): Result.Result<Readonly<Record<string, UrlValue>>, string> => {
  const out = new Map<string, UrlValue>()
  for (const part of path) {
    if (typeof part === "string") continue
    const text = pathText(part.input, (Object.hasOwn(input, part.input) ? input[part.input] : null) ?? null)
    if (Result.isFailure(text)) return Result.fail(text.failure)
    out.set(part.input, sensitivity.inputs.has(part.input) ? Redacted.make(text.success) : text.success)
  }
  return Result.succeed(Object.fromEntries(out))
}

/** An empty text is refused where the path is filled. */
const pathText = (name: string, value: Json): Result.Result<string, string> => {
  if (value === null) return Result.succeed("")
  if (isJsonScalar(value)) return Result.succeed(String(value))
  const texts = isJsonList(value) ? value.map((item) => (isJsonScalar(item) ? String(item) : "")) : [""]
  if (texts.some((text) => text === "" || text.includes(",")))
    return Result.fail(`"${name}" is a comma list with an item that is empty or holds a comma`)
  return Result.succeed(texts.join(","))
}

const urlValue = (value: string | number | boolean, sensitive: boolean): UrlValue =>
  sensitive ? Redacted.make(String(value)) : value
