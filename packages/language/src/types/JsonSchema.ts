import { compareDiagnostics, type Diagnostic } from "../diagnostics/Diagnostic.ts"
import type { YamlMap, YamlNode } from "../source/YamlNode.ts"
import { checkValue } from "./Conformance.ts"
import { openingOf } from "./NodeOpening.ts"
import { shapeType } from "./ObjectShape.ts"
import { SchemaConstraints } from "./SchemaConstraints.ts"
import { schemaLimits, SchemaProblems } from "./SchemaProblems.ts"
import { SchemaReader } from "./SchemaReader.ts"
import { SchemaReferences } from "./SchemaReferences.ts"
import { dyn, type RecordType, type Type } from "./Type.ts"

/**
 * How defaults show in types. `absent`: as the schema says, for whoever gives a value. `applied`: a property with a
 * default is always there, for whoever receives the value once the defaults are filled in.
 */
export interface SchemaOptions {
  readonly defaults?: "applied" | "absent"
}

/** What a schema says, as a type, and everything that is wrong with it, in the order of the file. */
export interface SchemaReading<out T extends Type = Type> {
  /** With problems, as much as could be read; `dyn` where nothing could, so that no further problems follow. */
  readonly type: T
  readonly diagnostics: ReadonlyArray<Diagnostic>
}

/**
 * The schemas of one document, such as a manifest: its `types` and `$defs`, and every schema in it. References are to
 * the document (`#/types/NAME`, `#/$defs/NAME`, any JSON pointer). A schema is read once however often it is asked for
 * or referred to, so types keep their identity, and a problem is reported once, to whoever asked first.
 *
 * The dialect is a subset of JSON Schema 2020-12; what is not in it is refused. It differs in this:
 * - An object is closed unless `additionalProperties` or `patternProperties` opens it (core 10.3.2.3 says open).
 *   `type: object` alone, which says nothing about properties, is any object, with a warning.
 * - `prefixItems` without `items` is closed too (core 10.3.1.2 says open). The type is a list of all the item types
 *   together: types have no positions.
 * - A keyword without `type` says the type: `minLength` alone is a string (core 7.6.1 lets other types through).
 * - `$ref` stands alone but for descriptions and `default` (core 8.2.3.1 allows all).
 * - `oneOf` and `anyOf` are both the union of their branches: that only one branch takes a value is not checked.
 * - The parts of an `allOf` are merged to one object; a part that is closed does not close the others out.
 * - `format` is enforced (validation 7.2.1 makes it a note), and patterns are RE2.
 * - `extends: NAME` in `types` is an `allOf` with that type; `discriminator: NAME` beside `oneOf` asserts what is
 *   otherwise found out: the property that tells the branches apart.
 *
 * JSON text is YAML: load it with `loadYaml` to read a schema that is written in JSON.
 */
export class SchemaDocument {
  readonly #problems = new SchemaProblems()
  readonly #references: SchemaReferences
  readonly #reader: SchemaReader
  readonly #constraints: SchemaConstraints
  readonly #records = new Map<YamlNode, RecordType>()

  /** `root`: the document that references start from. */
  constructor(root: YamlNode, options: SchemaOptions = {}) {
    this.#references = new SchemaReferences(root, this.#problems)
    this.#reader = new SchemaReader(this.#references, {
      problems: this.#problems,
      defaults: options.defaults ?? "absent"
    })
    this.#constraints = new SchemaConstraints(this.#references, this.#reader)
  }

  /** The type of a schema of the document. */
  read(schema: YamlNode): SchemaReading {
    const type = this.#reader.read(schema)
    return { type, diagnostics: this.#finish() }
  }

  /**
   * The record of a map of names to schemas, as under `input` or `config` of a manifest: closed, and a name that ends
   * in `?` is an optional property (the name is without the mark).
   */
  readProperties(node: YamlNode): SchemaReading<RecordType> {
    const reading = this.#readMap(node, shortForm)
    this.#records.set(node, reading.type)
    return reading
  }

  /** Reads all definitions of a map of names to schemas, such as `types`, used or not: the type of each by name. */
  readDefinitions(node: YamlNode): {
    readonly types: ReadonlyMap<string, Type>
    readonly diagnostics: ReadonlyArray<Diagnostic>
  } {
    if (node.kind === "map") this.#references.name(node)
    const { type, diagnostics } = this.#readMap(node, (name) => ({ name, required: true }))
    const types = new Map([...type.properties].map(([name, property]) => [name, property.type] as const))
    return { types, diagnostics }
  }

  /** The default of a schema, its own or that of the schema that its `$ref` names. */
  defaultOf(schema: YamlNode): YamlNode | undefined {
    return this.#references.defaultOf(schema)
  }

  /**
   * What a schema is made of, nearest first: the schema itself, then what it names with `$ref` and `extends`, the parts
   * of its `allOf`, and theirs. For what types do not keep: titles, `x-secret`, `x-keep-unknown` and other notes, and
   * where a property is declared. The branches of a `oneOf` or `anyOf` are not among them: they are alternatives.
   */
  partsOf(schema: YamlNode): ReadonlyArray<YamlMap> {
    return this.#references.partsOf(schema)
  }

  /**
   * Every place where a value does not fit a schema of the document: its type, then bounds, patterns and formats where
   * the type fits. The schema must have been read.
   */
  check(value: YamlNode, schema: YamlNode): ReadonlyArray<Diagnostic> {
    const problems = checkValue(value, this.#reader.typeAt(schema))
    return problems.length > 0 ? problems : this.#constraints.check(value, schema)
  }

  /** The same for an object and a map of names to schemas, which `readProperties` must have read. */
  checkProperties(value: YamlNode, properties: YamlNode): ReadonlyArray<Diagnostic> {
    const problems = checkValue(value, this.#records.get(properties) ?? dyn)
    if (problems.length > 0 || value.kind !== "map" || properties.kind !== "map") return problems
    const found = properties.entries.flatMap(({ key, value: schema }) => {
      const given = value.get(shortForm(key.name).name)
      return given === undefined ? [] : this.#constraints.check(given, schema)
    })
    return found.toSorted(compareDiagnostics).slice(0, schemaLimits.problems)
  }

  #readMap(node: YamlNode, mark: typeof shortForm): SchemaReading<RecordType> {
    const isMap = node.kind === "map"
    if (!isMap && !(node.kind === "scalar" && node.value === null))
      this.#problems.error("SP0201", "expected a map of names to schemas", openingOf(node))
    const empty: RecordType = { kind: "record", properties: new Map() }
    const type = isMap ? this.#record(node, mark) : empty
    return { type, diagnostics: this.#finish() }
  }

  #record(node: YamlMap, mark: typeof shortForm): RecordType {
    const type = shapeType(this.#reader.readProperties(node, mark), undefined, this.#problems)
    return type.kind === "record" ? type : { kind: "record", properties: new Map() }
  }

  /** Defaults and examples are checked last, when all types are known. */
  #finish(): ReadonlyArray<Diagnostic> {
    for (const { role, value, schema } of this.#reader.takeGiven()) {
      if (this.#problems.isFull) break
      for (const problem of this.check(value, schema))
        this.#problems.add(role === "default" ? aboutDefault(problem) : problem)
    }
    return this.#problems.take().toSorted(compareDiagnostics)
  }
}

/** The property that a name of the short form declares: `limit?` is the optional `limit`. */
const shortForm = (name: string): { readonly name: string; readonly required: boolean } =>
  name.length > 1 && name.endsWith("?")
    ? { name: name.slice(0, -1), required: false }
    : { name, required: true }

const aboutDefault = (problem: Diagnostic): Diagnostic => ({
  ...problem,
  code: "SP0212",
  message: `the default does not fit its schema: ${problem.message}`
})

/** The type of one schema, for which `root` (by default the schema itself) is the document that references start from. */
export const readSchema = (
  schema: YamlNode,
  options: SchemaOptions & { readonly root?: YamlNode } = {}
): SchemaReading => new SchemaDocument(options.root ?? schema, options).read(schema)

/** The record of one map of names to schemas, see `SchemaDocument.readProperties`. */
export const readProperties = (
  properties: YamlNode,
  options: SchemaOptions & { readonly root?: YamlNode } = {}
): SchemaReading<RecordType> =>
  new SchemaDocument(options.root ?? properties, options).readProperties(properties)
