import type { Json } from "@sallyport/language"
import type { Loss } from "../src/index.ts"
import { at } from "./ImportedText.ts"

/** A schema of a module and what it became, each with where it stands. */
export interface Converted {
  readonly file: string
  readonly pointer: string
  readonly schema: unknown
  readonly draft: Json | undefined
}

/** The properties in `properties`, however deep, that are neither in what became of the schema nor named by a loss. */
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
    else waiting.push(...parts(next, resolved(next.draft, manifest)))
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
  const source = Object(schema)
  // What stands beside a reference is another matter.
  if (typeof schema !== "object" || schema === null || Object.hasOwn(source, "$ref")) return []
  const properties: unknown = Object.hasOwn(source, "properties")
    ? Reflect.get(source, "properties")
    : undefined
  const items: unknown = Object.hasOwn(source, "items") ? Reflect.get(source, "items") : undefined
  const found: Array<Converted> = []
  if (isObject(properties))
    for (const [name, inner] of Object.entries(properties)) {
      const step = name.replaceAll("~", "~0").replaceAll("/", "~1")
      found.push({
        file,
        pointer: `${pointer}/properties/${step}`,
        schema: inner,
        draft: at(draft, "properties", name)
      })
    }
  if (isObject(items))
    found.push({ file, pointer: `${pointer}/items`, schema: items, draft: at(draft, "items") })
  return found
}

/** Is it an object of JSON? */
export const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value)
