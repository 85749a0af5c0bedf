import { RE2JS } from "re2js"
import { type Diagnostic, error } from "../diagnostics/Diagnostic.ts"
import {
  type Json,
  toJson,
  type YamlList,
  type YamlMap,
  type YamlNode,
  type YamlScalar
} from "../source/YamlNode.ts"
import { checkValue, tooLargeToCheck } from "./Conformance.ts"
import { openingOf } from "./NodeOpening.ts"
import { schemaLimits } from "./SchemaProblems.ts"
import type { SchemaReader } from "./SchemaReader.ts"
import type { SchemaReferences } from "./SchemaReferences.ts"
import { hasFormat, isTextFormat } from "./TextFormat.ts"

/**
 * Checks a value against what a schema says beyond its type: bounds of numbers, lengths and sizes, patterns, formats,
 * unique items, and what types have no words for: numbers with a fraction in `enum` and `const`, the item at a place
 * (`prefixItems`), the property of a pattern. For values that fit the type and schemas that were read without errors; the rest is passed over.
 */
export class SchemaConstraints {
  readonly #references: SchemaReferences
  readonly #reader: SchemaReader
  #problems: Array<Diagnostic> = []
  #steps = 0
  #isCut = false
  /** The schemas that a value is known to meet, or is being held against. */
  readonly #met = new Map<YamlNode, Set<YamlMap>>()
  readonly #patterns = new Map<string, RE2JS>()

  constructor(references: SchemaReferences, reader: SchemaReader) {
    this.#references = references
    this.#reader = reader
  }

  /** Every place where the value is outside of what the schema allows, at most 100. */
  check(value: YamlNode, schema: YamlNode): ReadonlyArray<Diagnostic> {
    this.#problems = []
    this.#steps = 0
    this.#isCut = false
    this.#met.clear()
    this.#walk(value, schema, 0)
    return this.#problems.length === 0 && this.#isCut ? [tooLargeToCheck(value)] : this.#problems
  }

  #walk(value: YamlNode, schema: YamlNode, depth: number): void {
    if (schema.kind !== "map") return
    const met = this.#met.get(value) ?? new Set<YamlMap>()
    if (met.has(schema)) return
    if (depth > maximumDepth || ++this.#steps > maximumSteps) {
      this.#isCut = true
      return
    }
    this.#met.set(value, met.add(schema))
    const before = this.#problems.length
    this.#keywords(value, schema, depth)
    // In another branch of a union the same problem may be the one that counts.
    if (this.#problems.length > before) met.delete(schema)
  }

  #keywords(value: YamlNode, schema: YamlMap, depth: number): void {
    for (const part of itemsOf(schema.get("allOf"))) this.#walk(value, part, depth + 1)
    for (const named of this.#references.namedBy(schema)) this.#walk(value, named, depth + 1)
    for (const choice of ["oneOf", "anyOf"]) this.#choice(value, itemsOf(schema.get(choice)), depth)
    if (value.kind === "scalar") this.#scalar(value, schema)
    else if (value.kind === "list") this.#list(value, schema, depth)
    else this.#object(value, schema, depth)
  }

  /** One branch that takes the value is enough; otherwise the problems of the first that fits by type. */
  #choice(value: YamlNode, branches: ReadonlyArray<YamlNode>, depth: number): void {
    const before = this.#problems
    let first: Array<Diagnostic> | undefined
    for (const branch of branches) {
      if (checkValue(value, this.#reader.typeAt(branch)).length > 0) continue
      this.#problems = []
      this.#walk(value, branch, depth + 1)
      first ??= this.#problems
      if (this.#problems.length > 0) continue
      first = []
      break
    }
    this.#problems = [...before, ...(first ?? [])]
  }

  #scalar(value: YamlScalar, schema: YamlMap): void {
    if (typeof value.value === "number") this.#number(value, value.value, schema)
    if (typeof value.value === "string") this.#text(value, value.value, schema)
  }

  #number(node: YamlNode, value: number, schema: YamlMap): void {
    this.#literal(node, value, schema)
    const minimum = numberAt(schema, "minimum")
    const maximum = numberAt(schema, "maximum")
    const exclusiveMinimum = numberAt(schema, "exclusiveMinimum")
    const exclusiveMaximum = numberAt(schema, "exclusiveMaximum")
    if (minimum !== undefined && value < minimum) this.#add(node, `${value} is less than ${minimum}`)
    if (maximum !== undefined && value > maximum) this.#add(node, `${value} is more than ${maximum}`)
    if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
      this.#add(node, `${value} is not more than ${exclusiveMinimum}`)
    if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
      this.#add(node, `${value} is not less than ${exclusiveMaximum}`)
  }

  /** Numbers with a fraction have no literal type, so that `double` has let all numbers through. */
  #literal(node: YamlNode, value: number, schema: YamlMap): void {
    const constant = schema.get("const")
    const allowed = constant === undefined ? itemsOf(schema.get("enum")) : [constant]
    if (allowed.length === 0 || allowed.some((item) => item.kind === "scalar" && item.value === value)) return
    const shown = allowed
      .slice(0, 6)
      .map((item) => (item.kind === "scalar" ? JSON.stringify(item.value) : ""))
    const more = allowed.length > 6 ? `, … ${allowed.length - 6} more` : ""
    this.#report(error("SP0234", `${value} is not one of ${shown.join(", ")}${more}`, openingOf(node)))
  }

  #text(node: YamlScalar, value: string, schema: YamlMap): void {
    // Validation 6.3: lengths are counted in characters of RFC 8259, which are code points.
    this.#size(node, Array.from(value).length, schema, "Length", "characters")
    const format = schema.get("format")
    const name = format?.kind === "scalar" ? String(format.value) : ""
    if (isTextFormat(name) && !hasFormat(value, name))
      this.#add(node, `the text is not of the format ${name}`)
    const pattern = schema.get("pattern")
    if (pattern?.kind === "scalar" && !this.#matches(pattern.text.text, value))
      this.#add(node, `the text does not match the pattern ${pattern.text.text.slice(0, 80)}`)
  }

  #list(value: YamlList, schema: YamlMap, depth: number): void {
    this.#size(value, value.items.length, schema, "Items", "items")
    const unique = schema.get("uniqueItems")
    if (unique?.kind === "scalar" && unique.value === true) this.#unique(value)
    const prefix = itemsOf(schema.get("prefixItems"))
    const rest = schema.get("items")
    if (prefix.length === 0) {
      if (rest !== undefined) for (const item of value.items) this.#walk(item, rest, depth + 1)
      return
    }
    for (const [index, item] of value.items.entries()) {
      const inner = prefix[index] ?? rest
      if (inner !== undefined) this.#typed(item, inner, depth + 1)
      else this.#add(item, `more than ${prefix.length} items: ${value.items.length}`)
    }
  }

  /** For schemas whose types were put together: the type of this one comes first. */
  #typed(value: YamlNode, schema: YamlNode, depth: number): void {
    const problems = checkValue(value, this.#reader.typeAt(schema))
    for (const problem of problems) this.#report(problem)
    if (problems.length === 0) this.#walk(value, schema, depth)
  }

  #unique(value: YamlList): void {
    const seen = new Set<string>()
    for (const item of value.items) {
      const text = canonical(toJson(item))
      if (seen.has(text)) this.#add(item, "the item is in the list twice")
      seen.add(text)
    }
  }

  #object(value: YamlMap, schema: YamlMap, depth: number): void {
    this.#size(value, value.entries.length, schema, "Properties", "properties")
    const properties = schema.get("properties")
    const patterns = schema.get("patternProperties")
    const rest = schema.get("additionalProperties")
    for (const entry of value.entries) {
      const name = entry.key.name
      const own = properties?.kind === "map" ? properties.get(name) : undefined
      const matched =
        patterns?.kind === "map"
          ? patterns.entries.filter(({ key }) => this.#matches(key.text.text, name))
          : []
      for (const { value: inner } of matched) this.#typed(entry.value, inner, depth + 1)
      if (patterns !== undefined && matched.length === 0)
        this.#report(
          error("SP0236", `the key "${name.slice(0, 60)}" matches none of the patterns`, entry.key.span)
        )
      const inner = own ?? rest
      if (inner !== undefined) this.#walk(entry.value, inner, depth + 1)
    }
  }

  #size(node: YamlNode, size: number, schema: YamlMap, of: string, unit: string): void {
    const least = numberAt(schema, `min${of}`)
    const most = numberAt(schema, `max${of}`)
    if (least !== undefined && size < least) this.#add(node, `fewer than ${least} ${unit}: ${size}`)
    if (most !== undefined && size > most) this.#add(node, `more than ${most} ${unit}: ${size}`)
  }

  #add(node: YamlNode, message: string): void {
    this.#report(error("SP0236", message, openingOf(node)))
  }

  #report(problem: Diagnostic): void {
    if (this.#problems.length < schemaLimits.problems) this.#problems.push(problem)
  }

  /** A pattern that does not compile has been reported where it stands. */
  #matches(pattern: string, text: string): boolean {
    const known = this.#patterns.get(pattern)
    if (known !== undefined) return known.matcher(text).find()
    try {
      const compiled = RE2JS.compile(pattern)
      this.#patterns.set(pattern, compiled)
      return compiled.matcher(text).find()
    } catch {
      return true
    }
  }
}

const maximumDepth = 500
const maximumSteps = 150_000

const itemsOf = (node: YamlNode | undefined): ReadonlyArray<YamlNode> =>
  node?.kind === "list" ? node.items : []

const numberAt = (schema: YamlMap, keyword: string): number | undefined => {
  const node = schema.get(keyword)
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : undefined
}

/** One text for equal values, whatever the order of keys. */
const canonical = (value: Json): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonical).join(",")}]`
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`
}

/** `Array.isArray` alone does not narrow a readonly array. */
const isList = (value: Json): value is ReadonlyArray<Json> => Array.isArray(value)
