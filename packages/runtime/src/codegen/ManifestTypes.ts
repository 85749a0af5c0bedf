import {
  type Json,
  loadYaml,
  nodeAt,
  SchemaDocument,
  Type,
  type YamlNode,
  isJsonObject
} from "@sallyport/language"
import type { CheckedManifest, CheckedProperties } from "../manifest/CheckedManifest.ts"
import { NamedTypes } from "./NamedTypes.ts"
import type { Role } from "./TypeText.ts"

/** The types of a manifest's schemas, as either role sees them, with the names of its definitions. */
export class ManifestTypes {
  readonly manifest: CheckedManifest
  readonly named: { readonly [R in Role]: NamedTypes }
  readonly #root: YamlNode | undefined
  readonly #documents: { readonly [R in Role]: SchemaDocument }

  constructor(manifest: CheckedManifest) {
    this.manifest = manifest
    // Read again: a checked manifest has the types of its definitions for givers alone.
    this.#root = loadYaml(manifest.file).root
    const root = this.#root ?? nowhere(manifest)
    this.#documents = {
      given: new SchemaDocument(root, { defaults: "absent" }),
      received: new SchemaDocument(root, { defaults: "applied" })
    }
    const types = nodeAt(root, ["types"])
    const namedBy = (role: Role): NamedTypes =>
      new NamedTypes(types === undefined ? new Map() : this.#documents[role].readDefinitions(types).types)
    this.named = { given: namedBy("given"), received: namedBy("received") }
  }

  /** The type of the schema at a path of the manifest; null where there is none. */
  at(path: ReadonlyArray<string>, role: Role): Type.Type {
    const node = this.#node(path)
    return node === undefined ? Type.nullType : this.#documents[role].read(node).type
  }

  /** The record of the map of names to schemas at a path; an empty one where there is none. */
  propertiesAt(path: ReadonlyArray<string>, checked: CheckedProperties, role: Role): Type.RecordType {
    const node = this.#node(path)
    const type = node === undefined ? nothing : this.#documents[role].readProperties(node).type
    if (role === "received") return type
    // What has a default need not be given, whether or not it is marked with a `?`.
    const properties = [...type.properties].map(([name, property]): [string, Type.Property] => [
      name,
      { ...property, required: checked.properties.get(name)?.isRequired ?? property.required }
    ])
    return { ...type, properties: new Map(properties) }
  }

  /** What a definition says of itself, and whether it keeps fields that it does not name. */
  noteOf(name: string): { readonly text: string; readonly keepsUnknown: boolean } {
    const { source } = this.manifest
    const types = isJsonObject(source) ? source["types"] : undefined
    const schema = types !== undefined && isJsonObject(types) ? types[name] : undefined
    if (schema === undefined || !isJsonObject(schema)) return { text: "", keepsUnknown: false }
    const text = textOf(schema["description"]) ?? textOf(schema["title"]) ?? ""
    return { text, keepsUnknown: schema["x-keep-unknown"] === true }
  }

  #node(path: ReadonlyArray<string>): YamlNode | undefined {
    return this.#root === undefined ? undefined : nodeAt(this.#root, path)
  }
}

const nothing: Type.RecordType = { kind: "record", properties: new Map() }

const textOf = (json: Json | undefined): string | undefined => (typeof json === "string" ? json : undefined)

const nowhere = ({ file }: CheckedManifest): YamlNode => ({
  kind: "scalar",
  value: null,
  style: "plain",
  text: file,
  span: file.span(0, 0)
})
