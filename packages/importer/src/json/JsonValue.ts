/** A JSON value that was read. Objects are maps, so that no name means anything to JavaScript. */
export type JsonValue = null | boolean | number | string | ReadonlyArray<JsonValue> | JsonMap

/** A JSON object: its members in the order of the file. */
export type JsonMap = ReadonlyMap<string, JsonValue>

/** Is the value an object? */
export const isMap = (value: unknown): value is JsonMap => value instanceof Map

/** Is the value a list? `Array.isArray` alone does not narrow a readonly array. */
export const isList = (value: JsonValue | undefined): value is ReadonlyArray<JsonValue> =>
  Array.isArray(value)

/** Is the value a text, a number, true, false or null? */
export const isScalar = (value: JsonValue): value is null | boolean | number | string =>
  typeof value !== "object" || value === null

/** A text of a person, shortened and with its control characters escaped, as messages quote it. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text)
