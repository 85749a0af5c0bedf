import type { YamlMap, YamlNode } from "@sallyport/language"
import { branchChoice } from "./BranchChoice.ts"
import { type DialectDocument, entriesOf, itemsOf } from "./DialectDocument.ts"
import { isArray, isRecord, type UnknownRecord } from "./JsonValue.ts"
import { regexMatch } from "./RegexMatch.ts"
import { numberChecks, type ScalarCheck, sizeChecks, textChecks } from "./ScalarConstraints.ts"
import { TypeMismatch } from "./TypeMismatch.ts"
import { uniquenessProblems } from "./UniqueItems.ts"
import { quote, type ValuePlace, ValueProblems } from "./ValueProblem.ts"

/** Checks a value that fits the schema's type, at a place, against what the type does not say. */
type Constraint = (value: unknown, place: ValuePlace | undefined, problems: ValueProblems) => void

/**
 * What a schema asks for beyond its type: bounds, lengths and sizes, patterns, formats, unique items, positions of
 * items and kinds of keys. Schemas that ask for none of it, with all that they refer to, cost nothing.
 */
export class ValueConstraints {
  readonly #document: DialectDocument
  readonly #constraints = new Map<YamlNode, Constraint | undefined>()
  /** Which branches of unions take parts of the value that is being looked at: each part is tried once. */
  readonly #answers = new Map<object, Map<YamlNode, boolean>>()

  constructor(document: DialectDocument) {
    this.#document = document
  }

  /** Reports what is wrong; the value must fit the type of the schema. */
  check(value: unknown, schema: YamlNode, problems: ValueProblems): void {
    this.#of(schema)?.(value, undefined, problems)
  }

  /** Forgets what was found out about parts of a value, which are remembered by identity. */
  forget(): void {
    this.#answers.clear()
  }

  /** Does a schema of the document take the value, by its type and beyond? */
  takes(value: unknown, schema: YamlNode): boolean {
    if (!this.#document.guardOf(schema)(value)) return false
    const constraint = this.#of(schema)
    if (constraint === undefined) return true
    const problems = new ValueProblems()
    constraint(value, undefined, problems)
    return problems.found.length === 0
  }

  #of(schema: YamlNode): Constraint | undefined {
    if (schema.kind !== "map") return undefined
    if (this.#constraints.has(schema)) return this.#constraints.get(schema)
    if (!this.#isNeeded(schema)) {
      this.#constraints.set(schema, undefined)
      return undefined
    }
    // A schema that is asked for while it is being made contains itself: it is looked up when it is needed.
    this.#constraints.set(schema, (value, place, problems) =>
      this.#constraints.get(schema)?.(value, place, problems)
    )
    const made = this.#make(schema)
    this.#constraints.set(schema, made)
    return made
  }

  /** Is there anything to check in the schema or in what it refers to? */
  #isNeeded(schema: YamlMap): boolean {
    const seen = new Set<YamlNode>([schema])
    const waiting: Array<YamlNode> = [schema]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next.kind !== "map") continue
      if (asksForMore(next)) return true
      for (const inner of [...this.#document.partsOf(next), ...innerSchemas(next)]) {
        if (seen.has(inner)) continue
        seen.add(inner)
        waiting.push(inner)
      }
    }
    return false
  }

  #make(schema: YamlMap): Constraint {
    const parts = this.#document.partsOf(schema).flatMap((part) => this.#of(part) ?? [])
    const choices = ["oneOf", "anyOf"].flatMap((keyword) =>
      this.#choice(schema, itemsOf(schema.get(keyword)))
    )
    const numbers = numberChecks(schema)
    const texts = textChecks(schema)
    const list = this.#list(schema)
    const object = this.#object(schema)
    return (value, place, problems) => {
      for (const part of parts) part(value, place, problems)
      for (const choice of choices) choice(value, place, problems)
      if (typeof value === "string") addAll(texts, value, place, problems)
      else if (typeof value === "number") addAll(numbers, value, place, problems)
      else if (isArray(value)) list(value, place, problems)
      else if (isRecord(value)) object(value, place, problems)
    }
  }

  /** One branch that takes the value is enough; otherwise the problems of the first that fits by type are reported. */
  #choice(schema: YamlMap, branches: ReadonlyArray<YamlNode>): ReadonlyArray<Constraint> {
    if (!branches.some((branch) => this.#of(branch) !== undefined)) return []
    const candidates = branchChoice(this.#document, schema, branches)
    return [
      (value, place, problems) => {
        const fitting = candidates(value)
        const [only] = fitting
        // The value fits the type of the union, so the only branch that it may be of is the one.
        if (fitting.length === 1 && only !== undefined) return this.#of(only)?.(value, place, problems)
        if (fitting.some((branch) => this.#takes(value, branch))) return
        const first = fitting.find((branch) => this.#document.guardOf(branch)(value))
        if (first !== undefined) this.#of(first)?.(value, place, problems)
      }
    ]
  }

  #takes(value: unknown, branch: YamlNode): boolean {
    if (typeof value !== "object" || value === null) return this.takes(value, branch)
    const row = this.#answers.get(value) ?? new Map<YamlNode, boolean>()
    const known = row.get(branch)
    if (known !== undefined) return known
    const answer = this.takes(value, branch)
    this.#answers.set(value, row.set(branch, answer))
    return answer
  }

  #list(
    schema: YamlMap
  ): (value: ReadonlyArray<unknown>, place: ValuePlace | undefined, problems: ValueProblems) => void {
    const sizes = sizeChecks(schema, "Items", "items")
    const unique = schema.get("uniqueItems")
    const isUnique = unique?.kind === "scalar" && unique.value === true
    const positions = itemsOf(schema.get("prefixItems")).map((item) => this.#typed(item))
    const rest = schema.get("items")
    const items = rest === undefined ? undefined : positions.length > 0 ? this.#typed(rest) : this.#of(rest)
    const isClosed = positions.length > 0 && rest === undefined
    return (value, place, problems) => {
      addAll(sizes, value.length, place, problems)
      if (isClosed && value.length > positions.length)
        problems.add(place, `more than ${positions.length} items`)
      if (isUnique) uniquenessProblems(value, place, problems)
      if (items === undefined && positions.length === 0) return
      // One place for all items: whoever reports a problem writes down the path at once.
      const inner = { step: 0, outer: place }
      for (let index = 0; index < value.length && !problems.isFull; index++) {
        const constraint = positions[index] ?? items
        inner.step = index
        constraint?.(value[index], inner, problems)
      }
    }
  }

  #object(
    schema: YamlMap
  ): (value: UnknownRecord, place: ValuePlace | undefined, problems: ValueProblems) => void {
    const sizes = sizeChecks(schema, "Properties", "fields")
    const declared = entriesOf(schema.get("properties"))
    const properties = declared.flatMap(({ key, value }) => {
      const constraint = this.#of(value)
      return constraint === undefined ? [] : [{ name: key.name, constraint }]
    })
    const rest = schema.get("additionalProperties")
    const further = rest === undefined ? undefined : this.#of(rest)
    const names = new Set(declared.map(({ key }) => key.name))
    const patterns = schema.get("patternProperties")
    const matched = patterns === undefined ? undefined : this.#patterns(patterns)
    return (value, place, problems) => {
      if (sizes.length > 0) addAll(sizes, Object.keys(value).length, place, problems)
      let inner: { step: string; readonly outer: ValuePlace | undefined } | undefined
      for (const { constraint, name } of properties) {
        if (!Object.hasOwn(value, name)) continue
        inner ??= { step: name, outer: place }
        inner.step = name
        constraint(value[name], inner, problems)
      }
      if (further === undefined && matched === undefined) return
      for (const name of Object.keys(value)) {
        if (problems.isFull) return
        matched?.(name, value[name], { step: name, outer: place }, problems)
        if (!names.has(name)) further?.(value[name], { step: name, outer: place }, problems)
      }
    }
  }

  #patterns(
    node: YamlNode
  ): (name: string, value: unknown, place: ValuePlace, problems: ValueProblems) => void {
    const patterns = entriesOf(node).map(({ key, value }) => ({
      match: regexMatch(key.text.text),
      constraint: this.#typed(value)
    }))
    return (name, value, place, problems) => {
      const fitting = patterns.filter(({ match }) => match(name) === true)
      if (fitting.length === 0) problems.add(place, `the key ${quote(name)} matches none of the patterns`)
      for (const { constraint } of fitting) constraint(value, place, problems)
    }
  }

  /** With the type itself: where it depends on the position or the key, the type around is only that of all of them. */
  #typed(schema: YamlNode): Constraint {
    const type = this.#document.typeOf(schema)
    return (value, place, problems) => {
      if (this.#document.guardOf(schema)(value)) return this.#of(schema)?.(value, place, problems)
      new TypeMismatch(this.#document.guards, problems).report(value, type, place, 0)
    }
  }
}

const addAll = <A>(
  checks: ReadonlyArray<ScalarCheck<A>>,
  value: A,
  place: ValuePlace | undefined,
  problems: ValueProblems
): void => {
  for (const check of checks) {
    const message = check(value)
    if (message !== undefined) problems.add(place, message)
  }
}

const asksForMore = (schema: YamlMap): boolean =>
  demanding.some((keyword) => schema.get(keyword) !== undefined) || numberChecks(schema).length > 0

const demanding = [
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "uniqueItems",
  "prefixItems",
  "minProperties",
  "maxProperties",
  "patternProperties"
]

const innerSchemas = (schema: YamlMap): ReadonlyArray<YamlNode> => [
  ...["oneOf", "anyOf"].flatMap((keyword) => itemsOf(schema.get(keyword))),
  ...["items", "additionalProperties"].flatMap((keyword) => schema.get(keyword) ?? []),
  ...entriesOf(schema.get("properties")).map(({ value }) => value)
]
