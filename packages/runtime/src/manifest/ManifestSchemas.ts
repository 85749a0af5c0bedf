import {
  type Diagnostic,
  SchemaDocument,
  toJson,
  type Type,
  type YamlMap,
  type YamlNode
} from "@sallyport/language"
import type { CheckedProperties, CheckedProperty, CheckedSchema } from "./CheckedManifest.ts"
import type { ManifestProblems } from "./ManifestProblems.ts"

/**
 * The schemas of a manifest, read by one document for whoever gives values, and by a second one, silently, for whoever
 * receives them with their defaults filled in.
 */
export class ManifestSchemas {
  readonly #given: SchemaDocument
  readonly #applied: SchemaDocument
  readonly #problems: ManifestProblems

  constructor(root: YamlNode, problems: ManifestProblems) {
    this.#given = new SchemaDocument(root, { defaults: "absent" })
    this.#applied = new SchemaDocument(root, { defaults: "applied" })
    this.#problems = problems
  }

  /** The types of a schema. What is wrong with it is reported. */
  read(node: YamlNode): CheckedSchema {
    const { diagnostics, type } = this.#given.read(node)
    this.#problems.addAll(diagnostics)
    return { given: type, applied: this.#applied.read(node).type }
  }

  /** The types of a map of names to schemas; `undefined` is an empty one. What is wrong with it is reported. */
  readProperties(node: YamlMap | undefined): CheckedProperties {
    if (node === undefined) return noProperties
    const { diagnostics, type } = this.#given.readProperties(node)
    this.#problems.addAll(diagnostics)
    const properties = new Map<string, CheckedProperty>()
    for (const { key, value } of node.entries) {
      const isOptional = key.name.length > 1 && key.name.endsWith("?")
      const name = isOptional ? key.name.slice(0, -1) : key.name
      const given = this.#given.defaultOf(value)
      properties.set(name, {
        isRequired: !isOptional && given === undefined,
        schema: toJson(value),
        ...(given !== undefined && { default: toJson(given) }),
        span: key.span
      })
    }
    return {
      given: withDefaultsOptional(type, properties),
      applied: this.#applied.readProperties(node).type,
      properties
    }
  }

  /** All definitions under `types`, used or not. What is wrong with them is reported. */
  readDefinitions(node: YamlMap | undefined): ReadonlyMap<string, Type.Type> {
    if (node === undefined) return new Map()
    const { diagnostics, types } = this.#given.readDefinitions(node)
    this.#problems.addAll(diagnostics)
    return types
  }

  /** Every place where a value does not fit a schema that was read. */
  check(value: YamlNode, schema: YamlNode): ReadonlyArray<Diagnostic> {
    return this.#given.check(value, schema)
  }
}

/** An input or setting with a default need not be given, whether or not it is marked with a `?`. */
const withDefaultsOptional = (
  type: Type.RecordType,
  properties: ReadonlyMap<string, CheckedProperty>
): Type.RecordType => ({
  ...type,
  properties: new Map(
    [...type.properties].map(([name, property]) => [
      name,
      { ...property, required: properties.get(name)?.isRequired ?? property.required }
    ])
  )
})

const nothing: Type.RecordType = { kind: "record", properties: new Map() }
const noProperties: CheckedProperties = {
  given: nothing,
  applied: nothing,
  properties: new Map<string, CheckedProperty>()
}

/** The schema of a property in a map of names to schemas, whichever way the name is marked. */
export const propertySchema = (properties: YamlMap | undefined, name: string): YamlNode | undefined =>
  properties?.get(name) ?? properties?.get(`${name}?`)
