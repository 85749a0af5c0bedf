import { type Json, toJson, type YamlMap, type YamlNode } from "@sallyport/language"
import { branchChoice } from "./BranchChoice.ts"
import { type DialectDocument, entriesOf, itemsOf } from "./DialectDocument.ts"
import { isArray, isJson, isRecord, type UnknownRecord } from "./JsonValue.ts"
import { regexMatch } from "./RegexMatch.ts"
import type { ValueConstraints } from "./ValueConstraints.ts"
import { valueLimits } from "./ValueProblem.ts"

/** Fills a part of a value; what needs no default is given back as it is. */
type Filler = (value: unknown, depth: number) => unknown

/** Fills one object into a copy that it makes when the first thing changes. */
type FieldFiller = (fields: Fields, depth: number) => void

/**
 * Fills in the defaults of properties that are not there, at every depth, those inside defaults included (but for the
 * defaults of a type inside its own default, which would have no end). Of a union, those of the first branch that
 * takes the value with them; where a constant tells the branches apart, those of the branch that has it. Nothing is
 * changed in place: what needs no default stays the same object, what does is copied, with its parts shared.
 *
 * What a schema asks for is found out once. A schema without defaults, with all that it refers to, costs nothing.
 */
export class ValueDefaults {
  readonly #document: DialectDocument
  readonly #constraints: ValueConstraints
  readonly #needed = new Map<YamlNode, boolean>()
  readonly #fillers = new Map<YamlNode, Filler | undefined>()
  /** Defaults, filled; as they are written while they are being filled. */
  readonly #defaults = new Map<YamlNode, Json | undefined>()
  /** Parts of the value that is being filled, by union: branches would otherwise fill them over and over. */
  readonly #chosen = new Map<object, Map<YamlNode, unknown>>()

  constructor(document: DialectDocument, constraints: ValueConstraints) {
    this.#document = document
    this.#constraints = constraints
  }

  /** The value with defaults; whatever does not fit the schema is left as it is. */
  fill(value: unknown, schema: YamlNode): unknown {
    const filler = this.#of(schema)
    if (filler === undefined) return value
    try {
      return filler(value, 0)
    } finally {
      this.#chosen.clear()
    }
  }

  #of(schema: YamlNode): Filler | undefined {
    if (this.#fillers.has(schema)) return this.#fillers.get(schema)
    if (schema.kind !== "map" || !this.#isNeeded(schema)) {
      this.#fillers.set(schema, undefined)
      return undefined
    }
    // A schema that is asked for while it is being made contains itself: it is looked up when it is needed.
    this.#fillers.set(schema, (value, depth) => this.#fillers.get(schema)?.(value, depth) ?? value)
    const made = this.#make(schema)
    this.#fillers.set(schema, made)
    return made
  }

  #make(schema: YamlMap): Filler {
    const parts = this.#document.partsOf(schema).flatMap((part) => this.#of(part) ?? [])
    const choices = ["oneOf", "anyOf"].flatMap((keyword) =>
      this.#choice(schema, itemsOf(schema.get(keyword)))
    )
    const list = this.#list(schema)
    const fields = [...this.#properties(schema), ...this.#additional(schema), ...this.#patterns(schema)]
    return (value, depth) => {
      if (typeof value !== "object" || value === null || depth > valueLimits.depth) return value
      let filled: unknown = value
      for (const part of parts) filled = part(filled, depth)
      for (const choice of choices) filled = choice(filled, depth)
      if (isArray(filled)) return list === undefined ? filled : list(filled, depth)
      return fields.length > 0 && isRecord(filled) ? withFields(filled, fields, depth) : filled
    }
  }

  #choice(schema: YamlMap, branches: ReadonlyArray<YamlNode>): ReadonlyArray<Filler> {
    if (!branches.some((branch) => this.#of(branch) !== undefined)) return []
    const candidates = branchChoice(this.#document, schema, branches)
    return [
      (value, depth) => {
        const fitting = candidates(value)
        const [only] = fitting
        return fitting.length === 1 && only !== undefined
          ? (this.#of(only)?.(value, depth) ?? value)
          : this.#tried(schema, fitting, value, depth)
      }
    ]
  }

  #tried(schema: YamlMap, branches: ReadonlyArray<YamlNode>, value: unknown, depth: number): unknown {
    if (typeof value !== "object" || value === null) return value
    const row = this.#chosen.get(value) ?? new Map<YamlNode, unknown>()
    if (row.has(schema)) return row.get(schema)
    let filled: unknown = value
    for (const branch of branches) {
      const candidate = this.#of(branch)?.(value, depth) ?? value
      if (!this.#constraints.takes(candidate, branch)) continue
      filled = candidate
      break
    }
    this.#chosen.set(value, row.set(schema, filled))
    return filled
  }

  #list(schema: YamlMap): ((value: ReadonlyArray<unknown>, depth: number) => unknown) | undefined {
    const first = itemsOf(schema.get("prefixItems")).map((item) => this.#of(item))
    const items = schema.get("items")
    const rest = items === undefined ? undefined : this.#of(items)
    if (rest === undefined && first.every((filler) => filler === undefined)) return undefined
    return (value, depth) => {
      let copy: Array<unknown> | undefined
      for (let index = 0; index < value.length; index++) {
        const filler = index < first.length ? first[index] : rest
        if (filler === undefined) continue
        const filled = filler(value[index], depth + 1)
        if (filled === value[index]) continue
        copy ??= [...value]
        copy[index] = filled
      }
      return copy ?? value
    }
  }

  #properties(schema: YamlMap): ReadonlyArray<FieldFiller> {
    return entriesOf(schema.get("properties")).flatMap(
      ({ key: { name }, value: inner }): Array<FieldFiller> => {
        const filler = this.#of(inner)
        const hasDefault = this.#document.defaultOf(inner) !== undefined
        if (filler === undefined && !hasDefault) return []
        return [
          (fields, depth) => {
            if (!Object.hasOwn(fields.filled, name)) {
              const given = this.#defaultOf(inner)
              if (given !== undefined) fields.set(name, given)
            } else if (filler !== undefined) fields.set(name, filler(fields.filled[name], depth + 1))
          }
        ]
      }
    )
  }

  #additional(schema: YamlMap): ReadonlyArray<FieldFiller> {
    const rest = schema.get("additionalProperties")
    const filler = rest === undefined ? undefined : this.#of(rest)
    if (filler === undefined) return []
    const declared = new Set(entriesOf(schema.get("properties")).map(({ key }) => key.name))
    return [
      (fields, depth) => {
        for (const name of Object.keys(fields.filled))
          if (!declared.has(name)) fields.set(name, filler(fields.filled[name], depth + 1))
      }
    ]
  }

  #patterns(schema: YamlMap): ReadonlyArray<FieldFiller> {
    return entriesOf(schema.get("patternProperties")).flatMap(({ key, value: inner }): Array<FieldFiller> => {
      const filler = this.#of(inner)
      if (filler === undefined) return []
      const match = regexMatch(key.text.text)
      return [
        (fields, depth) => {
          for (const name of Object.keys(fields.filled))
            if (match(name) === true) fields.set(name, filler(fields.filled[name], depth + 1))
        }
      ]
    })
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
    const filled = this.#of(schema)?.(given, 0) ?? given
    if (!isJson(filled)) return given
    this.#defaults.set(schema, filled)
    return filled
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

/** The object with what the fillers change, one after the other; the same object when they change nothing. */
const withFields = (
  value: UnknownRecord,
  fillers: ReadonlyArray<FieldFiller>,
  depth: number
): UnknownRecord => {
  const fields = new Fields(value)
  for (const filler of fillers) filler(fields, depth)
  return fields.filled
}

/** An object that is copied when a field of it changes. */
class Fields {
  filled: UnknownRecord
  #copy: { [name: string]: unknown } | undefined

  constructor(value: UnknownRecord) {
    this.filled = value
  }

  /** Sets a field; nothing happens when it has that value already. */
  set(name: string, given: unknown): void {
    if (Object.hasOwn(this.filled, name) && this.filled[name] === given) return
    // Spreading defines own properties, `__proto__` too; so must what follows.
    const copy = (this.#copy ??= { ...this.filled })
    if (name === "__proto__")
      Object.defineProperty(copy, name, {
        value: given,
        configurable: true,
        enumerable: true,
        writable: true
      })
    else copy[name] = given
    this.filled = copy
  }
}
