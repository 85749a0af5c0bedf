import type { Json } from "@sallyport/language"
import { isArray, isRecord, type UnknownRecord } from "../schema/JsonValue.ts"
import { anchorOf, code, either, inline, link, sentence, valueCode } from "./MarkdownText.ts"

/** A row of a table of properties. */
export interface PropertyRow {
  /** From the outside: `items[].name`. */
  readonly path: string
  readonly words: string
  readonly isRequired: boolean
  /** Undefined where there is none. */
  readonly default: unknown
  /** What it is, as inline Markdown. */
  readonly description: string
}

/** Says in words what schemas of a manifest take. Named types are links to their headings on the same page. */
export class SchemaWords {
  readonly #source: Json
  readonly #anchors: ReadonlyMap<string, string>
  /** Of the description that is under way: local definitions may multiply. */
  #steps = 0

  /** `source` is the manifest as plain data. */
  constructor(source: Json, typeNames: Iterable<string>) {
    this.#source = source
    this.#anchors = anchorsOf(typeNames)
  }

  /** What a value may be, as inline Markdown without `|`. */
  words(schema: unknown): string {
    this.#steps = 0
    return this.#words(schema, 0)
  }

  /** The properties of an object and of what is in it, down to named types, which have tables of their own. */
  rows(schema: unknown): ReadonlyArray<PropertyRow> {
    this.#steps = 0
    return this.#rows(schema, "", 0)
  }

  /** One property, and what is in it. */
  property(name: string, schema: unknown, isRequired: boolean): ReadonlyArray<PropertyRow> {
    this.#steps = 0
    return this.#property(name, schema, isRequired, 0)
  }

  /** What a value is: what its schema says, or else the first paragraph of the type it refers to. Inline Markdown. */
  description(schema: unknown): string {
    if (!isRecord(schema)) return ""
    const own = textAt(schema, "description") ?? this.#inherited(schema)
    return [own === undefined ? "" : sentence(inline(own)), ...remarksOf(schema)]
      .filter((text) => text !== "")
      .join(" ")
  }

  /** The types whose properties an object has, too; empty for none. */
  inheritance(schema: unknown): string {
    const parents = isRecord(schema) ? schema["extends"] : undefined
    const names = (isArray(parents) ? parents : [parents]).filter((name) => typeof name === "string")
    if (names.length === 0) return ""
    const links = names.map((name) => {
      const anchor = this.#anchors.get(name)
      return anchor === undefined ? code(name) : link(name, `#${anchor}`)
    })
    return `It has all properties of ${links.join(" and ")}, and these:`
  }

  /** Whether an object may have properties that its schema does not name; empty for what is no object. */
  openness(schema: unknown): string {
    if (!isRecord(schema) || !Object.hasOwn(schema, "properties")) return ""
    if (schema["x-keep-unknown"] === true) return "Properties that are not listed here are kept as they come."
    const rest = schema["additionalProperties"]
    if (rest === true) return "It may have any other property."
    return isRecord(rest) ? `Any other property is: ${this.words(rest)}.` : ""
  }

  #inherited(schema: UnknownRecord): string | undefined {
    const target = this.#target(schema)
    // The rest of it stands where the type does.
    return isRecord(target) ? textAt(target, "description")?.split(/\n[ \t]*\n/, 1)[0] : undefined
  }

  /** A local definition has no place of its own on the page: it is described where it is used. */
  #target(schema: UnknownRecord): unknown {
    const reference = textAt(schema, "$ref")
    if (reference === undefined || !reference.startsWith("#/")) return undefined
    let at: unknown = this.#source
    for (const step of reference.slice(2).split("/")) {
      const name = step.replaceAll("~1", "/").replaceAll("~0", "~")
      at = isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined
    }
    return at
  }

  #words(schema: unknown, depth: number): string {
    if (schema === false) return "nothing"
    if (!isRecord(schema)) return "any value"
    if (depth > maxDepth || this.#steps++ > maxSteps) return "more, see the manifest"
    const reference = textAt(schema, "$ref")
    if (reference !== undefined) return this.#reference(schema, reference, depth)
    const { allOf, anyOf, const: constant, enum: values, oneOf, type } = schema
    if (isArray(values)) return either(values.map(valueCode))
    if (constant !== undefined) return valueCode(constant)
    const alternatives = isArray(oneOf) ? oneOf : isArray(anyOf) ? anyOf : undefined
    if (alternatives !== undefined)
      return either([...new Set(alternatives.map((branch) => this.#words(branch, depth + 1)))])
    if (isArray(allOf)) return allOf.map((part) => this.#words(part, depth + 1)).join(" and ")
    const kinds = isArray(type) ? type : [type ?? kindByKeywords(schema)]
    return either(kinds.map((kind) => this.#kind(kind, schema, depth)))
  }

  #reference(schema: UnknownRecord, reference: string, depth: number): string {
    const name = namedType.exec(reference)?.[1]
    const anchor = name === undefined ? undefined : this.#anchors.get(name)
    return name === undefined || anchor === undefined
      ? this.#words(this.#target(schema), depth + 1)
      : link(name, `#${anchor}`)
  }

  #kind(kind: unknown, schema: UnknownRecord, depth: number): string {
    switch (kind) {
      case "string":
        return textWords(schema)
      case "integer":
        return `whole number${rangeWords(schema)}`
      case "number":
        return `number${rangeWords(schema)}`
      case "boolean":
        return "true or false"
      case "null":
        return "null"
      case "array":
        return this.#list(schema, depth)
      case "object":
        return this.#object(schema, depth)
      default:
        return "any value"
    }
  }

  #list(schema: UnknownRecord, depth: number): string {
    const { items, prefixItems, uniqueItems } = schema
    const first = isArray(prefixItems) ? prefixItems.map((item) => this.#words(item, depth + 1)) : []
    const rest = items === undefined || isAny(items) ? "" : grouped(this.#words(items, depth + 1))
    const others = rest === "" ? [] : [`any number of ${rest}`]
    const ordered = first.length === 0 ? "" : `: ${[...first, ...others].join(", then ")}`
    const what = ordered === "" && rest !== "" ? ` of ${rest}` : ordered
    const limits = [
      countWords(schema, "minItems", "maxItems", "item"),
      uniqueItems === true ? "each once" : ""
    ]
    return withLimits(`list${what}`, limits)
  }

  #object(schema: UnknownRecord, depth: number): string {
    const { additionalProperties: rest, patternProperties: patterns, properties } = schema
    const limits = [countWords(schema, "minProperties", "maxProperties", "property")]
    if (isRecord(properties)) return withLimits("object", limits)
    if (isRecord(patterns)) {
      const keys = Object.entries(patterns).map(
        ([pattern, value]) => `keys that match ${code(pattern)} have ${this.#words(value, depth + 1)}`
      )
      return withLimits("object", [...keys, ...limits])
    }
    if (isRecord(rest) && !isAny(rest))
      return withLimits(`object whose values are each ${this.#words(rest, depth + 1)}`, limits)
    return withLimits(rest === true || isRecord(rest) ? "object with any properties" : "object", limits)
  }

  #rows(schema: unknown, prefix: string, depth: number): ReadonlyArray<PropertyRow> {
    if (!isRecord(schema) || depth > maxDepth || this.#steps++ > maxSteps) return []
    const reference = textAt(schema, "$ref")
    if (reference !== undefined)
      return namedType.test(reference) ? [] : this.#rows(this.#target(schema), prefix, depth + 1)
    const { allOf, anyOf, items, oneOf, prefixItems, properties, required } = schema
    const names = isArray(required) ? required : []
    const own = isRecord(properties)
      ? Object.entries(properties).flatMap(([name, property]) =>
          this.#property(`${prefix === "" ? "" : `${prefix}.`}${name}`, property, names.includes(name), depth)
        )
      : []
    const parts = [oneOf, anyOf, allOf].flatMap((branches) => (isArray(branches) ? branches : []))
    const elements = [...(isArray(prefixItems) ? prefixItems : []), items]
    return [
      ...own,
      ...parts.flatMap((part) => this.#rows(part, prefix, depth + 1)),
      ...elements.flatMap((element) => this.#rows(element, `${prefix}[]`, depth + 1))
    ]
  }

  #property(path: string, schema: unknown, isRequired: boolean, depth: number): ReadonlyArray<PropertyRow> {
    const standard = isRecord(schema) ? schema["default"] : undefined
    const own: PropertyRow = {
      path,
      words: this.#words(schema, depth),
      isRequired: isRequired && standard === undefined,
      default: standard,
      description: this.description(schema)
    }
    return [own, ...this.#rows(schema, path, depth + 1)]
  }
}

/** Levels of objects, lists and alternatives in one description. */
const maxDepth = 8
/** Schemas in one description. */
const maxSteps = 5_000

const namedType = /^#\/types\/([A-Z][A-Za-z0-9]*)$/

/** The heading of a named type. Nothing else on a page has one that begins so. */
export const typeHeading = (name: string): string => `Type ${name}`

/** GitHub counts headings that are the same but for case. */
const anchorsOf = (names: Iterable<string>): ReadonlyMap<string, string> => {
  const seen = new Map<string, number>()
  const anchors = new Map<string, string>()
  for (const name of names) {
    const anchor = anchorOf(typeHeading(name))
    const count = seen.get(anchor) ?? 0
    seen.set(anchor, count + 1)
    anchors.set(name, count === 0 ? anchor : `${anchor}-${count}`)
  }
  return anchors
}

const textAt = (schema: UnknownRecord, keyword: string): string | undefined => {
  const value = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined
  return typeof value === "string" ? value : undefined
}

/** The kind of a schema that names none, by what it says. */
const kindByKeywords = (schema: UnknownRecord): string | undefined => {
  const has = (...keywords: ReadonlyArray<string>) =>
    keywords.some((keyword) => Object.hasOwn(schema, keyword))
  if (has("properties", "additionalProperties", "patternProperties", "extends")) return "object"
  if (has("items", "prefixItems")) return "array"
  return has("pattern", "format", "minLength", "maxLength") ? "string" : undefined
}

const isAny = (schema: unknown): boolean =>
  schema === true || (isRecord(schema) && Object.keys(schema).length === 0)

const formats: ReadonlyMap<unknown, string> = new Map([
  ["uuid", "a UUID"],
  ["uri", "a URL"],
  ["date-time", "a time such as `2026-01-31T08:00:00Z`"],
  ["ipv4", "an IPv4 address"],
  ["ipv6", "an IPv6 address"],
  ["email", "an e-mail address"],
  ["hostname", "a host name"]
])

const textWords = (schema: UnknownRecord): string => {
  const pattern = textAt(schema, "pattern")
  const length =
    schema["minLength"] === 1 && schema["maxLength"] === undefined
      ? "not empty"
      : countWords(schema, "minLength", "maxLength", "character")
  return withLimits("text", [
    formats.get(schema["format"]) ?? "",
    length,
    pattern === undefined ? "" : `matches ${code(pattern)}`
  ])
}

const rangeWords = (schema: UnknownRecord): string => {
  const { exclusiveMaximum, exclusiveMinimum, maximum, minimum } = schema
  if (typeof minimum === "number" && typeof maximum === "number") return `, ${minimum} to ${maximum}`
  const limits = [
    typeof minimum === "number" ? `at least ${minimum}` : "",
    typeof exclusiveMinimum === "number" ? `more than ${exclusiveMinimum}` : "",
    typeof maximum === "number" ? `at most ${maximum}` : "",
    typeof exclusiveMaximum === "number" ? `less than ${exclusiveMaximum}` : ""
  ]
  return limits
    .filter((limit) => limit !== "")
    .map((limit) => `, ${limit}`)
    .join("")
}

const countWords = (schema: UnknownRecord, least: string, most: string, noun: string): string => {
  const [minimum, maximum] = [schema[least], schema[most]]
  const of = (count: number) => `${count} ${count === 1 ? noun : plural(noun)}`
  if (typeof minimum === "number" && typeof maximum === "number")
    return minimum === maximum ? `exactly ${of(minimum)}` : `${minimum} to ${of(maximum)}`
  if (typeof minimum === "number" && minimum > 0) return `at least ${of(minimum)}`
  return typeof maximum === "number" ? `at most ${of(maximum)}` : ""
}

const plural = (noun: string): string => (noun === "property" ? "properties" : `${noun}s`)

const withLimits = (what: string, limits: ReadonlyArray<string>): string =>
  [what, ...limits.filter((limit) => limit !== "")].join(", ")

/** Alternatives and limits in a list are those of its items. */
const grouped = (words: string): string => (/ or |, /.test(words) ? `(${words})` : words)

const remarksOf = (schema: UnknownRecord): ReadonlyArray<string> => {
  const { examples } = schema
  return [
    isArray(examples) && examples.length > 0 ? `For example ${either(examples.map(valueCode))}.` : "",
    schema["readOnly"] === true ? "Only the service sets it." : "",
    schema["x-secret"] === true ? "It is a secret." : "",
    schema["deprecated"] === true ? "It should no longer be used." : ""
  ]
}
