import { suggest } from "../diagnostics/Suggestion.ts"
import type { Span } from "../source/Span.ts"
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from "../source/YamlNode.ts"
import type { SchemaProblems } from "./SchemaProblems.ts"
import { type KeywordShape, keywords, refusedKeywords } from "./SchemaKeyword.ts"
import { replaceText } from "./TextReplacement.ts"

/** A schema's keywords: only those of the dialect whose values have the right shape. */
export class SchemaMap {
  readonly node: YamlMap
  readonly #values: ReadonlyMap<string, YamlNode>

  private constructor(node: YamlMap, values: ReadonlyMap<string, YamlNode>) {
    this.node = node
    this.#values = values
  }

  /** Reports every keyword that is unknown, refused or has the wrong shape, and leaves it out. */
  static read(node: YamlMap, problems: SchemaProblems): SchemaMap {
    const values = new Map<string, YamlNode>()
    for (const { key, value } of node.entries) {
      if (problems.isFull) break
      const keyword = keywords.get(key.name)
      if (keyword === undefined) reportKeyword({ key, value }, node, problems)
      else if (hasShape(value, keyword.shape)) values.set(key.name, value)
      else
        problems.error("SP0204", `"${key.name}" must be ${shapeNames[keyword.shape]}`, value.span, {
          ...(key.name === "required" && { help: "list the names in the required of the object around" })
        })
    }
    return new SchemaMap(node, values)
  }

  /** The names of the keywords, in the order of the file. */
  get names(): Iterable<string> {
    return this.#values.keys()
  }

  /** Is the keyword there, with a value of the right shape? */
  has(keyword: string): boolean {
    return this.#values.has(keyword)
  }

  /** The value of a keyword, whatever it is. */
  value(keyword: string): YamlNode | undefined {
    return this.#values.get(keyword)
  }

  /** The value of a keyword if it is a scalar. */
  scalar(keyword: string): YamlScalar | undefined {
    const value = this.#values.get(keyword)
    return value?.kind === "scalar" ? value : undefined
  }

  /** The value of a keyword if it is a text. */
  text(keyword: string): string | undefined {
    const value = this.scalar(keyword)?.value
    return typeof value === "string" ? value : undefined
  }

  /** The value of a keyword if it is a number. */
  number(keyword: string): number | undefined {
    const value = this.scalar(keyword)?.value
    return typeof value === "number" ? value : undefined
  }

  /** The items of a list; a single scalar counts as a list of one. */
  list(keyword: string): ReadonlyArray<YamlNode> {
    const value = this.#values.get(keyword)
    if (value?.kind === "list") return value.items
    return value?.kind === "scalar" ? [value] : []
  }

  /** The value of a keyword if it is a map. */
  map(keyword: string): YamlMap | undefined {
    const value = this.#values.get(keyword)
    return value?.kind === "map" ? value : undefined
  }

  /** Where a keyword stands, for problems that are about it. */
  keySpan(keyword: string): Span {
    return this.node.entry(keyword)?.key.span ?? this.node.span
  }
}

const reportKeyword = ({ key, value }: YamlEntry, node: YamlMap, problems: SchemaProblems): void => {
  const { name, span } = key
  if (name.startsWith("x-")) return
  const instead = refusedKeywords.get(name)
  if (instead !== undefined) {
    problems.error("SP0203", `"${name}" is not part of this dialect of JSON Schema`, span, { help: instead })
    return
  }
  // A property that lost its `properties`, such as `_type: { type: string }`, is no keyword misspelt.
  const fitting = [...keywords].filter(([, { shape }]) => shape === "schema" || hasShape(value, shape))
  const unused = fitting.map(([keyword]) => keyword).filter((keyword) => node.entry(keyword) === undefined)
  const meant = suggest(name, unused)
  problems.error("SP0202", `unknown keyword "${name.slice(0, 60)}" in a schema`, span, {
    help:
      meant === undefined ? `a property of that name belongs under properties` : `did you mean "${meant}"?`,
    ...(meant !== undefined && { fix: replaceText(key, meant) })
  })
}

const shapeNames: { readonly [S in KeywordShape]: string } = {
  schema: "a schema",
  schemas: "a list of schemas, at least one",
  "schema map": "a map of schemas by name",
  text: "a text",
  texts: "a list of texts",
  "text or texts": "a text or a list of texts",
  type: "the name of a type or a list of such names",
  number: "a number",
  count: "a whole number, 0 or more",
  flag: "true or false",
  scalar: "a text, a number, true, false or null",
  scalars: "a list of texts, numbers, true, false or null, at least one",
  list: "a list",
  anything: "a value"
}

const hasShape = (value: YamlNode, shape: KeywordShape): boolean => {
  switch (shape) {
    case "schema":
    case "anything":
      return true
    case "schemas":
      return value.kind === "list" && value.items.length > 0
    case "schema map":
      return value.kind === "map"
    case "list":
      return value.kind === "list"
    case "scalars":
      return value.kind === "list" && value.items.length > 0 && value.items.every(isScalar)
    case "texts":
      return value.kind === "list" && value.items.every(isText)
    case "text or texts":
      return isText(value) || (value.kind === "list" && value.items.every(isText))
    case "type":
      return (
        isTypeText(value) ||
        (value.kind === "list" && value.items.length > 0 && value.items.every(isTypeText))
      )
    default:
      return value.kind === "scalar" && isScalarOf(value, shape)
  }
}

const isScalar = (value: YamlNode): boolean => value.kind === "scalar"

const isText = (value: YamlNode): boolean => value.kind === "scalar" && typeof value.value === "string"

/** A bare `null` is let through, to be reported with its fix. */
const isTypeText = (value: YamlNode): boolean =>
  isText(value) || (value.kind === "scalar" && value.value === null)

const isScalarOf = ({ value }: YamlScalar, shape: KeywordShape): boolean => {
  switch (shape) {
    case "text":
      return typeof value === "string"
    case "number":
      return typeof value === "number"
    case "count":
      return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    case "flag":
      return typeof value === "boolean"
    default:
      return true
  }
}
