import { type Json, isJsonObject } from "@sallyport/language"

/** An object of STIX as JSON: a type, an id, and whatever else it has. */
export interface StixObject {
  readonly type: string
  readonly id: string
  readonly [name: string]: Json
}

/** Has it a type and an id, both of them texts? */
export const isStixObject = (value: Json | undefined): value is StixObject =>
  isJsonObject(value) && typeof value["type"] === "string" && typeof value["id"] === "string"
