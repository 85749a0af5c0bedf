import {
  hasErrors,
  type Json,
  nodeAt,
  SchemaDocument,
  type Type,
  type YamlMap,
  type YamlNode
} from "@sallyport/language"
import { withUnknownKept, withUnknownKeptIn } from "./KeepUnknown.ts"
import { schemaNode } from "./SchemaNode.ts"
import { type Guard, TypeGuards } from "./TypeGuards.ts"

/** What happens to properties that a record does not declare. */
export type UnknownProperties = "refused" | "kept where asked"

/**
 * The schemas of one document, read by the language, with the guards of their types. Everything is made once for all
 * codecs of the document and when it is first needed.
 */
export class DialectDocument {
  readonly guards: TypeGuards
  readonly #unknown: UnknownProperties
  readonly #root: YamlNode
  readonly #schemas: SchemaDocument
  readonly #guards = new Map<YamlNode, Guard>()

  constructor(root: Json, unknown: UnknownProperties) {
    this.#unknown = unknown
    this.#root = schemaNode(unknown === "refused" ? root : withUnknownKeptIn(root))
    this.#schemas = new SchemaDocument(this.#root)
    this.guards = new TypeGuards(unknown === "refused" ? "checked" : "kept")
    const types = this.#root.kind === "map" ? this.#root.get("types") : undefined
    if (types !== undefined) this.#schemas.readDefinitions(types)
  }

  /** The node of a schema; throws when it is not one of the dialect, which loading the manifest has ruled out. */
  read(schema: Json): YamlNode {
    const node = schemaNode(this.#unknown === "refused" ? schema : withUnknownKept(schema))
    const { diagnostics } = this.#schemas.read(node)
    if (hasErrors(diagnostics)) throw new TypeError(`not a schema: ${diagnostics[0]?.message ?? ""}`)
    return node
  }

  /** The type of a node that is, or is in, a schema that was read. */
  typeOf(node: YamlNode): Type.Type {
    return this.#schemas.read(node).type
  }

  /** The guard of the type of a node. */
  guardOf(node: YamlNode): Guard {
    const known = this.#guards.get(node)
    if (known !== undefined) return known
    const guard = this.guards.of(this.typeOf(node))
    this.#guards.set(node, guard)
    return guard
  }

  /** The default of a schema, its own or that of the schema that its `$ref` names. */
  defaultOf(node: YamlNode): YamlNode | undefined {
    return this.#schemas.defaultOf(node)
  }

  /** The schemas of the same value that a schema merges or refers to: `$ref`, `extends` and `allOf`. */
  partsOf(schema: YamlMap): ReadonlyArray<YamlNode> {
    const named = [
      ...textsOf(schema.get("$ref")),
      ...textsOf(schema.get("extends")).map((name) => (name.startsWith("#") ? name : `#/types/${name}`))
    ].flatMap((pointer) => this.#target(pointer) ?? [])
    return [...named, ...itemsOf(schema.get("allOf"))]
  }

  /** JSON pointer in a fragment (RFC 6901 section 6). The language has checked that it leads somewhere. */
  #target(pointer: string): YamlNode | undefined {
    if (pointer === "#") return this.#root
    let node: YamlNode | undefined = this.#root
    for (const step of pointer.slice(2).split("/")) {
      const name = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~")
      node = node === undefined ? undefined : nodeAt(node, [node.kind === "list" ? Number(name) : name])
    }
    return node
  }
}

/** The items of a list; none for anything else. */
export const itemsOf = (node: YamlNode | undefined): ReadonlyArray<YamlNode> =>
  node?.kind === "list" ? node.items : []

/** The entries of a map; none for anything else. */
export const entriesOf = (node: YamlNode | undefined): YamlMap["entries"] =>
  node?.kind === "map" ? node.entries : []

/** The texts of a list, or of a text alone; other items are left out. */
export const textsOf = (node: YamlNode | undefined): ReadonlyArray<string> => {
  const nodes = node?.kind === "list" ? node.items : node === undefined ? [] : [node]
  return nodes.flatMap((item) =>
    item.kind === "scalar" && typeof item.value === "string" ? [item.value] : []
  )
}
