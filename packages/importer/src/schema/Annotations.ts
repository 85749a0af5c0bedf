import { within } from "../json/JsonPlace.ts"
import { isList, isMap, type JsonMap, type JsonValue } from "../json/JsonValue.ts"
import { type Draft, draftOf } from "../draft/Draft.ts"
import type { Conversion } from "./ScalarKeywords.ts"

/** Is the value a secret, by the mark of the schema itself? */
export const isSecretMarked = (schema: JsonMap): boolean =>
  schema.get("secret") === true || schema.get("x-secret") === true || schema.get("format") === "password"

/** Titles, descriptions, defaults, examples and flags. Defaults of secrets and of results are dropped. */
export const convertAnnotations = (
  conversion: Conversion,
  { side, isSecret }: { readonly side: "input" | "output"; readonly isSecret: boolean }
): void => {
  for (const keyword of ["title", "description"]) convertText(conversion, keyword)
  convertDefault(conversion, side, isSecret)
  convertExamples(conversion, isSecret)
  for (const [keyword, name] of flags) convertFlag(conversion, keyword, name)
  const { schema, place, losses } = conversion
  for (const keyword of dropped)
    if (schema.has(keyword))
      losses.add(
        "loss",
        "metadata",
        within(place, keyword),
        `"${keyword}" has no place in a manifest; dropped`
      )
  for (const keyword of ["nullable", "x-nullable", "secret", "x-secret"])
    if (schema.has(keyword) && typeof schema.get(keyword) !== "boolean")
      losses.add(
        "problem",
        "keyword",
        within(place, keyword),
        `"${keyword}" is neither true nor false; dropped`
      )
  const marks = schema.get("secrets")
  if (marks !== undefined && !isList(marks))
    losses.add("problem", "secret", within(place, "secrets"), '"secrets" is no list of names; dropped')
}

/** A text, at most 10,000 characters of it. */
export const keptText = (value: JsonValue | undefined): string | undefined =>
  typeof value === "string" ? value.toWellFormed().slice(0, maximumText).toWellFormed() : undefined

const maximumText = 10_000

const convertText = ({ schema, out, place, losses }: Conversion, keyword: string): void => {
  const value = schema.get(keyword)
  const text = keptText(value)
  if (text !== undefined) out.set(keyword, text)
  else if (value !== undefined)
    losses.add("problem", "metadata", within(place, keyword), `"${keyword}" is no text; dropped`)
  if (typeof value === "string" && value.length > maximumText)
    losses.add("loss", "size", within(place, keyword), `"${keyword}" is cut at ${maximumText} characters`)
}

const convertDefault = (
  { schema, out, place, losses }: Conversion,
  side: "input" | "output",
  isSecret: boolean
): void => {
  const value = schema.get("default")
  if (value === undefined) return
  const at = within(place, "default")
  if (isSecret) return losses.add("loss", "secret", at, "the default of a secret is dropped")
  if (side === "output")
    return losses.add(
      "loss",
      "default",
      at,
      "a default in results is dropped: it would be made up where it is missing"
    )
  const draft = draftOf(value)
  if (draft === undefined) losses.add("loss", "default", at, "the default is too large or inexact; dropped")
  else out.set("default", draft)
}

const convertExamples = ({ schema, out, place, losses }: Conversion, isSecret: boolean): void => {
  const kept: Array<Draft> = []
  const keep = (value: JsonValue, ...steps: ReadonlyArray<string | number>): void => {
    const draft = isSecret ? undefined : draftOf(value)
    if (draft !== undefined) kept.push(draft)
    else
      losses.add(
        "loss",
        "example",
        within(place, ...steps),
        isSecret ? "an example of a secret is dropped" : "the example is too large or inexact; dropped"
      )
  }
  const examples = schema.get("examples")
  if (isList(examples))
    for (const [index, value] of examples.slice(0, 20).entries()) keep(value, "examples", index)
  else if (examples !== undefined)
    losses.add("problem", "example", within(place, "examples"), '"examples" is no list; dropped')
  if (isList(examples) && examples.length > 20)
    losses.add("loss", "size", within(place, "examples"), "only the first 20 examples are kept")
  const example = schema.get("example")
  if (example !== undefined) keep(example, "example")
  if (kept.length > 0) out.set("examples", kept)
}

const convertFlag = ({ schema, out, place, losses }: Conversion, keyword: string, name: string): void => {
  const value = schema.get(keyword)
  if (typeof value === "boolean") out.set(name, value)
  else if (value !== undefined && !isMap(value))
    losses.add(
      "problem",
      "keyword",
      within(place, keyword),
      `"${keyword}" is neither true nor false; dropped`
    )
  else if (value !== undefined)
    losses.add("problem", "keyword", within(place, keyword), `"${keyword}" is no flag; dropped`)
}

const flags = [
  ["deprecated", "deprecated"],
  ["readonly", "readOnly"],
  ["readOnly", "readOnly"],
  ["writeOnly", "writeOnly"]
] as const

const dropped = ["$schema", "$id", "id", "$comment", "$anchor", "internal", "in"]
