import type { Json } from "./YamlNode.ts"

/** Is it a list? `Array.isArray` alone does not narrow a readonly array. */
export const isJsonList = (value: Json | undefined): value is ReadonlyArray<Json> => Array.isArray(value)

/** Is it an object, and no list? Read it by own keys only. */
export const isJsonObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Is it a text, a number or a bool? */
export const isJsonScalar = (value: Json | undefined): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
