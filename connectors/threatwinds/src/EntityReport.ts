import { canonicalValue, maxAttributeBytes, unknownType } from "./CanonicalAttribute.ts"
import { canonicalEntityId } from "./EntityId.ts"
import { type EntityType, entityType } from "./EntityType.ts"
import { formatJsonPath, type JsonPath, quoted } from "./JsonPath.ts"
import type { AttributeValue } from "./rule/AttributeRule.ts"

/** Attributes by name. Has no prototype, so every name is an ordinary key. */
export type Attributes = Readonly<Record<string, AttributeValue | boolean>>

/** An entity that belongs to another one: as a part of it (`aggregation`), or loosely (`association`). */
export interface Association {
  readonly mode: "aggregation" | "association"
  readonly type: string
  readonly attributes: Attributes
  readonly associations?: ReadonlyArray<Association>
}

/** The body of `POST ingest/v1/entity`, all values being canonical. Fields that were not given are absent. */
export interface EntityReport {
  readonly type: string
  readonly attributes: Attributes
  readonly associations?: ReadonlyArray<Association>
  /** From -3 (extremely bad) through 0 (unknown) to 3 (excellent). */
  readonly reputation?: number
  /** Names of attributes of which ThreatWinds makes entities as well. */
  readonly correlate?: ReadonlyArray<string>
  readonly tags?: ReadonlyArray<string>
  /** Groups; the caller's when it is absent. */
  readonly visibleBy?: ReadonlyArray<string>
}

/** One thing that is wrong, and where. The reason never contains the value of an attribute. */
export interface ReportProblem {
  /** RFC 9535: `$.attributes.ip`. */
  readonly path: string
  readonly reason: string
}

/** The report as it is to be sent, or all that is wrong with it. */
export type ReadReport =
  | {
      readonly ok: true
      /** The id that the entity will have. */
      readonly id: string
      readonly report: EntityReport
      /** Where there are attributes that we do not know: they are sent as they are. */
      readonly unknownAttributes: ReadonlyArray<string>
    }
  | { readonly ok: false; readonly problems: ReadonlyArray<ReportProblem> }

/** How deep associations may nest. */
export const maxAssociationDepth = 8

/** How many associations a report may have, at all depths together. */
export const maxAssociations = 1_000

/** How many attributes one entity may have; there are half as many types. */
export const maxAttributes = 256

/** How much text all attributes may have together, in UTF-16 units. */
export const maxReportText = 4_194_304

/** How many tags, groups or names to correlate there may be. */
export const maxListItems = 1_000

/** The longest tag or group, in UTF-16 units. */
const maxListText = 1_024

/**
 * Reads a report as ThreatWinds takes it, from JSON that nobody has looked at. The limits are ours, and reading ends at
 * each of them: a hostile report takes no more time than a large one. Never throws.
 */
export const readReport = (input: unknown): ReadReport => new Reading().report(input)

type Fields = Readonly<Record<string, unknown>>

interface Entity {
  readonly type: string
  readonly attributes: Attributes
  readonly id: string | undefined
}

const reportFields = ["type", "attributes", "associations", "reputation", "correlate", "tags", "visibleBy"]
const associationFields = ["mode", "type", "attributes", "associations"]

/** One reading: gathers the problems, and counts associations. */
class Reading {
  readonly #problems: Array<ReportProblem> = []
  readonly #unknown: Array<string> = []
  #associations = 0
  #text = 0

  report(input: unknown): ReadReport {
    const report = isFields(input) ? this.#report(input) : this.#refuse([], "the report must be an object")
    const id = report?.id
    if (report === undefined || id === undefined || this.#problems.length > 0) {
      return { ok: false, problems: this.#problems }
    }
    return { ok: true, id, report: report.body, unknownAttributes: this.#unknown }
  }

  #report(fields: Fields): { readonly id: string | undefined; readonly body: EntityReport } {
    this.#checkFields(fields, reportFields, "report", [])
    const { id, type, attributes } = this.#entity(fields, [])
    const associations = this.#associationsOf(fields, [], 1)
    const reputation = this.#reputation(fields)
    const correlate = this.#texts(fields, "correlate", correlateProblem)
    const tags = this.#texts(fields, "tags", textProblem)
    const visibleBy = this.#texts(fields, "visibleBy", textProblem)
    const body: EntityReport = {
      type,
      attributes,
      ...(associations && { associations }),
      ...(reputation !== undefined && { reputation }),
      ...(correlate && { correlate }),
      ...(tags && { tags }),
      ...(visibleBy && { visibleBy })
    }
    return { id, body }
  }

  #entity(fields: Fields, path: JsonPath): Entity {
    const name = own(fields, "type")
    const known = typeof name === "string" ? entityType(name) : undefined
    if (typeof name !== "string") this.#refuse([...path, "type"], "the type must be a text")
    else if (known === undefined) this.#refuse([...path, "type"], unknownType(name))
    const given = own(fields, "attributes")
    const at = [...path, "attributes"]
    if (!isFields(given)) {
      this.#refuse(at, "the attributes must be an object")
      return { type: "", attributes: {}, id: undefined }
    }
    const attributes = this.#attributes(given, at)
    return { type: known?.name ?? "", attributes, id: known && this.#idOf(known, given, attributes, at) }
  }

  #idOf(type: EntityType, given: Fields, attributes: Attributes, path: JsonPath): string | undefined {
    if (!Object.hasOwn(given, type.name)) {
      this.#refuse(path, `the value belongs under ${quoted(type.name)}, the type of the entity`)
      return undefined
    }
    const value = attributes[type.name]
    return value === undefined || typeof value === "boolean" ? undefined : canonicalEntityId(type, value)
  }

  #attributes(given: Fields, path: JsonPath): Attributes {
    // A null prototype makes `__proto__` an ordinary key; `Object.create` is typed `any`.
    // oxlint-disable-next-line typescript/no-unsafe-assignment
    const attributes: { [name: string]: AttributeValue | boolean } = Object.create(null)
    const names = Object.keys(given)
    if (names.length > maxAttributes) {
      this.#refuse(path, `there may be ${maxAttributes} attributes, not ${names.length}`)
      return attributes
    }
    for (const name of names) {
      const value = this.#attribute(name, given[name], [...path, name])
      if (value !== undefined) attributes[name] = value
    }
    return attributes
  }

  #attribute(name: string, value: unknown, path: JsonPath): AttributeValue | boolean | undefined {
    if (typeof value === "string" && !this.#takeText(value.length, path)) return undefined
    const type = entityType(name)
    if (type === undefined) return this.#unknownAttribute(value, path)
    const canonical = canonicalValue(type, value)
    return canonical.ok ? canonical.value : this.#refuse(path, `the ${name} ${canonical.reason}`)
  }

  /** Is it within the limit? Says once that it is not. */
  #takeText(length: number, path: JsonPath): boolean {
    const isFirst = this.#text <= maxReportText
    this.#text += length
    if (this.#text > maxReportText && isFirst) {
      this.#refuse(path, `the attributes of a report may have ${maxReportText} characters in all`)
    }
    return this.#text <= maxReportText
  }

  /** ThreatWinds adds types over time, so one that we do not know is no mistake. */
  #unknownAttribute(value: unknown, path: JsonPath): AttributeValue | boolean | undefined {
    if (typeof value !== "string" && typeof value !== "boolean" && !Number.isFinite(value)) {
      return this.#refuse(path, "the value must be a text, a number or a boolean")
    }
    if (typeof value === "string" && Buffer.byteLength(value) > maxAttributeBytes) {
      return this.#refuse(path, `the value must not be longer than ${maxAttributeBytes} bytes`)
    }
    this.#unknown.push(formatJsonPath(path))
    return typeof value === "string" || typeof value === "boolean" ? value : Number(value)
  }

  #associationsOf(fields: Fields, path: JsonPath, depth: number): ReadonlyArray<Association> | undefined {
    const given = own(fields, "associations")
    const at = [...path, "associations"]
    if (given === undefined) return undefined
    if (!Array.isArray(given)) return this.#refuse(at, "the associations must be a list")
    if (given.length > 0 && depth > maxAssociationDepth) {
      return this.#refuse(at, `associations may nest ${maxAssociationDepth} deep`)
    }
    const before = this.#associations
    this.#associations += given.length
    if (this.#associations > maxAssociations) {
      // Said once: the list that goes beyond the limit is not read, nor is any after it.
      return before > maxAssociations
        ? undefined
        : this.#refuse(at, `a report may have ${maxAssociations} associations in all`)
    }
    return given.flatMap((item: unknown, index) => this.#association(item, [...at, index], depth) ?? [])
  }

  #association(item: unknown, path: JsonPath, depth: number): Association | undefined {
    if (!isFields(item)) return this.#refuse(path, "an association must be an object")
    this.#checkFields(item, associationFields, "association", path)
    const mode = own(item, "mode")
    if (mode !== "aggregation" && mode !== "association") {
      this.#refuse([...path, "mode"], 'the mode must be "aggregation" or "association"')
    }
    const { type, attributes } = this.#entity(item, path)
    const associations = this.#associationsOf(item, path, depth + 1)
    if (mode !== "aggregation" && mode !== "association") return undefined
    return { mode, type, attributes, ...(associations && { associations }) }
  }

  #reputation(fields: Fields): number | undefined {
    const given = own(fields, "reputation")
    if (given === undefined) return undefined
    if (typeof given === "number" && Number.isInteger(given) && Math.abs(given) <= 3)
      return given === 0 ? 0 : given
    return this.#refuse(["reputation"], "the reputation must be a whole number from -3 (worst) to 3 (best)")
  }

  #texts(
    fields: Fields,
    name: string,
    problemOf: (text: string) => string | undefined
  ): ReadonlyArray<string> | undefined {
    const given = own(fields, name)
    if (given === undefined) return undefined
    if (!Array.isArray(given)) return this.#refuse([name], `${quoted(name)} must be a list of texts`)
    if (given.length > maxListItems) {
      return this.#refuse([name], `there may be ${maxListItems} items, not ${given.length}`)
    }
    return given.flatMap((item: unknown, index) => {
      const problem = typeof item === "string" ? problemOf(item) : "an item must be a text"
      if (problem !== undefined) this.#refuse([name, index], problem)
      return problem === undefined && typeof item === "string" ? [item.toWellFormed()] : []
    })
  }

  /** ThreatWinds ignores what it does not know: a `value` beside `type` would arrive as an entity without its value. */
  #checkFields(fields: Fields, known: ReadonlyArray<string>, of: string, path: JsonPath): void {
    const unknown = Object.keys(fields).filter((name) => !known.includes(name))
    for (const name of unknown.slice(0, maxAttributes)) {
      const hint = entityType(name) === undefined ? "" : '; attributes belong under "attributes"'
      this.#refuse([...path, name], `unknown field ${quoted(name)} in the ${of}${hint}`)
    }
    const rest = unknown.length - maxAttributes
    if (rest > 0) this.#refuse(path, `${rest} more unknown fields in the ${of}`)
  }

  #refuse(path: JsonPath, reason: string): undefined {
    this.#problems.push({ path: formatJsonPath(path), reason })
    return undefined
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const own = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined

const correlateProblem = (name: string): string | undefined =>
  entityType(name) === undefined ? `there is no such attribute: ${unknownType(name)}` : undefined

const textProblem = (text: string): string | undefined => {
  if (!/\P{White_Space}/u.test(text.slice(0, maxListText))) return "a text must not be empty"
  if (text.length > maxListText) return `a text must not be longer than ${maxListText} characters`
  return /\p{Cc}/u.test(text) ? "a text must not have control characters" : undefined
}
