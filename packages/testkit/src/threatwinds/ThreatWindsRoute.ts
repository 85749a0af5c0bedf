import { type Json, isJsonObject } from "@sallyport/language"
import type { JsonObject } from "../json/JsonText.ts"
import type { ReceivedRequest } from "../server/ReceivedRequest.ts"
import type { Reply } from "../server/Reply.ts"
import type { RouteParameters } from "../server/Router.ts"
import type { Caller, Proof } from "./Accounts.ts"
import { invalid } from "./ThreatWindsReplies.ts"

/** An operation and what it needs. */
export interface ThreatWindsRoute {
  readonly method: string
  readonly path: string
  readonly proof: Proof
  readonly role?: string
  readonly handle: (request: ReceivedRequest, parameters: RouteParameters, caller: Caller) => Reply
}

/** The body, which must be an object. */
export function bodyOf(request: ReceivedRequest): JsonObject {
  const body = request.json
  if (!isJsonObject(body)) throw invalid("incorrect json format")
  return body
}

/** A text that must be there. */
export function requiredText(body: JsonObject, name: string): string {
  const value: Json | undefined = body[name]
  if (typeof value !== "string" || value === "") throw invalid(`${name} is required`)
  return value
}

/** A whole number in the query. */
export function wholeNumber(
  request: ReceivedRequest,
  name: string,
  otherwise: number,
  min: number,
  max: number
): number {
  const text = request.parameter(name)
  const value = text === undefined ? otherwise : /^\d{1,9}$/.test(text) ? Number(text) : -1
  if (value < min || value > max) throw invalid(`${name} must be a whole number from ${min} to ${max}`)
  return value
}
