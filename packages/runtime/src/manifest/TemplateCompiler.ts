import {
  type Ast,
  compileParsed,
  compileTemplate,
  type Diagnostic,
  type Environment,
  environment,
  error,
  hasErrors,
  isAssignable,
  type Json,
  parseExpression,
  parseTemplate,
  type Program,
  type Span,
  Type,
  typeOf,
  union,
  type YamlMap,
  type YamlNode,
  type YamlScalar
} from "@sallyport/language"
import { type Absence, readAbsent } from "./AbsentField.ts"
import type { CompiledValue, ExpressionValue, LiteralValue } from "./CompiledValue.ts"
import type { ManifestProblems } from "./ManifestProblems.ts"
import { brief, jsonTypeOf } from "./TypeFit.ts"
import { readsOf, type VariableRead } from "./VariableRead.ts"
import { openingOf } from "./YamlPlace.ts"

/** The variables that the expressions of a place see. Without `secrets`, secrets may not be read there. */
export type Variables = { readonly [name: string]: Type.Type }

/** What a value is for, and what it may be. */
export interface Place {
  /** As it begins a sentence: `a header`. */
  readonly name: string
  readonly accepts: Type.Type
  /** Given when there may be no value: an optional field can then be read without a guard. */
  readonly absence?: Absence
}

/** Compiles the expressions of a manifest and checks that they fit their places. Everything wrong is reported. */
export class TemplateCompiler {
  readonly #problems: ManifestProblems

  constructor(problems: ManifestProblems) {
    this.#problems = problems
  }

  /** A value whose texts, however deep, may hold expressions. */
  value(node: YamlNode, variables: Variables, place: Place): CompiledValue {
    const compiled = this.#value(node, variables, place.absence)
    this.#fit(compiled, place)
    return compiled
  }

  /** A map of such values, each for the same kind of place. `undefined` and anything but a map have none. */
  values(node: YamlNode | undefined, variables: Variables, place: Place): ReadonlyMap<string, CompiledValue> {
    const entries = node?.kind === "map" ? node.entries : []
    return new Map(entries.map(({ key, value }) => [key.name, this.value(value, variables, place)]))
  }

  /**
   * A place that takes one expression, bare or in `${{ }}`, or a text with expressions in it. Undefined, with nothing reported, when the node is no text:
   * the vocabulary has said so.
   */
  expression(node: YamlNode | undefined, variables: Variables, place: Place): ExpressionValue | undefined {
    if (node?.kind !== "scalar" || typeof node.value !== "string") return undefined
    const template = this.#scalar(node, variables, place.absence)
    const compiled =
      template.kind === "expression"
        ? template
        : this.#single(node, parseExpression(node.text), variables, place.absence)
    this.#fit(compiled, place)
    return compiled
  }

  #value(node: YamlNode, variables: Variables, absence: Absence | undefined): CompiledValue {
    if (node.kind === "scalar") return this.#scalar(node, variables, absence)
    if (node.kind === "map") return this.#map(node, variables, absence)
    const items = node.items.map((item) => this.#value(item, variables, absence))
    const span = openingOf(node)
    if (items.every(isLiteral))
      return literalOf(
        node,
        items.map((item) => item.value)
      )
    return { kind: "list", items, type: Type.list(union(items.map((item) => item.type))), span }
  }

  #map(node: YamlMap, variables: Variables, absence: Absence | undefined): CompiledValue {
    const entries = new Map<string, CompiledValue>()
    for (const { key, value } of node.entries) entries.set(key.name, this.#value(value, variables, absence))
    const values = [...entries.values()]
    if (values.every(isLiteral)) return literalOf(node, objectOf([...entries.keys()], values))
    const properties = new Map<string, Type.Property>()
    for (const [name, entry] of entries)
      properties.set(name, {
        type: entry.type,
        required: !(entry.kind === "expression" && entry.mayBeAbsent)
      })
    return { kind: "object", entries, type: { kind: "record", properties }, span: openingOf(node) }
  }

  #scalar(
    node: YamlScalar,
    variables: Variables,
    absence: Absence | undefined
  ): LiteralValue | ExpressionValue {
    const isPlain = typeof node.value !== "string" || !node.value.includes("${{")
    // When no further problem is kept, the manifest is refused whatever else is in it.
    if (isPlain || this.#problems.isFull) return literal(node)
    const template = parseTemplate(node.text)
    const [only, ...others] = template.parts
    if (only?.kind === "expression" && others.length === 0)
      return this.#single(node, only, variables, absence)
    const reads = template.parts.flatMap((part) =>
      part.kind === "expression" ? readsOf(part.expression) : []
    )
    const compiled = compileTemplate(node.text, this.#environment(node, reads, variables))
    this.#problems.addAll(compiled.diagnostics)
    // `$${{` alone: a text that is not written as it reads.
    if (compiled.isLiteral && compiled.program !== undefined) {
      const outcome = compiled.program.evaluate({})
      if (outcome.ok && typeof outcome.value === "string") return literalOf(node, outcome.value)
    }
    return {
      kind: "expression",
      program: compiled.program ?? failing(compiled.diagnostics, node.span),
      type: Type.string,
      mayBeAbsent: false,
      reads,
      span: node.span
    }
  }

  /** An expression that is a whole value, which keeps its type. */
  #single(
    node: YamlScalar,
    parsed: { readonly expression: Ast.Expression; readonly diagnostics: ReadonlyArray<Diagnostic> },
    variables: Variables,
    absence: Absence | undefined
  ): ExpressionValue {
    const reads = readsOf(parsed.expression)
    const scope = this.#environment(node, reads, variables)
    const expression =
      absence === undefined ? parsed.expression : readAbsent(parsed.expression, scope.variables, absence)
    const compiled = compileParsed(node.text, expression, parsed.diagnostics, scope)
    this.#problems.addAll(compiled.diagnostics)
    const isSound = !hasErrors(compiled.diagnostics)
    const { mayBeAbsent, type } = isSound ? jsonTypeOf(compiled.type) : { mayBeAbsent: false, type: Type.dyn }
    return {
      kind: "expression",
      program: compiled.program ?? failing(compiled.diagnostics, node.span),
      type,
      mayBeAbsent,
      reads,
      span: node.text.span(expression.start, expression.end)
    }
  }

  /** Where secrets may not be read, each read of one is said once, and nothing else about it. */
  #environment(node: YamlScalar, reads: ReadonlyArray<VariableRead>, variables: Variables): Environment {
    for (const read of reads) this.#checkHeader(node, read)
    const forbidden = reads.filter(({ name }) => name === "secrets" && !Object.hasOwn(variables, name))
    for (const { end, start } of forbidden)
      this.#problems.report("SP0324", "secrets cannot be read here", node.text.span(start, end), {
        help: "only headers, queries and bodies of requests may read them"
      })
    return environment(forbidden.length === 0 ? variables : { ...variables, secrets: Type.dyn })
  }

  /** Headers of a response are found by their names in small letters: HTTP does not tell them apart by case. */
  #checkHeader(node: YamlScalar, { end, name, path: [part, header], start }: VariableRead): void {
    if (name !== "response" || part !== "headers" || header === undefined) return
    const small = header.toLowerCase()
    if (small === header) return
    this.#problems.report(
      "SP0335",
      `there is never a header "${header.slice(0, 60)}": names are in small letters`,
      node.text.span(start, end),
      { help: `write "${small.slice(0, 60)}"` }
    )
  }

  /** What a literal may be is said by the vocabulary. */
  #fit(value: CompiledValue, { absence, accepts, name }: Place): void {
    if (value.kind === "literal") return
    if (!isAssignable(value.type, accepts)) {
      this.#problems.report(
        "SP0323",
        `${name} takes ${brief(accepts)}, and this gives ${brief(value.type)}`,
        value.span
      )
    } else if (absence === undefined && value.kind === "expression" && value.mayBeAbsent) {
      this.#problems.report("SP0323", `${name} must have a value, and this may be missing`, value.span, {
        help: 'give a default: ${{ x.?y.orValue("") }}'
      })
    }
  }
}

const literal = (node: YamlScalar): LiteralValue => literalOf(node, node.value)

const literalOf = (node: YamlNode, value: Json): LiteralValue => ({
  kind: "literal",
  value,
  type: typeOf(value),
  node,
  span: openingOf(node)
})

const isLiteral = (value: CompiledValue): value is LiteralValue => value.kind === "literal"

const objectOf = (names: ReadonlyArray<string>, values: ReadonlyArray<LiteralValue>): Json => {
  // Without a prototype every name is an ordinary own key; `Object.create` is typed `any`.
  // oxlint-disable-next-line typescript/no-unsafe-assignment
  const object: { [name: string]: Json } = Object.create(null)
  for (const [index, name] of names.entries()) object[name] = values[index]?.value ?? null
  return object
}

/** What stands for an expression that did not compile: running it gives its first error. */
const failing = (diagnostics: ReadonlyArray<Diagnostic>, span: Span): Program => {
  const first = diagnostics.find(({ severity }) => severity === "error")
  const diagnostic = first ?? error("SP0323", "the expression has no value", span)
  return { type: Type.dyn, code: undefined, evaluate: () => ({ ok: false, diagnostic }) }
}
