import { type Json, toJson, type YamlMap, type YamlNode } from "@sallyport/language"
import { type DialectDocument, entriesOf, itemsOf } from "./DialectDocument.ts"
import { isArray, isJson, isRecord, type UnknownRecord } from "./JsonValue.ts"
import { type RegexMatch, regexMatch } from "./RegexMatch.ts"
import type { ValueConstraints } from "./ValueConstraints.ts"
import { valueLimits } from "./ValueProblem.ts"

/**
 * Fills in the defaults of properties that are not there, at every depth, those inside defaults included (but for the
 * defaults of a type inside its own default, which would have no end). Of a union, those of the first branch that
 * takes the value with them. Nothing is changed in place: what needs no default stays the same object, what does is
 * copied, with its parts shared.
 */
export class ValueDefaults {
  readonly #document: DialectDocument
  readonly #constraints: ValueConstraints
  readonly #needed = new Map<YamlNode, boolean>()
  readonly #matches = new Map<string, RegexMatch>()
  /** Defaults, filled; as they are written while they are being filled. */
  readonly #defaults = new Map<YamlNode, Json | undefined>()
  /** Parts of the value that is being filled, by schema: unions would otherwise fill them over and over. */
  readonly #filled = new Map<object, Map<YamlNode, unknown>>()

  constructor(document: DialectDocument, constraints: ValueConstraints) {
    this.#document = document
    this.#constraints = constraints
  }

  /** The value with defaults; whatever does not fit the schema is left as it is. */
  fill(value: unknown, schema: YamlNode): unknown {
    try {
      return this.#fill(value, schema, 0)
    } finally {
      this.#filled.clear()
    }
  }

  #fill(value: unknown, schema: YamlNode, depth: number): unknown {
    if (typeof value !== "object" || value === null || depth > valueLimits.depth) return value
    if (schema.kind !== "map" || !this.#isNeeded(schema)) return value
    const row = this.#filled.get(value) ?? new Map<YamlNode, unknown>()
    if (row.has(schema)) return row.get(schema)
    const filled = this.#fillAll(value, schema, depth)
    this.#filled.set(value, row.set(schema, filled))
    return filled
  }

  #fillAll(value: object, schema: YamlMap, depth: number): unknown {
    let filled: unknown = value
    for (const part of this.#document.partsOf(schema)) filled = this.#fill(filled, part, depth)
    for (const keyword of ["oneOf", "anyOf"]) {
      for (const branch of itemsOf(schema.get(keyword))) {
        const candidate = this.#fill(filled, branch, depth)
        if (!this.#constraints.takes(candidate, branch)) continue
        filled = candidate
        break
      }
    }
    if (isArray(filled)) return this.#list(filled, schema, depth)
    return isRecord(filled) ? this.#object(filled, schema, depth) : filled
  }

  #list(value: ReadonlyArray<unknown>, schema: YamlMap, depth: number): unknown {
    const first = itemsOf(schema.get("prefixItems"))
    const rest = schema.get("items")
    const items = value.map((item, index) => {
      const inner = first[index] ?? rest
      return inner === undefined ? item : this.#fill(item, inner, depth + 1)
    })
    return items.every((item, index) => item === value[index]) ? value : items
  }

  #object(value: UnknownRecord, schema: YamlMap, depth: number): unknown {
    const changes = new Map<string, unknown>()
    const properties = schema.get("properties")
    for (const { key, value: inner } of entriesOf(properties)) {
      const { name } = key
      const given = Object.hasOwn(value, name)
        ? this.#fill(value[name], inner, depth + 1)
        : this.#defaultOf(inner)
      if (given !== undefined && given !== value[name]) changes.set(name, given)
    }
    const rest = schema.get("additionalProperties")
    if (rest !== undefined && this.#isNeeded(rest))
      for (const name of Object.keys(value)) {
        if (properties?.kind === "map" && properties.get(name) !== undefined) continue
        const given = this.#fill(value[name], rest, depth + 1)
        if (given !== value[name]) changes.set(name, given)
      }
    for (const { key, value: inner } of entriesOf(schema.get("patternProperties"))) {
      if (!this.#isNeeded(inner)) continue
      const match = this.#matchOf(key.text.text)
      for (const name of Object.keys(value)) {
        if (match(name) !== true) continue
        const given = this.#fill(changes.get(name) ?? value[name], inner, depth + 1)
        if (given !== value[name]) changes.set(name, given)
      }
    }
    return changes.size === 0 ? value : withChanges(value, changes)
  }

  #defaultOf(schema: YamlNode): Json | undefined {
    if (this.#defaults.has(schema)) return this.#defaults.get(schema)
    const node = this.#document.defaultOf(schema)
    if (node === undefined) {
      this.#defaults.set(schema, undefined)
      return undefined
    }
    const given = toJson(node)
    // A type inside its own default keeps the default as it is written.
    this.#defaults.set(schema, given)
    const filled = this.#fill(given, schema, 0)
    if (!isJson(filled)) return given
    this.#defaults.set(schema, filled)
    return filled
  }

  #matchOf(pattern: string): RegexMatch {
    const known = this.#matches.get(pattern)
    if (known !== undefined) return known
    const match = regexMatch(pattern)
    this.#matches.set(pattern, match)
    return match
  }

  /** Is there a default to fill in, in the schema or in what it refers to? */
  #isNeeded(schema: YamlNode): boolean {
    const known = this.#needed.get(schema)
    if (known !== undefined) return known
    const answer = this.#reachesDefault(schema)
    this.#needed.set(schema, answer)
    return answer
  }

  #reachesDefault(schema: YamlNode): boolean {
    const seen = new Set<YamlNode>([schema])
    const waiting: Array<YamlNode> = [schema]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next.kind !== "map") continue
      const properties = entriesOf(next.get("properties")).map(({ value }) => value)
      if (properties.some((property) => this.#document.defaultOf(property) !== undefined)) return true
      for (const inner of [...this.#document.partsOf(next), ...properties, ...otherSchemas(next)]) {
        if (seen.has(inner)) continue
        seen.add(inner)
        waiting.push(inner)
      }
    }
    return false
  }
}

const otherSchemas = (schema: YamlMap): ReadonlyArray<YamlNode> => [
  ...["oneOf", "anyOf", "prefixItems"].flatMap((keyword) => itemsOf(schema.get(keyword))),
  ...["items", "additionalProperties"].flatMap((keyword) => schema.get(keyword) ?? []),
  ...entriesOf(schema.get("patternProperties")).map(({ value }) => value)
]

/** An object without prototype, so that every name is an ordinary own key. */
const withChanges = (value: UnknownRecord, changes: ReadonlyMap<string, unknown>): UnknownRecord => {
  // `Object.create` is typed `any`.
  // oxlint-disable-next-line typescript/no-unsafe-assignment
  const copy: { [name: string]: unknown } = Object.create(null)
  for (const name of Object.keys(value)) copy[name] = value[name]
  for (const [name, given] of changes) copy[name] = given
  return copy
}
