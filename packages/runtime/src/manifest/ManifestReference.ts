import type * as JsonSchema from "effect/JsonSchema"
import { isSchema, manifestJsonSchema } from "./EditorSchema.ts"

/** The reference of the vocabulary as Markdown: one section for each kind of map, in the order in which they are met. */
export const manifestReference = (): string => {
  const root = manifestJsonSchema()
  const definitions = schemasAt(root, "$defs")
  const sections = ["# Manifests", textAt(root, "description"), keyTable(root, definitions)]
  for (const name of sectionsFrom(root, definitions)) {
    const definition = definitions.get(name)
    if (definition === undefined) continue
    sections.push(`## ${name}`, textAt(definition, "description"))
    const table = keyTable(objectOf(definition), definitions)
    if (table !== "") sections.push(table)
    const pattern = textAt(definition, "pattern")
    if (pattern !== "") sections.push(`Pattern: \`${pattern}\``)
  }
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`
}

type Definitions = ReadonlyMap<string, JsonSchema.JsonSchema>

/** The names of all definitions that a schema leads to, nearest first. */
const sectionsFrom = (root: JsonSchema.JsonSchema, definitions: Definitions): ReadonlySet<string> => {
  const names = new Set<string>()
  const waiting = [root]
  for (const schema of waiting) {
    for (const name of referencesIn(withoutDefinitions(schema))) {
      const definition = definitions.get(name)
      if (names.has(name) || definition === undefined) continue
      names.add(name)
      waiting.push(definition)
    }
  }
  return names
}

const withoutDefinitions = (schema: JsonSchema.JsonSchema): JsonSchema.JsonSchema => {
  const { $defs: _definitions, ...rest } = schema
  return rest
}

const referencesIn = (value: unknown): ReadonlyArray<string> => {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (!isSchema(value)) return []
  const own = referenceOf(value)
  return [...(own === undefined ? [] : [own]), ...Object.values(value).flatMap(referencesIn)]
}

const keyTable = (schema: JsonSchema.JsonSchema, definitions: Definitions): string => {
  const properties = schemasAt(schema, "properties")
  if (properties.size === 0) return ""
  const required = schema["required"]
  const rows = [...properties].map(([key, property]) => {
    const isRequired = Array.isArray(required) && required.includes(key)
    const description =
      textAt(property, "description") ||
      textAt(definitions.get(referenceOf(property) ?? "") ?? {}, "description")
    return `| \`${key}\`${isRequired ? "" : "?"} | ${cell(kindOf(property))} | ${cell(description)} |`
  })
  return ["| key | value | meaning |", "| --- | --- | --- |", ...rows].join("\n")
}

/** What a schema takes, in a few words, with links to the sections of others. */
const kindOf = (schema: JsonSchema.JsonSchema): string => {
  const name = referenceOf(schema)
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`
  const { anyOf, enum: values, items, type } = schema
  if (Array.isArray(values)) return values.map((value) => `\`${String(value)}\``).join(" or ")
  if (Array.isArray(anyOf)) return anyOf.filter(isSchema).map(kindOf).join(" or ")
  if (type === "array") return isSchema(items) ? `list of ${kindOf(items)}` : "list"
  if (type === "object") return mapKind(schema)
  if (type === "integer" && typeof schema["minimum"] === "number" && typeof schema["maximum"] === "number")
    return `whole number from ${schema["minimum"]} to ${schema["maximum"]}`
  if (type === "string") return "text"
  return type === "boolean" ? "true or false" : typeof type === "string" ? type : "any value"
}

/** A map whose keys are not known beforehand, by what it holds. */
const mapKind = (schema: JsonSchema.JsonSchema): string => {
  const [pattern] = schemasAt(schema, "patternProperties").values()
  const { additionalProperties } = schema
  const value = pattern ?? (isSchema(additionalProperties) ? additionalProperties : undefined)
  return value === undefined ? "map" : `map of ${kindOf(value)}`
}

/** The map among the alternatives of a definition, which is the part that has keys. */
const objectOf = (schema: JsonSchema.JsonSchema): JsonSchema.JsonSchema => {
  const { anyOf } = schema
  const branches = Array.isArray(anyOf) ? anyOf.filter(isSchema) : []
  return branches.find((branch) => branch["type"] === "object") ?? schema
}

const referenceOf = ({ $ref }: JsonSchema.JsonSchema): string | undefined =>
  typeof $ref === "string" ? $ref.slice("#/$defs/".length) : undefined

const schemasAt = (schema: JsonSchema.JsonSchema, keyword: string): Definitions => {
  const value = schema[keyword]
  const entries = isSchema(value) ? Object.entries(value) : []
  return new Map(entries.flatMap(([name, inner]) => (isSchema(inner) ? [[name, inner] as const] : [])))
}

const textAt = (schema: JsonSchema.JsonSchema, keyword: string): string => {
  const value = schema[keyword]
  return typeof value === "string" ? value : ""
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ")
