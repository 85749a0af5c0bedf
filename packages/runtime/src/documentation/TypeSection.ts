import type { Json } from "@sallyport/language"
import { isRecord } from "../schema/JsonValue.ts"
import { blocks, code, prose } from "./MarkdownText.ts"
import { propertyTable } from "./PropertyTables.ts"
import { type SchemaWords, typeHeading } from "./SchemaWords.ts"

/** All there is to know of a named type. */
export const typeSection = (name: string, schema: Json, words: SchemaWords): string => {
  const { description, discriminator } = isRecord(schema) ? schema : {}
  return blocks(
    `### ${typeHeading(name)}`,
    typeof description === "string" ? prose(description) : "",
    `Value: ${words.words(schema)}.`,
    typeof discriminator === "string" ? `${code(discriminator)} tells which of them it is.` : "",
    words.inheritance(schema),
    propertyTable(words.rows(schema)),
    words.openness(schema)
  )
}
