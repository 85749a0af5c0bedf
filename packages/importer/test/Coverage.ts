import type { Json } from "@sallyport/language"
import type { Loss } from "../src/index.ts"
import { at, keysOf } from "./ImportedText.ts"

/** A schema of a module and what it became, each with where it stands. */
export interface Converted {
  readonly file: string
  readonly pointer: string
  readonly schema: unknown
  readonly draft: Json | undefined
}

/** The properties and keywords, however deep, that are neither in what became of the schema nor named by a loss. */
export const uncovered = (
  converted: Converted,
  manifest: Json,
  losses: ReadonlyArray<Loss>
): ReadonlyArray<string> => {
  const missing: Array<string> = []
  const waiting: Array<Converted> = [converted]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (isNamed(next, losses)) continue
    if (next.draft === undefined) missing.push(`${next.file}#${next.pointer}`)
    else {
      missing.push(...unsaid(next, next.draft, losses))
      waiting.push(...parts(next, resolved(next.draft, manifest)))
    }
  }
  return missing
}

/** Is there a loss about it, or about what it is in? Assumptions say what was done, not what is missing. */
const isNamed = ({ file, pointer }: Converted, losses: ReadonlyArray<Loss>): boolean =>
  losses.some(
    (loss) =>
      loss.file === file &&
      (loss.severity !== "assumption" || loss.kind === "keyword") &&
      (loss.pointer !== "" || loss.kind === "size") &&
      (pointer === loss.pointer || pointer.startsWith(`${loss.pointer}/`))
  )

const resolved = (draft: Json, manifest: Json): Json => {
  let found = draft
  for (let steps = 0; steps < 5; steps++) {
    const reference = at(found, "$ref")
    if (typeof reference !== "string") break
    found = at(manifest, ...reference.slice(2).split("/")) ?? found
  }
  return found
}

const parts = ({ file, pointer, schema }: Converted, draft: Json): ReadonlyArray<Converted> => {
  // What stands beside a reference is another matter.
  if (!isObject(schema) || Object.hasOwn(schema, "$ref")) return []
  const properties = memberOf(schema, "properties")
  const items = memberOf(schema, "items")
  const found: Array<Converted> = []
  if (isObject(properties))
    for (const name of Object.keys(properties)) {
      const step = name.replaceAll("~", "~0").replaceAll("/", "~1")
      found.push({
        file,
        pointer: `${pointer}/properties/${step}`,
        schema: memberOf(properties, name),
        draft: at(draft, "properties", name)
      })
    }
  if (isObject(items))
    found.push({ file, pointer: `${pointer}/items`, schema: items, draft: at(draft, "items") })
  return found
}

/** The keywords of a schema that neither the draft has, as themselves or as an equivalent, nor a loss names. */
const unsaid = (
  { file, pointer, schema }: Converted,
  draft: Json,
  losses: ReadonlyArray<Loss>
): ReadonlyArray<string> => {
  if (!isObject(schema) || !isObject(draft)) return []
  const inner = at(draft, "anyOf", "0")
  const said = new Set([...keysOf(draft), ...keysOf(inner)])
  // Null fits already where nothing is said of the kind of value.
  if (!["type", "enum", "const", "anyOf", "oneOf"].some((name) => said.has(name))) said.add("nullable")
  return Object.keys(schema).flatMap((keyword) => {
    const value = memberOf(schema, keyword)
    const isSaid = [keyword, ...(equivalents.get(keyword) ?? [])].some((name) => said.has(name))
    const isNeutral =
      value === false || isEmpty(value) || neutral.has(keyword) || (keyword === "multipleOf" && value === 1)
    const step = keyword.replaceAll("~", "~0").replaceAll("/", "~1")
    const place = `${pointer}/${step}`
    const isListed = losses.some(
      (loss) =>
        loss.file === file &&
        (loss.pointer === place ||
          loss.pointer.startsWith(`${place}/`) ||
          // The examples of a schema are given up together, whichever keyword they come from.
          (loss.kind === "example" && loss.pointer === pointer))
    )
    return isSaid || isNeutral || isListed
      ? []
      : [`${file}#${place} ${JSON.stringify(schema).slice(0, 600)} => ${JSON.stringify(draft).slice(0, 300)}`]
  })
}

const equivalents: ReadonlyMap<string, ReadonlyArray<string>> = new Map([
  ["example", ["examples"]],
  ["readonly", ["readOnly"]],
  ["nullable", ["type", "enum", "anyOf", "oneOf"]],
  ["secret", ["x-secret"]],
  ["format", ["x-secret"]],
  ["minimum", ["exclusiveMinimum"]],
  ["maximum", ["exclusiveMaximum"]],
  ["exclusiveMinimum", ["minimum"]],
  ["const", ["enum"]],
  ["items", ["prefixItems"]],
  ["additionalItems", ["items"]]
])

/** Definitions are listed where they stand, and an empty list of them says nothing. */
const neutral: ReadonlySet<string> = new Set(["definitions", "properties", "items"])

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0

const memberOf = (value: object, name: string): unknown =>
  Object.entries(value).find(([key]) => key === name)?.[1]

/** Is it an object of JSON? */
export const isObject = (value: unknown): value is { readonly [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value)
