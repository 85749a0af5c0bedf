import { isJsonList, isJsonObject, type Json } from "@sallyport/language"

// Given a type because JSON.parse gives `any`, and nothing that is not JSON.
const decode: (text: string) => Json = JSON.parse

/** An object of JSON. */
export type JsonObject = { readonly [name: string]: Json }

/** What a text says as JSON; undefined when it is none. Never throws. */
export function parseJson(text: string): Json | undefined {
  try {
    return decode(text)
  } catch {
    return undefined
  }
}

/** An own field of an object; undefined in anything else. */
export const fieldOf = (value: Json | undefined, name: string): Json | undefined =>
  isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** An own field that is a text. */
export function textOf(value: Json | undefined, name: string): string | undefined {
  const field = fieldOf(value, name)
  return typeof field === "string" ? field : undefined
}

/** The texts in an own field that is a list; none in anything else. */
export function textsOf(value: Json | undefined, name: string): ReadonlyArray<string> {
  const field = fieldOf(value, name)
  return isJsonList(field) ? field.filter((item) => typeof item === "string") : []
}

/** A value as text: texts as they are, everything else as JSON. */
export const plainText = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value))
