import { type Timestamp, parseTimestamp } from "./Timestamp.ts"

/** A field that is not what STIX says it is. It counts as absent; the object is read on. */
export interface FieldProblem {
  readonly field: string
  /** One sentence, such as `"confidence" is a whole number from 0 to 100`. The value is not repeated. */
  readonly message: string
}

/** An object of untrusted JSON: its own keys, whatever they are called. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Is the value a JSON object, not an array and not null? */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The own field; undefined when it is missing or null, which feeds send for "absent". */
export const fieldOf = (object: JsonObject, field: string): unknown =>
  Object.hasOwn(object, field) ? (object[field] ?? undefined) : undefined

/** Reads fields of an object that others wrote, narrowly, and keeps what is wrong. Never throws. */
export class FieldReader {
  readonly #object: JsonObject
  readonly problems: Array<FieldProblem> = []

  constructor(object: JsonObject) {
    this.#object = object
  }

  /** A string that is not empty. */
  text(field: string): string | undefined {
    const value = fieldOf(this.#object, field)
    return typeof value === "string" && value !== ""
      ? value
      : this.#refuse(field, value, "is a string that is not empty")
  }

  /** A boolean. */
  flag(field: string): boolean | undefined {
    const value = fieldOf(this.#object, field)
    return typeof value === "boolean" ? value : this.#refuse(field, value, "is true or false")
  }

  /** A whole number between the two, both included. */
  wholeNumber(field: string, minimum: number, maximum: number): number | undefined {
    const value = fieldOf(this.#object, field)
    return typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= maximum
      ? value
      : this.#refuse(field, value, `is a whole number from ${minimum} to ${maximum}`)
  }

  /** A STIX timestamp. */
  timestamp(field: string): Timestamp | undefined {
    const value = fieldOf(this.#object, field)
    const timestamp = typeof value === "string" ? parseTimestamp(value) : undefined
    return timestamp ?? this.#refuse(field, value, "is a timestamp such as 2020-01-31T00:00:00Z")
  }

  /** The strings of a list that are not empty; others in it are a problem and left out. */
  texts(field: string): ReadonlyArray<string> {
    return this.#members(field, "is a list of strings that are not empty", (member) =>
      typeof member === "string" && member !== "" ? member : undefined
    )
  }

  /** What `read` makes of the objects of a list; those of which it makes nothing are a problem and left out. */
  objects<A>(field: string, noun: string, read: (object: JsonObject) => A | undefined): ReadonlyArray<A> {
    return this.#members(field, `is a list of ${noun}`, (member) =>
      isJsonObject(member) ? read(member) : undefined
    )
  }

  #members<A>(field: string, rule: string, read: (member: unknown) => A | undefined): ReadonlyArray<A> {
    const value = fieldOf(this.#object, field)
    if (!Array.isArray(value)) {
      this.#refuse(field, value, rule)
      return []
    }
    const members = value.map((member: unknown) => read(member))
    const good = members.filter((member) => member !== undefined)
    if (good.length < members.length) this.#refuse(field, value, rule)
    return good
  }

  #refuse(field: string, value: unknown, rule: string): undefined {
    if (value !== undefined) this.problems.push({ field, message: `"${field}" ${rule}` })
    return undefined
  }
}
