import { suggest } from "../diagnostics/Suggestion.ts"
import type { Span } from "../source/Span.ts"
import type { YamlMap, YamlNode } from "../source/YamlNode.ts"
import { keywords } from "./SchemaKeyword.ts"
import type { SchemaMap } from "./SchemaMap.ts"
import { followPointer } from "./SchemaPointer.ts"
import { schemaLimits, type SchemaProblems } from "./SchemaProblems.ts"

/** The schema that a reference names. */
export interface Target {
  readonly node: YamlNode
  readonly name: string
}

/** The references of a document and the names of its definitions. */
export class SchemaReferences {
  readonly #document: YamlNode
  readonly #problems: SchemaProblems
  readonly #names = new Map<YamlNode, string>()

  constructor(document: YamlNode, problems: SchemaProblems) {
    this.#document = document
    this.#problems = problems
    for (const under of ["types", "$defs"]) {
      const definitions = document.kind === "map" ? document.get(under) : undefined
      if (definitions?.kind === "map") this.name(definitions)
    }
  }

  /** Gives the schemas of a map the names of their keys; the first name stays. */
  name(definitions: YamlMap): void {
    for (const { key, value } of definitions.entries)
      if (!this.#names.has(value)) this.#names.set(value, key.name)
  }

  /** The name of a definition for messages, or the `title` of a schema that has none and reads like one. */
  nameOf(schema: YamlNode): string | undefined {
    const name = this.#names.get(schema)
    if (name !== undefined || schema.kind !== "map") return name
    const title = schema.get("title")
    return title?.kind === "scalar" && typeof title.value === "string" && isName(title.value)
      ? title.value
      : undefined
  }

  /** What `$ref` names; reports when there is nothing, and what stands beside `$ref` and would be lost. */
  target(map: SchemaMap): Target | undefined {
    const pointer = map.scalar("$ref")
    if (pointer === undefined) return undefined
    for (const sibling of map.names) {
      if (sibling === "$ref" || keywords.get(sibling)?.annotation === true) continue
      const help = "put both into an allOf"
      this.#problems.error("SP0214", `${sibling} cannot stand beside $ref`, map.keySpan(sibling), { help })
    }
    return this.#follow(String(pointer.value), pointer.span)
  }

  /** What `extends` names; reports when there is nothing. */
  bases(map: SchemaMap): ReadonlyArray<readonly [Target, Span]> {
    return map.list("extends").flatMap((base) => {
      const target = this.#follow(basePointer(base), base.span)
      return target === undefined ? [] : [[target, base.span] as const]
    })
  }

  /** All schemas that a schema names with `$ref` and `extends`, silently. */
  namedBy(schema: YamlMap): ReadonlyArray<YamlNode> {
    const pointers: Array<string> = []
    const reference = schema.get("$ref")
    if (reference?.kind === "scalar") pointers.push(String(reference.value))
    const bases = schema.get("extends")
    if (bases?.kind === "scalar") pointers.push(basePointer(bases))
    if (bases?.kind === "list") pointers.push(...bases.items.map(basePointer))
    return pointers.flatMap((pointer) => {
      const target = followPointer(pointer, this.#document)
      return "node" in target ? [target.node] : []
    })
  }

  /** The schema and all that it is made of, each once, nearest first. */
  partsOf(schema: YamlNode): ReadonlyArray<YamlMap> {
    const parts = new Set<YamlMap>()
    let level: ReadonlyArray<YamlNode> = [schema]
    while (level.length > 0) {
      const fresh = level.filter((node) => node.kind === "map").filter((node) => !parts.has(node))
      for (const part of fresh) parts.add(part)
      level = [...new Set(fresh)].flatMap((part) => [...this.namedBy(part), ...mergedBy(part)])
    }
    return [...parts]
  }

  /** The default of a schema, its own or that of the schema it refers to. */
  defaultOf(schema: YamlNode): YamlNode | undefined {
    let current: YamlNode | undefined = schema
    for (let steps = 0; steps < schemaLimits.depth && current?.kind === "map"; steps++) {
      const own = current.get("default")
      if (own !== undefined) return own
      current = current.get("$ref") === undefined ? undefined : this.namedBy(current)[0]
    }
    return undefined
  }

  #follow(pointer: string, span: Span): Target | undefined {
    const target = followPointer(pointer, this.#document)
    if ("node" in target) return target
    const meant = suggest(pointer, target.names)
    const help = meant === undefined ? "write #/types/NAME or #/$defs/NAME" : `did you mean "${meant}"?`
    this.#problems.error("SP0208", target.problem, span, { help })
    return undefined
  }
}

const mergedBy = (schema: YamlMap): ReadonlyArray<YamlNode> => {
  const parts = schema.get("allOf")
  return parts?.kind === "list" ? parts.items : []
}

/** A word of a type's length: a sentence would not help where a type is printed. */
const isName = (title: string): boolean => title.length <= 40 && /^[A-Za-z]\w*$/.test(title)

/** `extends` takes the name of a type or a pointer. */
const basePointer = (base: YamlNode): string => {
  const text = base.kind === "scalar" ? String(base.value) : ""
  return text.startsWith("#") ? text : `#/types/${text}`
}
