import type { CheckedProperties } from "../manifest/CheckedManifest.ts"
import { code, table, valueCode } from "./MarkdownText.ts"
import type { PropertyRow, SchemaWords } from "./SchemaWords.ts"

/** The table of what an action or a trigger takes. Empty when it takes nothing. */
export const inputTable = (words: SchemaWords, { properties }: CheckedProperties): string => {
  const rows = [...properties].flatMap(([name, property]) => {
    const [own, ...inner] = words.property(name, property.schema, property.isRequired)
    return own === undefined ? [] : [{ ...own, default: property.default }, ...inner]
  })
  return table(
    ["input", "value", "presence", "what it is"],
    rows.map((row) => [
      code(row.path),
      row.words,
      row.default === undefined ? presence(row, "required", "optional") : defaultWords(row),
      row.description
    ])
  )
}

/** The table of the properties of what is given. Empty when there is none to name. */
export const propertyTable = (rows: ReadonlyArray<PropertyRow>): string =>
  table(
    ["property", "value", "presence", "what it is"],
    rows.map((row) => [
      code(row.path),
      row.words,
      row.default === undefined ? presence(row, "always", "may be missing") : defaultWords(row),
      row.description
    ])
  )

const presence = ({ isRequired }: PropertyRow, yes: string, no: string): string => (isRequired ? yes : no)

const defaultWords = (row: PropertyRow): string => `default ${valueCode(row.default)}`
