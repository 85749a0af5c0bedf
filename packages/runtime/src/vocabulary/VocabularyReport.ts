import { type Code, nodeAt, suggest, type YamlNode, type YamlScalar } from "@sallyport/language"
import type * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import type * as SchemaIssue from "effect/SchemaIssue"
import { keyAt, openingOf } from "../manifest/YamlPlace.ts"
import { kindOf } from "../schema/ValueProblem.ts"
import type { ProblemList } from "./ProblemList.ts"

/** Names and list indices from the root of a file to a value in it. */
export type VocabularyPath = ReadonlyArray<string | number>

/** The codes of a vocabulary for what can be wrong with the shape of any file. */
export interface VocabularyCodes<C extends Code> {
  readonly unknownKey: C
  readonly missingKey: C
  readonly wrongKind: C
  /** A text that is none of those allowed. */
  readonly notAllowed: C
  /** A key or text that does not match its pattern, where the pattern has no code of its own. */
  readonly badName: C
}

/** What is reported otherwise than in general. */
export interface VocabularyReportOptions {
  /** True where nothing is to be reported, because somebody else does. */
  readonly passes?: (path: VocabularyPath) => boolean
  /** True where a value must not be shown, because it may be a secret. */
  readonly hides?: (path: VocabularyPath) => boolean
}

/** Turns the issues of a schema into diagnostics at the nodes that they are about. */
export class VocabularyReport<C extends Code> {
  readonly #root: YamlNode
  readonly #problems: ProblemList<C>
  readonly #codes: VocabularyCodes<C>
  readonly #options: VocabularyReportOptions

  constructor(
    root: YamlNode,
    problems: ProblemList<C>,
    codes: VocabularyCodes<C>,
    options: VocabularyReportOptions = {}
  ) {
    this.#root = root
    this.#problems = problems
    this.#codes = codes
    this.#options = options
  }

  /** Reports an issue about the value at a path, and all issues inside it. */
  report(issue: SchemaIssue.Issue, path: VocabularyPath): void {
    if (issue._tag !== "Pointer" && this.#options.passes?.(path) === true) return
    switch (issue._tag) {
      case "Pointer":
        return this.report(issue.issue, [...path, ...issue.path.map(step)])
      case "Composite":
        for (const inner of issue.issues) this.report(inner, path)
        return
      case "Encoding":
        return this.report(issue.issue, path)
      case "Filter":
        return this.#refused(issue.filter.annotations, path)
      case "AnyOf":
        return this.#noBranch(issue, path)
      case "MissingKey":
        return this.#missing(issue.annotations?.description, path)
      case "UnexpectedKey":
        return this.#unknown(issue.ast, path)
      case "InvalidType":
        return this.#mismatch(issue.ast, path)
      default:
        return this.#mismatch(undefined, path)
    }
  }

  /** Where only one branch could have been meant, what is wrong with that one says more. */
  #noBranch({ ast, issues }: SchemaIssue.AnyOf, path: VocabularyPath): void {
    const [only] = issues
    if (only !== undefined && issues.length === 1) return this.report(only, path)
    const literals = ast.types.flatMap((type) => (type._tag === "Literal" ? [String(type.literal)] : []))
    const node = this.#node(path)
    if (literals.length === 0 || node.kind !== "scalar" || typeof node.value !== "string")
      return this.#mismatch(ast, path)
    const meant = suggest(node.value, literals)
    const expected = literals.length === ast.types.length ? `one of ${literals.join(", ")}` : expectedBy(ast)
    this.#problems.report(this.#codes.notAllowed, `${this.#show(node, path)} is not ${expected}`, node.span, {
      ...(meant !== undefined && { help: `did you mean "${meant}"?` })
    })
  }

  #refused(annotations: Annotations, path: VocabularyPath): void {
    const node = this.#node(path)
    const { code } = annotations ?? {}
    const expected = textOf(annotations, "expected") ?? "what is expected here"
    const known = this.#problems.knows(code) ? code : this.#codes.wrongKind
    const found = node.kind === "scalar" ? this.#show(node, path) : "this"
    this.#problems.report(known, `${found} is not ${expected}`, openingOf(node))
  }

  #missing(description: string | undefined, path: VocabularyPath): void {
    const name = String(path.at(-1))
    const owner = path.slice(0, -1)
    const of = owner.length === 0 ? "" : ` in "${String(owner.at(-1))}"`
    this.#problems.report(this.#codes.missingKey, `missing key "${name}"${of}`, keyAt(this.#root, owner), {
      ...(description !== undefined && { help: `${name}: ${description}` })
    })
  }

  /** A key that a struct does not have is unknown; one that a map does not take has a wrong name. */
  #unknown(ast: SchemaAST.AST, path: VocabularyPath): void {
    const name = String(path.at(-1)).slice(0, 60)
    const span = keyAt(this.#root, path)
    if (ast._tag !== "Objects")
      return this.#problems.report(this.#codes.unknownKey, `unknown key "${name}"`, span)
    const [index] = ast.indexSignatures
    if (index !== undefined && ast.propertySignatures.length === 0) {
      const annotations = annotationsOf(index.parameter)
      const code = annotations?.["code"]
      const expected = textOf(annotations, "expected") ?? "a key that can stand here"
      return this.#problems.report(
        this.#problems.knows(code) ? code : this.#codes.badName,
        `"${name}" is not ${expected}`,
        span
      )
    }
    const owner = this.#node(path.slice(0, -1))
    const names = ast.propertySignatures.map((property) => String(property.name))
    const free = names.filter((name) => owner.kind !== "map" || owner.entry(name) === undefined)
    const meant = suggest(name, free)
    const known = names.length > 12 ? `${names.slice(0, 12).join(", ")}, …` : names.join(", ")
    this.#problems.report(this.#codes.unknownKey, `unknown key "${name}"${this.#inside(path)}`, span, {
      help: meant === undefined ? `the keys are ${known}` : `did you mean "${meant}"?`,
      ...(meant !== undefined && { fix: { title: `replace by ${meant}`, edits: [{ span, text: meant }] } })
    })
  }

  #inside(path: VocabularyPath): string {
    const owner = path.at(-2)
    return owner === undefined ? "" : ` in "${String(owner).slice(0, 60)}"`
  }

  #mismatch(ast: SchemaAST.AST | undefined, path: VocabularyPath): void {
    const node = this.#node(path)
    const expected = ast === undefined ? "another value" : expectedBy(ast)
    if (ast?._tag === "Literal" && node.kind === "scalar" && typeof node.value === "string")
      return this.#problems.report(
        this.#codes.notAllowed,
        `${this.#show(node, path)} is not ${expected}`,
        node.span
      )
    const span = isMissingValue(node) ? keyAt(this.#root, path) : openingOf(node)
    this.#problems.report(
      this.#codes.wrongKind,
      `expected ${expected}, found ${this.#describe(node, path)}`,
      span
    )
  }

  #node(path: VocabularyPath): YamlNode {
    return nodeAt(this.#root, path) ?? this.#root
  }

  #describe(node: YamlNode, path: VocabularyPath): string {
    if (node.kind === "list") return "a list"
    if (node.kind === "map") return "a map"
    return isMissingValue(node) ? "nothing" : this.#show(node, path)
  }

  #show(node: YamlScalar, path: VocabularyPath): string {
    return this.#options.hides?.(path) === true ? kindOf(node.value) : show(node)
  }
}

const step = (key: PropertyKey): string | number => (typeof key === "number" ? key : String(key))

type Annotations = Schema.Annotations.Annotations | undefined

/** A schema that was annotated after a check carries the annotations on that check. */
const annotationsOf = (ast: SchemaAST.AST): Annotations => ast.checks?.at(-1)?.annotations ?? ast.annotations

const textOf = (annotations: Annotations, key: string): string | undefined => {
  const value = annotations?.[key]
  return typeof value === "string" ? value : undefined
}

/** What a schema takes, as it ends a sentence. */
const expectedBy = (ast: SchemaAST.AST): string => {
  const said = textOf(annotationsOf(ast), "expected") ?? textOf(ast.annotations, "expected")
  if (said !== undefined) return said
  switch (ast._tag) {
    case "String":
      return "a text"
    case "Number":
      return "a number"
    case "Boolean":
      return "true or false"
    case "Null":
      return "null"
    case "Literal":
      return JSON.stringify(ast.literal)
    case "Arrays":
      return "a list"
    case "Objects":
      return "a map"
    case "Union":
      return ast.types.map(expectedBy).join(" or ")
    default:
      return "another value"
  }
}

/** As after `key:` with nothing behind it. */
const isMissingValue = (node: YamlNode): boolean =>
  node.kind === "scalar" && node.value === null && node.span.start === node.span.end

const show = (node: YamlScalar): string => {
  if (typeof node.value !== "string") return String(node.value)
  return JSON.stringify(node.value.length > 60 ? `${node.value.slice(0, 59)}…` : node.value)
}
