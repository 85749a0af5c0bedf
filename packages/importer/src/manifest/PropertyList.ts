import { type JsonPlace, within } from "../json/JsonPlace.ts"
import { isList, isMap, type JsonMap, type JsonValue, quoted } from "../json/JsonValue.ts"
import type { LossList } from "../LossList.ts"
import { keywordNames, refusedKeywords } from "../schema/KeywordNames.ts"
import { followPointer } from "../schema/LocalPointer.ts"
import { withFoundProperties } from "../schema/LostProperties.ts"

/** A property of the schema of settings or arguments. */
export interface ListedProperty {
  readonly name: string
  readonly schema: JsonValue
  readonly isRequired: boolean
  readonly place: JsonPlace
}

/** The properties of a schema and the names that it marks as secrets. */
export interface PropertyList {
  readonly properties: ReadonlyArray<ListedProperty>
  /** With the place of the list that names them. */
  readonly secrets: ReadonlyMap<string, JsonPlace>
}

const maximumProperties = 500
const maximumParts = 100

/**
 * The properties of the object that `configuration` or `arguments` describes, with those of what it refers to and of the
 * parts of an `allOf`. Everything else that the schema says as a whole is listed: manifests have closed lists of names there.
 */
export const listProperties = (root: JsonValue, place: JsonPlace, losses: LossList): PropertyList =>
  new PropertyLister(root, place, losses).list()

/** A schema whose properties are still to be listed. */
interface Part {
  readonly value: JsonValue
  readonly place: JsonPlace
  /** In one branch of several: what is required there need not be given. */
  readonly isBranch: boolean
}

class PropertyLister {
  readonly #root: JsonValue
  readonly #place: JsonPlace
  readonly #losses: LossList
  readonly #properties = new Map<string, { schema: JsonValue; place: JsonPlace }>()
  readonly #required = new Map<string, JsonPlace>()
  readonly #secrets = new Map<string, JsonPlace>()
  readonly #parts: Array<Part>
  #listed = 0

  constructor(root: JsonValue, place: JsonPlace, losses: LossList) {
    this.#root = root
    this.#place = place
    this.#losses = losses
    this.#parts = [{ value: root, place, isBranch: false }]
  }

  list(): PropertyList {
    for (let part = this.#parts.shift(); part !== undefined; part = this.#parts.shift()) {
      if (++this.#listed > maximumParts) {
        this.#losses.add("loss", "size", part.place, `more than ${maximumParts} parts; the rest is dropped`)
        break
      }
      this.#part(part)
    }
    for (const [name, place] of this.#required) {
      if (this.#properties.has(name)) continue
      this.#properties.set(name, { schema: new Map(), place })
      this.#losses.add(
        "problem",
        "required",
        place,
        `${quoted(name)} is required and not described; any value fits`
      )
    }
    const all = [...this.#properties]
    if (all.length > maximumProperties)
      this.#losses.add(
        "loss",
        "size",
        within(this.#place, "properties"),
        `only the first ${maximumProperties} properties are kept`
      )
    const properties = all.slice(0, maximumProperties).map(([name, { schema, place }]) => ({
      name,
      schema,
      place,
      isRequired: this.#required.has(name)
    }))
    return { properties, secrets: this.#secrets }
  }

  #part({ value, place, isBranch }: Part): void {
    if (value === true) return
    if (!isMap(value)) {
      this.#losses.add(
        "problem",
        "schema",
        place,
        "this is no schema of an object; it has no properties here"
      )
      return
    }
    const { schema, places } = withFoundProperties(value, place, this.#losses)
    const properties = schema.get("properties")
    const at = within(place, "properties")
    if (isMap(properties))
      for (const [name, inner] of properties)
        this.#property(name, inner, places.get(name) ?? within(at, name))
    else if (properties !== undefined)
      this.#losses.add("problem", "schema", at, '"properties" is no object of schemas; dropped')
    this.#names(schema, within(place, "required"), isBranch)
    this.#marks(schema, within(place, "secrets"))
    this.#inner(schema, place, isBranch)
    this.#rest(schema, place)
  }

  #property(name: string, schema: JsonValue, place: JsonPlace): void {
    const earlier = this.#properties.get(name)
    if (earlier === undefined) this.#properties.set(name, { schema, place })
    else
      this.#losses.add(
        "loss",
        "alternatives",
        place,
        `${quoted(name)} is described a second time; the description at ${earlier.place.pointer} is taken`
      )
  }

  #names(schema: JsonMap, place: JsonPlace, isBranch: boolean): void {
    const names = schema.get("required")
    if (names === undefined) return
    if (isBranch)
      return this.#losses.add(
        "loss",
        "required",
        place,
        "what one branch requires may be left out: branches are merged"
      )
    if (!isList(names))
      return this.#losses.add("problem", "required", place, '"required" is no list of names; dropped')
    for (const [index, name] of names.entries()) {
      if (typeof name === "string") this.#required.set(name, within(place, index))
      else
        this.#losses.add(
          "problem",
          "required",
          within(place, index),
          "this is no name of a property; dropped"
        )
    }
  }

  #marks(schema: JsonMap, place: JsonPlace): void {
    const names = schema.get("secrets")
    if (names === undefined) return
    if (!isList(names))
      return this.#losses.add("problem", "secret", place, '"secrets" is no list of names; dropped')
    for (const [index, name] of names.entries()) {
      if (typeof name === "string") this.#secrets.set(name, within(place, index))
      else
        this.#losses.add("problem", "secret", within(place, index), "this is no name of a property; dropped")
    }
  }

  /** References and parts, whose properties count as this schema's. */
  #inner(schema: JsonMap, place: JsonPlace, isBranch: boolean): void {
    const pointer = schema.get("$ref")
    if (pointer !== undefined) {
      const target = typeof pointer === "string" ? followPointer(pointer, this.#root) : undefined
      const at = within(place, "$ref")
      if (target === undefined)
        this.#losses.add(
          "loss",
          "reference",
          at,
          "the reference leads nowhere in this schema; its properties are missing"
        )
      else this.#parts.push({ value: target.value, place: within(this.#place, ...target.steps), isBranch })
    }
    for (const keyword of ["allOf", "anyOf", "oneOf"]) {
      const parts = schema.get(keyword)
      if (parts === undefined) continue
      const at = within(place, keyword)
      if (keyword !== "allOf")
        this.#losses.add(
          "loss",
          "alternatives",
          at,
          `"${keyword}" is dropped: the properties of all branches are optional`
        )
      if (!isList(parts))
        this.#losses.add("problem", "alternatives", at, `"${keyword}" is no list of schemas; dropped`)
      else
        for (const [index, value] of parts.entries())
          this.#parts.push({ value, place: within(at, index), isBranch: isBranch || keyword !== "allOf" })
    }
  }

  #rest(schema: JsonMap, place: JsonPlace): void {
    for (const [keyword, value] of schema) {
      const at = within(place, keyword)
      const refused = refusedKeywords.get(keyword)
      if (refused !== undefined)
        this.#losses.add("loss", "keyword", at, `manifests have no "${keyword}": ${refused}`)
      else if (!keywordNames.has(keyword))
        this.#losses.add("loss", "keyword", at, `${quoted(keyword)} is no keyword of JSON Schema; dropped`)
      else if (keyword === "type" && value !== "object")
        this.#losses.add(
          "problem",
          "type",
          at,
          "the type is not object; taken as an object with these properties"
        )
      else if (keyword === "additionalProperties" && value !== false)
        this.#losses.add("loss", "open", at, "other names than the listed ones are refused here")
      else if (!understood.has(keyword))
        this.#losses.add(
          "loss",
          "metadata",
          at,
          `"${keyword}" of the schema as a whole has no place in a manifest; dropped`
        )
    }
  }
}

const understood: ReadonlySet<string> = new Set(
  "type additionalProperties properties required secrets $ref allOf anyOf oneOf definitions $defs".split(" ")
)
