import { nodeAt, suggest, toJson, type YamlNode } from "@sallyport/language"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import type * as SchemaIssue from "effect/SchemaIssue"
import { manifestCodes } from "../diagnostics/ManifestCodes.ts"
import { Manifest } from "./Manifest.ts"
import type { ManifestCode, ManifestProblems } from "./ManifestProblems.ts"
import { keyAt, openingOf } from "./YamlPlace.ts"

/**
 * Decodes a manifest with its vocabulary. Every place where it does not fit is reported, each key and value at its own
 * place. Undefined when anything does not fit.
 */
export const decodeManifest = (root: YamlNode, problems: ManifestProblems): Manifest | undefined => {
  const decoded = decode(toJson(root))
  if (Result.isSuccess(decoded)) return decoded.success
  new IssueReport(root, problems).report(decoded.failure.issue, [])
  return undefined
}

const decode = Schema.decodeUnknownResult(Manifest, { errors: "all", onExcessProperty: "error" })

type Path = ReadonlyArray<string | number>

/** Turns the issues of a schema into diagnostics at the nodes that they are about. */
class IssueReport {
  readonly #root: YamlNode
  readonly #problems: ManifestProblems

  constructor(root: YamlNode, problems: ManifestProblems) {
    this.#root = root
    this.#problems = problems
  }

  report(issue: SchemaIssue.Issue, path: Path): void {
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
  #noBranch({ ast, issues }: SchemaIssue.AnyOf, path: Path): void {
    const [only] = issues
    if (only !== undefined && issues.length === 1) return this.report(only, path)
    const literals = ast.types.flatMap((type) => (type._tag === "Literal" ? [String(type.literal)] : []))
    const node = this.#node(path)
    if (literals.length === 0 || node.kind !== "scalar" || typeof node.value !== "string")
      return this.#mismatch(ast, path)
    const meant = suggest(node.value, literals)
    const expected = literals.length === ast.types.length ? `one of ${literals.join(", ")}` : expectedBy(ast)
    this.#problems.report("SP0304", `${show(node)} is not ${expected}`, node.span, {
      ...(meant !== undefined && { help: `did you mean "${meant}"?` })
    })
  }

  #refused(annotations: Annotations, path: Path): void {
    const node = this.#node(path)
    const { code } = annotations ?? {}
    const expected = textOf(annotations, "expected") ?? "what is expected here"
    const known = isManifestCode(code) ? code : "SP0303"
    const found = node.kind === "scalar" ? show(node) : "this"
    this.#problems.report(known, `${found} is not ${expected}`, openingOf(node))
  }

  #missing(description: string | undefined, path: Path): void {
    const name = String(path.at(-1))
    const owner = path.slice(0, -1)
    const of = owner.length === 0 ? "" : ` in "${String(owner.at(-1))}"`
    this.#problems.report("SP0302", `missing key "${name}"${of}`, keyAt(this.#root, owner), {
      ...(description !== undefined && { help: `${name}: ${description}` })
    })
  }

  /** A key that a struct does not have is unknown; one that a map does not take has a wrong name. */
  #unknown(ast: SchemaAST.AST, path: Path): void {
    const name = String(path.at(-1)).slice(0, 60)
    const span = keyAt(this.#root, path)
    if (ast._tag !== "Objects") return this.#problems.report("SP0301", `unknown key "${name}"`, span)
    const [index] = ast.indexSignatures
    if (index !== undefined && ast.propertySignatures.length === 0) {
      const annotations = annotationsOf(index.parameter)
      const code = annotations?.["code"]
      const expected = textOf(annotations, "expected") ?? "a key that can stand here"
      return this.#problems.report(
        isManifestCode(code) ? code : "SP0305",
        `"${name}" is not ${expected}`,
        span
      )
    }
    const owner = this.#node(path.slice(0, -1))
    const names = ast.propertySignatures.map((property) => String(property.name))
    const free = names.filter((name) => owner.kind !== "map" || owner.entry(name) === undefined)
    const meant = suggest(name, free)
    const known = names.length > 12 ? `${names.slice(0, 12).join(", ")}, …` : names.join(", ")
    this.#problems.report("SP0301", `unknown key "${name}"${this.#inside(path)}`, span, {
      help: meant === undefined ? `the keys are ${known}` : `did you mean "${meant}"?`,
      ...(meant !== undefined && { fix: { title: `replace by ${meant}`, edits: [{ span, text: meant }] } })
    })
  }

  #inside(path: Path): string {
    const owner = path.at(-2)
    return owner === undefined ? "" : ` in "${String(owner).slice(0, 60)}"`
  }

  #mismatch(ast: SchemaAST.AST | undefined, path: Path): void {
    const node = this.#node(path)
    const expected = ast === undefined ? "another value" : expectedBy(ast)
    if (ast?._tag === "Literal" && node.kind === "scalar" && typeof node.value === "string")
      return this.#problems.report("SP0304", `${show(node)} is not ${expected}`, node.span)
    const span = isMissingValue(node) ? keyAt(this.#root, path) : openingOf(node)
    this.#problems.report("SP0303", `expected ${expected}, found ${describe(node)}`, span)
  }

  #node(path: Path): YamlNode {
    return nodeAt(this.#root, path) ?? this.#root
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

const isManifestCode = (code: unknown): code is ManifestCode =>
  typeof code === "string" && Object.hasOwn(manifestCodes, code)

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

const describe = (node: YamlNode): string => {
  if (node.kind === "list") return "a list"
  if (node.kind === "map") return "a map"
  return isMissingValue(node) ? "nothing" : show(node)
}

/** As after `key:` with nothing behind it. */
const isMissingValue = (node: YamlNode): boolean =>
  node.kind === "scalar" && node.value === null && node.span.start === node.span.end

const show = (node: YamlNode & { readonly kind: "scalar" }): string => {
  if (typeof node.value !== "string") return String(node.value)
  return JSON.stringify(node.value.length > 60 ? `${node.value.slice(0, 59)}…` : node.value)
}
