import { type JsonPlace, within } from "../json/JsonPlace.ts"
import { isMap, type JsonMap, type JsonValue, quoted } from "../json/JsonValue.ts"
import type { LossList } from "../LossList.ts"
import { type Draft, type DraftMap, isDraftList, isDraftMap, type Origins } from "../draft/Draft.ts"
import { convertAnnotations, isSecretMarked } from "./Annotations.ts"
import { convertAllOf, convertChoice } from "./Combinations.ts"
import { keywordNames, refusedKeywords } from "./KeywordNames.ts"
import { followPointer } from "./LocalPointer.ts"
import { withFoundProperties } from "./LostProperties.ts"
import { convertArray, convertObject } from "./Structures.ts"
import {
  type Conversion,
  convertChoices,
  convertCounts,
  convertFormat,
  convertNumbers,
  convertPattern,
  typeDraft
} from "./ScalarKeywords.ts"
import { impliedTypes, typeNamed, typesIn } from "./TypeNames.ts"
import type { TypeRegistry } from "./TypeRegistry.ts"

/** Who gives the values: callers, or the service, whose unknown properties are kept. */
export type SchemaSide = "input" | "output"

/** What the schemas of one document are converted with. */
export interface ConverterOptions {
  /** The schema that local references start from, and its place. */
  readonly root: JsonValue
  readonly rootPlace: JsonPlace
  /** What the document is called, for a type of its own. */
  readonly name: string
  readonly side: SchemaSide
  /** The names of properties that hold secrets, wherever they are. */
  readonly secrets: ReadonlySet<string>
  readonly types: TypeRegistry
  readonly losses: LossList
  readonly origins: Origins
}

/** A schema inside of another: its place and its depth. */
export interface Inner {
  readonly place: JsonPlace
  readonly depth: number
}

/** Deeper schemas are widened to any value: the manifest may be 64 levels of YAML deep, and a schema takes two. */
const maximumDepth = 20
const maximumSchemas = 4_000

/**
 * Converts the JSON Schemas of one document, of any draft, to the dialect of manifests. What the dialect has no equivalent
 * of is widened: the values that fit stay fitting. Every difference is a loss at its place. Whether defaults, examples,
 * patterns and bounds make sense is found out when the manifest is read, see `settle`.
 */
export class SchemaConverter {
  readonly options: ConverterOptions
  /** The secrets that were found as properties. */
  readonly foundSecrets = new Set<string>()
  readonly #names = new Map<string, string>()
  readonly #waiting: Array<{ readonly name: string; readonly value: JsonValue; readonly place: JsonPlace }> =
    []
  readonly #definitions: Array<JsonPlace> = []
  readonly #used = new Set<string>()
  #count = 0

  constructor(options: ConverterOptions) {
    this.options = options
  }

  /** Converts a schema of the document. */
  convert(value: JsonValue, place: JsonPlace): Draft {
    return this.inner(value, { place, depth: 0 })
  }

  /** Converts what was referred to, and what that refers to. To be called once, at the end. */
  finish(): void {
    const { losses, types } = this.options
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop())
      types.add(next.name, this.convert(next.value, next.place))
    for (const place of this.#definitions)
      if (!this.#used.has(place.pointer))
        losses.add("loss", "reference", place, "nothing refers to this definition; dropped")
  }

  /** Notes a definition, which is listed when nothing refers to it. */
  noteDefinition(place: JsonPlace): void {
    this.#definitions.push(place)
  }

  /** Converts a schema inside of another. */
  inner(value: JsonValue, { place, depth }: Inner): Draft {
    const { losses, origins } = this.options
    if (value === false) return false
    const out: DraftMap = new Map()
    origins.set(out, place)
    if (value === true) return out
    if (!isMap(value)) {
      const word = typeof value === "string" ? value : ""
      const type = typeNamed(word)
      if (type === undefined) losses.add("problem", "schema", place, "this is no schema; any value fits")
      else {
        losses.add("assumption", "schema", place, `${quoted(word)} is taken as the schema of that type`)
        out.set("type", type)
      }
      return out
    }
    if (depth > maximumDepth || ++this.#count > maximumSchemas) {
      const reason = depth > maximumDepth ? `more than ${maximumDepth} schemas deep` : "too many schemas"
      losses.add("loss", "size", place, `${reason}: from here on any value fits`)
      return out
    }
    const { schema, places } = withFoundProperties(value, place, losses)
    return this.#map({ schema, place, out, types: [], losses }, places, depth)
  }

  #map(conversion: Conversion, places: ReadonlyMap<string, JsonPlace>, depth: number): Draft {
    const { schema, out, place, losses } = conversion
    this.#noteDefinitions(conversion)
    const isSecret = isSecretMarked(schema)
    convertAnnotations(conversion, { side: this.options.side, isSecret })
    const pointer = schema.get("$ref")
    if (typeof pointer === "string") this.#reference(conversion, pointer)
    else {
      if (pointer !== undefined)
        losses.add("problem", "reference", within(place, "$ref"), '"$ref" is no text; dropped')
      if (!convertChoice(this, conversion, depth)) this.#plain(conversion, places, depth)
    }
    if (isSecret) out.set("x-secret", true)
    this.#leftovers(conversion)
    const draft = isNullable(schema) ? withNull(out) : out
    if (isDraftMap(draft)) this.options.origins.set(draft, place)
    return draft
  }

  #plain(before: Conversion, places: ReadonlyMap<string, JsonPlace>, depth: number): void {
    const { schema, place, out, losses } = before
    const declared = typesIn(schema.get("type"), within(place, "type"), losses)
    if (declared.length > 0) out.set("type", typeDraft(declared))
    convertChoices({ ...before, types: declared })
    if (out.has("enum") || out.has("const")) return this.#besideLiteral(before)
    const implied = declared.length > 0 ? [] : impliedTypes(schema)
    if (implied.length > 0 && !schema.has("type"))
      losses.add(
        "assumption",
        "type",
        place,
        `there is no "type"; ${implied.join(" or ")} is taken from the other keywords`
      )
    const types = declared.length > 0 ? declared : implied
    const conversion: Conversion = { ...before, types }
    if (types.length > 0) out.set("type", typeDraft(types))
    convertNumbers(conversion)
    convertCounts(conversion, "minLength", "maxLength")
    convertPattern(conversion)
    convertFormat(conversion)
    convertArray(this, conversion, depth)
    convertObject(this, conversion, { depth, places })
    convertAllOf(this, conversion, depth)
  }

  /** Values that are listed need no further rules. */
  #besideLiteral({ schema, place, losses }: Conversion): void {
    for (const keyword of schema.keys())
      if (!besideLiteral.has(keyword) && keywordNames.has(keyword) && !refusedKeywords.has(keyword))
        losses.add("loss", "keyword", within(place, keyword), `"${keyword}" beside listed values is dropped`)
  }

  #reference({ schema, place, out, losses }: Conversion, pointer: string): void {
    for (const keyword of schema.keys())
      if (!besideReference.has(keyword) && keywordNames.has(keyword) && !refusedKeywords.has(keyword))
        losses.add("loss", "reference", within(place, keyword), `"${keyword}" beside a $ref is dropped`)
    const { root, rootPlace, name, types } = this.options
    const target = followPointer(pointer, root)
    if (target === undefined) {
      const message = `${quoted(pointer)} leads nowhere in this schema; any value fits`
      losses.add("loss", "reference", within(place, "$ref"), message)
      return
    }
    const targetPlace = within(rootPlace, ...target.steps)
    this.#used.add(targetPlace.pointer)
    const known = this.#names.get(targetPlace.pointer)
    const given = known ?? types.name(target.steps.at(-1) ?? name)
    out.set("$ref", `#/types/${given}`)
    if (known !== undefined) return
    this.#names.set(targetPlace.pointer, given)
    this.#waiting.push({ name: given, value: target.value, place: targetPlace })
  }

  #noteDefinitions({ schema, place }: Conversion): void {
    for (const keyword of ["definitions", "$defs"]) {
      const definitions = schema.get(keyword)
      if (isMap(definitions))
        for (const name of definitions.keys()) this.#definitions.push(within(place, keyword, name))
      else if (definitions !== undefined) this.#definitions.push(within(place, keyword))
    }
  }

  #leftovers({ schema, place, losses }: Conversion): void {
    for (const keyword of schema.keys()) {
      const at = within(place, keyword)
      const meaning = refusedKeywords.get(keyword)
      if (meaning !== undefined)
        losses.add("loss", "keyword", at, `manifests have no "${keyword}": ${meaning}`)
      else if (!keywordNames.has(keyword))
        losses.add("loss", "keyword", at, `${quoted(keyword)} is no keyword of JSON Schema; dropped`)
    }
  }
}

const isNullable = (schema: JsonMap): boolean =>
  schema.get("nullable") === true || schema.get("x-nullable") === true

/** The schema that also takes null. */
const withNull = (out: DraftMap): DraftMap => {
  if (out.has("$ref") || out.has("allOf")) {
    const notes = [...out].filter(([name]) => outer.has(name))
    const inner: DraftMap = new Map([...out].filter(([name]) => !outer.has(name)))
    return new Map<string, Draft>([...notes, ["anyOf", [inner, nullSchema()]]])
  }
  const values = out.get("enum")
  if (isDraftList(values) && !values.includes(null)) out.set("enum", [...values, null])
  const constant = out.get("const")
  if (constant !== undefined && constant !== null) {
    out.set("enum", [constant, null])
    out.delete("const")
  }
  for (const choice of ["anyOf", "oneOf"]) {
    const branches = out.get(choice)
    if (isDraftList(branches)) out.set(choice, [...branches, nullSchema()])
  }
  const type = out.get("type")
  const types = isDraftList(type) ? type : type === undefined ? [] : [type]
  if (types.length > 0 && !types.includes("null")) out.set("type", [...types, "null"])
  return out
}

const nullSchema = (): DraftMap => new Map([["type", "null"]])

const outer: ReadonlySet<string> = new Set(
  "title description default examples deprecated readOnly writeOnly x-secret".split(" ")
)

const annotations =
  "$schema $id id $comment $anchor $defs definitions title description default example examples"
const flags = "deprecated readOnly readonly writeOnly nullable x-nullable secret x-secret secrets internal in"
const besideReference: ReadonlySet<string> = new Set(`$ref ${annotations} ${flags}`.split(" "))
const besideLiteral: ReadonlySet<string> = new Set(`type enum const ${annotations} ${flags}`.split(" "))
