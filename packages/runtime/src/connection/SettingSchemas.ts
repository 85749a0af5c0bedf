import { type Diagnostic, loadYaml, SchemaDocument, type YamlMap, type YamlNode } from "@sallyport/language"
import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import { propertySchema } from "../manifest/ManifestSchemas.ts"
import { mapAt } from "../manifest/YamlPlace.ts"

/** The schemas of a connector's settings, for values that are written down in a file. */
export class SettingSchemas {
  readonly #document: SchemaDocument | undefined
  readonly #settings: YamlMap | undefined

  private constructor({ file }: CheckedManifest) {
    const { root } = loadYaml(file)
    this.#settings = mapAt(root, "connection", "config")
    this.#document = root === undefined ? undefined : new SchemaDocument(root, { defaults: "absent" })
    if (this.#settings !== undefined) this.#document?.readProperties(this.#settings)
  }

  /** Those of a manifest; its file is read once. */
  static of(manifest: CheckedManifest): SettingSchemas {
    const known = schemas.get(manifest)
    if (known !== undefined) return known
    const made = new SettingSchemas(manifest)
    schemas.set(manifest, made)
    return made
  }

  /** Every place where the value of a setting does not fit its schema. */
  check(name: string, value: YamlNode): ReadonlyArray<Diagnostic> {
    const schema = propertySchema(this.#settings, name)
    return schema === undefined ? [] : (this.#document?.check(value, schema) ?? [])
  }
}

const schemas = new WeakMap<CheckedManifest, SettingSchemas>()
