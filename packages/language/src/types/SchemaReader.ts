import type { Span } from "../source/Span.ts"
import type { YamlKey, YamlMap, YamlNode } from "../source/YamlNode.ts"
import { discriminate } from "./Discriminator.ts"
import { mergeShapes, type ObjectShape, type ShapeProperty, shapeType } from "./ObjectShape.ts"
import { openingOf } from "./NodeOpening.ts"
import {
  checkBranches,
  declaredTypes,
  impliedTypes,
  isAnnotation,
  isBare,
  literalType,
  wrapped
} from "./SchemaKinds.ts"
import { SchemaAssertions } from "./SchemaAssertions.ts"
import type { TypeName } from "./SchemaKeyword.ts"
import { SchemaMap } from "./SchemaMap.ts"
import { schemaLimits, type SchemaProblems } from "./SchemaProblems.ts"
import type { SchemaReferences } from "./SchemaReferences.ts"
import { bool, double, dyn, int, list, map, never, nullType, ref, string, type Type } from "./Type.ts"
import { union } from "./Union.ts"

/** A value that a schema gives for itself, to be checked once all types are known. */
export interface GivenValue {
  readonly role: "default" | "example"
  readonly value: YamlNode
  readonly schema: YamlNode
}

/**
 * Reads the schemas of one document. Every schema is read once, whoever refers to it; what properties and items refer
 * to is read later, from a list, so that types may contain themselves. `oneOf`, `anyOf`, `allOf` and a `$ref` at the top
 * of a schema need their targets at once: a circle of those is a located problem.
 */
export class SchemaReader {
  readonly #problems: SchemaProblems
  readonly #references: SchemaReferences
  readonly #isFilled: (schema: YamlNode) => boolean
  readonly #types = new Map<YamlNode, Type>()
  readonly #maps = new Map<YamlMap, SchemaMap>()
  readonly #shapes = new Map<YamlNode, ObjectShape>()
  /** The types of references within properties and items. */
  readonly #inner = new Map<YamlNode, Type>()
  /** The reference to a schema, the same for all who refer to it. */
  readonly #refs = new Map<YamlNode, Type>()
  /** Schemas whose type or shape is being found out: coming back to one is a circle. */
  readonly #open = new Set<YamlNode>()
  readonly #waiting: Array<YamlNode> = []
  #given: Array<GivenValue> = []
  readonly #assertions: SchemaAssertions
  #isTooLarge = false

  /** `defaults`: whether a property with a default counts as present. */
  constructor(
    references: SchemaReferences,
    options: { readonly problems: SchemaProblems; readonly defaults: "applied" | "absent" }
  ) {
    this.#references = references
    this.#problems = options.problems
    this.#assertions = new SchemaAssertions(options.problems)
    this.#isFilled =
      options.defaults === "absent" ? () => false : (schema) => references.defaultOf(schema) !== undefined
  }

  /** The type of a schema, with everything that it refers to. */
  read(schema: YamlNode): Type {
    const type = this.#read(schema, 0)
    this.#finish()
    return type
  }

  /** The shape of a map of property names to schemas, as under `properties`; names are taken as `mark` gives them. */
  readProperties(
    node: YamlMap,
    mark: (name: string) => { readonly name: string; readonly required: boolean }
  ): ObjectShape {
    const properties = new Map<string, ShapeProperty>()
    const required = new Map<string, Span>()
    for (const { key, value } of node.entries) {
      const marked = mark(key.name)
      const earlier = properties.get(marked.name)
      if (earlier === undefined) properties.set(marked.name, this.#property(value, key.span, 1))
      else
        this.#problems.error("SP0214", `the property "${marked.name}" is declared twice`, key.span, {
          notes: [{ message: "it is first declared here", span: earlier.key }]
        })
      if (marked.required) required.set(marked.name, key.span)
    }
    this.#finish()
    return { properties, required, rest: undefined }
  }

  /** The type of a schema that has been read. */
  typeAt(schema: YamlNode): Type {
    return this.#inner.get(schema) ?? this.#types.get(schema) ?? dyn
  }

  /** The defaults and examples found since the last time. */
  takeGiven(): ReadonlyArray<GivenValue> {
    const found = this.#given
    this.#given = []
    return found
  }

  #finish(): void {
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) this.#read(next, 0)
  }

  /** The type of a schema whose target is needed at once. */
  #read(schema: YamlNode, depth: number): Type {
    const known = this.#types.get(schema)
    if (known !== undefined) return known
    if (!this.#mayRead(schema, depth)) return dyn
    this.#open.add(schema)
    const type = this.#typeOf(schema, depth)
    this.#open.delete(schema)
    this.#types.set(schema, type)
    return type
  }

  /** The type of a property or an item: a reference stays one, so that types can contain themselves. */
  #readInner(schema: YamlNode, depth: number): Type {
    if (schema.kind !== "map" || schema.get("$ref") === undefined) return this.#read(schema, depth)
    const known = this.#inner.get(schema)
    if (known !== undefined) return known
    const target = this.#references.target(this.#annotated(schema, depth))
    const type = target === undefined ? dyn : this.#refTo(target.node, target.name)
    this.#inner.set(schema, type)
    return type
  }

  #refTo(target: YamlNode, name: string): Type {
    const known = this.#refs.get(target)
    if (known !== undefined) return known
    this.#waiting.push(target)
    const type = ref(this.#references.nameOf(target) ?? name, () => this.#types.get(target) ?? dyn)
    this.#refs.set(target, type)
    return type
  }

  #mayRead(schema: YamlNode, depth: number): boolean {
    if (this.#problems.isFull || this.#isTooLarge) return false
    if (depth > schemaLimits.depth) {
      this.#problems.error(
        "SP0219",
        `schemas are nested more than ${schemaLimits.depth} deep`,
        openingOf(schema),
        {
          help: "name the inner ones under $defs or types and refer to them"
        }
      )
      return false
    }
    if (this.#types.size < schemaLimits.schemas) return true
    this.#isTooLarge = true
    this.#problems.error("SP0219", `there are more than ${schemaLimits.schemas} schemas`, openingOf(schema))
    return false
  }

  #typeOf(schema: YamlNode, depth: number): Type {
    if (schema.kind === "scalar" && typeof schema.value === "boolean") return schema.value ? dyn : never
    if (schema.kind !== "map") {
      const help = "write {} for any value, or a map of keywords such as type"
      this.#problems.error("SP0201", "expected a schema: a map, true or false", openingOf(schema), { help })
      return dyn
    }
    const keywords = this.#annotated(schema, depth)
    if (keywords.has("$ref")) return this.#reference(keywords, depth)
    for (const choice of ["oneOf", "anyOf"])
      if (keywords.has(choice)) return this.#choice(keywords, choice, depth)
    const only = wrapped(keywords)
    if (only !== undefined) return this.#read(only, depth + 1)
    if (keywords.has("allOf") || keywords.has("extends"))
      return shapeType(this.#shape(schema, depth), this.#references.nameOf(schema), this.#problems)
    const declared = declaredTypes(keywords)
    const types = declared.length > 0 ? declared : impliedTypes(keywords)
    if (keywords.has("const") || keywords.has("enum")) return literalType(keywords, declared, this.#problems)
    if (types.length === 0) return dyn
    return union(types.map((type) => this.#typeNamed(type, keywords, depth)))
  }

  /** The keywords, checked, with the definitions among them read and the default noted. */
  #annotated(schema: YamlMap, depth: number): SchemaMap {
    const known = this.#maps.get(schema)
    if (known !== undefined) return known
    const keywords = SchemaMap.read(schema, this.#problems)
    this.#maps.set(schema, keywords)
    this.#assertions.check(keywords)
    const value = keywords.value("default")
    if (value !== undefined) this.#given.push({ role: "default", value, schema })
    for (const example of keywords.list("examples"))
      this.#given.push({ role: "example", value: example, schema })
    for (const { value } of keywords.map("$defs")?.entries ?? []) {
      if (depth === 0) this.#waiting.push(value)
      else this.#read(value, depth + 1)
    }
    return keywords
  }

  #typeNamed(name: TypeName, keywords: SchemaMap, depth: number): Type {
    switch (name) {
      case "null":
        return nullType
      case "boolean":
        return bool
      case "integer":
        return int
      case "number":
        return double
      case "string": {
        const format = keywords.text("format")
        return format === undefined ? string : { kind: "string", format }
      }
      case "array":
        return list(this.#elementOf(keywords, depth))
      default:
        return this.#objectOf(keywords, depth)
    }
  }

  /** `prefixItems` are closed like records: without `items` there are no further ones. */
  #elementOf(keywords: SchemaMap, depth: number): Type {
    const items = keywords.value("items")
    const rest = items === undefined ? undefined : this.#readInner(items, depth + 1)
    if (!keywords.has("prefixItems")) return rest ?? dyn
    const first = keywords.list("prefixItems").map((item) => this.#readInner(item, depth + 1))
    return union(rest === undefined ? first : [...first, rest])
  }

  #objectOf(keywords: SchemaMap, depth: number): Type {
    const { node } = keywords
    if (isBare(keywords)) {
      this.#problems.warning(
        "SP0217",
        "an object without properties: any object fits",
        keywords.keySpan("type"),
        {
          help: "list its properties, or say additionalProperties: true for any object, properties: {} for an empty one"
        }
      )
      return map(dyn)
    }
    return shapeType(this.#shape(node, depth), this.#references.nameOf(node), this.#problems)
  }

  #ownShape(keywords: SchemaMap, depth: number): ObjectShape {
    const properties = new Map<string, ShapeProperty>()
    for (const { key, value } of keywords.map("properties")?.entries ?? []) {
      if (key.name.endsWith("?")) this.#reportMark(key)
      properties.set(key.name, this.#property(value, key.span, depth + 1))
    }
    const required = new Map<string, Span>()
    for (const item of keywords.list("required"))
      if (item.kind === "scalar") required.set(String(item.value), item.span)
    return { properties, required, rest: this.#restOf(keywords, depth) }
  }

  #reportMark(key: YamlKey): void {
    this.#problems.warning(
      "SP0220",
      `the property is called "${key.name.slice(0, 60)}", with its mark`,
      key.span,
      {
        help: "under properties, what is not in required is optional: drop the ?"
      }
    )
  }

  #property(schema: YamlNode, key: Span, depth: number): ShapeProperty {
    const type = this.#readInner(schema, depth)
    const described = schema.kind === "map" ? (schema.get("description") ?? schema.get("title")) : undefined
    const description = described?.kind === "scalar" ? described.value : undefined
    return {
      type,
      isFilled: this.#isFilled(schema),
      description: typeof description === "string" ? description : undefined,
      key
    }
  }

  /** Closed unless it says otherwise, unlike JSON Schema (core 10.3.2.3), where absent is open. */
  #restOf(keywords: SchemaMap, depth: number): ObjectShape["rest"] {
    const patterns = keywords.map("patternProperties")
    const additional = keywords.value("additionalProperties")
    const isClosed = additional === undefined || (additional.kind === "scalar" && additional.value === false)
    if (patterns !== undefined) {
      const other = keywords.has("properties") ? "properties" : isClosed ? undefined : "additionalProperties"
      if (other !== undefined)
        this.#problems.error(
          "SP0214",
          `patternProperties cannot stand beside ${other}`,
          keywords.keySpan(other)
        )
      const types = patterns.entries.map(({ value }) => this.#readInner(value, depth + 1))
      return { type: union(types), at: keywords.keySpan("patternProperties") }
    }
    if (additional === undefined || isClosed) return undefined
    return { type: this.#readInner(additional, depth + 1), at: keywords.keySpan("additionalProperties") }
  }

  #reference(keywords: SchemaMap, depth: number): Type {
    const target = this.#references.target(keywords)
    if (target === undefined || this.#isCircle(target.node, openingOf(keywords.node))) return dyn
    return this.#read(target.node, depth + 1)
  }

  #isCircle(target: YamlNode, at: Span): boolean {
    if (!this.#open.has(target)) return false
    this.#problems.error("SP0209", "this type contains itself with nothing in between", at, {
      help: "a type may refer to itself within properties or items"
    })
    return true
  }

  /** A union; what stands beside it may only describe it or name the kind of all its branches. */
  #choice(keywords: SchemaMap, choice: string, depth: number): Type {
    for (const sibling of keywords.names) {
      if (sibling === choice || sibling === "type" || sibling === "discriminator" || isAnnotation(sibling))
        continue
      const help =
        sibling === "properties"
          ? "put them into the branches, or into a type that the branches extend"
          : "put it into the branches"
      this.#problems.error("SP0214", `${sibling} cannot stand beside ${choice}`, keywords.keySpan(sibling), {
        help
      })
    }
    const branches = keywords.list(choice)
    if (branches.length > schemaLimits.branches) {
      this.#problems.error("SP0219", `more than ${schemaLimits.branches} branches`, keywords.keySpan(choice))
      return dyn
    }
    if (keywords.has("properties")) return this.#mixedChoice(keywords, branches, depth)
    const types = branches.map((branch) => this.#read(branch, depth + 1))
    checkBranches(types, branches, declaredTypes(keywords), this.#problems)
    const members = types.flatMap((type) => (type.kind === "union" ? type.members : [type]))
    const wanted = keywords.scalar("discriminator")
    const found = discriminate(members, wanted === undefined ? undefined : String(wanted.value))
    if (wanted !== undefined && found.key === undefined) {
      const help =
        "every branch but one needs it under required, with a const or enum that no other branch has"
      const message = `"${String(wanted.value).slice(0, 60)}" does not tell the branches apart`
      this.#problems.error("SP0218", message, wanted.span, { help })
    }
    const name = this.#references.nameOf(keywords.node)
    return union(found.members, {
      ...(name !== undefined && { name }),
      ...(found.key !== undefined && { discriminator: found.key })
    })
  }

  /**
   * Properties beside `oneOf`, of which the branches often say no more than which are required. What is in them is
   * read for its own problems; a branch that names properties from outside of it has none.
   */
  #mixedChoice(keywords: SchemaMap, branches: ReadonlyArray<YamlNode>, depth: number): Type {
    for (const { value } of keywords.map("properties")?.entries ?? []) this.#readInner(value, depth + 1)
    for (const branch of branches) {
      const isWhole = branch.kind !== "map" || branch.get("required") === undefined
      if (isWhole) this.#read(branch, depth + 1)
    }
    return dyn
  }

  /** The shape of an object schema, through `$ref`, `allOf` and `extends`; undefined for anything else. */
  #shape(schema: YamlNode, depth: number): ObjectShape {
    const known = this.#shapes.get(schema)
    if (known !== undefined) return known
    const shape =
      schema.kind === "map" && this.#mayRead(schema, depth) ? this.#mergedShape(schema, depth) : empty
    this.#shapes.set(schema, shape)
    return shape
  }

  #mergedShape(schema: YamlMap, depth: number): ObjectShape {
    const keywords = this.#annotated(schema, depth)
    const parts: Array<ObjectShape> = []
    for (const [base, at] of this.#references.bases(keywords))
      parts.push(this.#partShape(base.node, at, depth))
    for (const part of keywords.list("allOf")) parts.push(this.#partShape(part, openingOf(part), depth))
    const target = this.#references.target(keywords)
    if (target !== undefined) parts.push(this.#partShape(target.node, openingOf(schema), depth))
    for (const other of ["enum", "const"]) {
      if (keywords.has(other))
        this.#problems.error(
          "SP0214",
          `${other} cannot stand beside allOf or extends`,
          keywords.keySpan(other)
        )
    }
    parts.push(this.#ownShape(keywords, depth))
    return parts.reduce((merged, part) => mergeShapes(merged, part, this.#problems), empty)
  }

  /** A part of an `allOf`: it must be an object, alone or through references. */
  #partShape(part: YamlNode, at: Span, depth: number): ObjectShape {
    if (this.#isCircle(part, at)) return empty
    if (!this.#isObject(part, depth)) {
      this.#problems.error("SP0213", "allOf and extends merge objects, and this is none", at, {
        help: "write the alternatives as a oneOf whose branches extend the common part"
      })
      return empty
    }
    this.#open.add(part)
    const shape = this.#shape(part, depth + 1)
    this.#open.delete(part)
    return shape
  }

  #isObject(part: YamlNode, depth: number): boolean {
    if (part.kind !== "map") return false
    const keywords = this.#annotated(part, depth + 1)
    if (["oneOf", "anyOf", "enum", "const"].some((keyword) => keywords.has(keyword))) return false
    if (keywords.has("$ref") || keywords.has("allOf") || keywords.has("extends")) return true
    const declared = declaredTypes(keywords)
    const types = declared.length > 0 ? declared : impliedTypes(keywords)
    return types.length === 1 && types[0] === "object"
  }
}

const empty: ObjectShape = { properties: new Map(), required: new Map(), rest: undefined }
