import { type JsonPlace, within } from "../json/JsonPlace.ts"
import { isMap, type JsonValue, quoted } from "../json/JsonValue.ts"
import { keptText, isSecretMarked } from "../schema/Annotations.ts"
import { SchemaConverter } from "../schema/SchemaConverter.ts"
import { unmarked } from "../schema/Structures.ts"
import { type DraftMap, isDraftMap } from "../draft/Draft.ts"
import { noteDefinitions } from "./InputConversion.ts"
import type { ModuleContext } from "./ModuleContext.ts"
import { isSnakeName, NameSet, snakeName } from "../draft/Naming.ts"
import { type ListedProperty, listProperties } from "./PropertyList.ts"

/** What a connection needs, and what requests can use of it. */
export interface ConvertedConnection {
  /** `connection` of the manifest; undefined when nothing is needed. */
  readonly draft: DraftMap | undefined
  /** The setting that is the base of URLs, where there is one that is always given. */
  readonly base: string | undefined
  /** The names of the secrets. */
  readonly secrets: ReadonlyArray<string>
}

/** Converts `configuration` to settings and secrets. `place`: of the configuration. */
export const convertConnection = (
  context: ModuleContext,
  configuration: JsonValue | undefined,
  place: JsonPlace
): ConvertedConnection => {
  if (configuration === undefined) return { draft: undefined, base: undefined, secrets: [] }
  return new ConnectionConverter(context, configuration, place).convert()
}

class ConnectionConverter {
  readonly #context: ModuleContext
  readonly #configuration: JsonValue
  readonly #place: JsonPlace
  readonly #names = new NameSet()
  readonly #config: DraftMap = new Map()
  readonly #secrets: DraftMap = new Map()

  constructor(context: ModuleContext, configuration: JsonValue, place: JsonPlace) {
    this.#context = context
    this.#configuration = configuration
    this.#place = place
  }

  convert(): ConvertedConnection {
    const { losses, origins, types } = this.#context
    const listed = listProperties(this.#configuration, this.#place, losses)
    const converter = new SchemaConverter({
      root: this.#configuration,
      rootPlace: this.#place,
      name: "Settings",
      side: "input",
      secrets: new Set(listed.secrets.keys()),
      types,
      losses,
      origins
    })
    for (const { name } of listed.properties) if (isSnakeName(name)) this.#names.reserve(name)
    for (const property of listed.properties) this.#property(converter, property, listed.secrets)
    noteDefinitions(converter, this.#configuration, this.#place)
    converter.finish()
    for (const [name, at] of listed.secrets) if (!converter.foundSecrets.has(name)) this.#undeclared(name, at)
    return this.#connection()
  }

  #property(
    converter: SchemaConverter,
    property: ListedProperty,
    secrets: ReadonlyMap<string, JsonPlace>
  ): void {
    const { name, schema, place } = property
    const given = isSnakeName(name) ? name : this.#renamed(name, place)
    const isSecret = secrets.has(name) || (isMap(schema) && isSecretMarked(schema))
    if (isSecret) {
      converter.foundSecrets.add(name)
      const isRequired = property.isRequired || (isMap(schema) && schema.get("required") === true)
      this.#secrets.set(isRequired ? given : `${given}?`, this.#secret(schema, place))
      return
    }
    const before = new Set(converter.foundSecrets)
    const { value, isRequired } = unmarked(converter, name, schema, place)
    this.#config.set(property.isRequired || isRequired ? given : `${given}?`, converter.convert(value, place))
    for (const inner of converter.foundSecrets)
      if (!before.has(inner))
        this.#context.losses.add(
          "loss",
          "secret",
          place,
          `the secret ${quoted(inner)} is inside of the setting "${given}": it is marked with x-secret, but is no secret of the connection`
        )
  }

  #renamed(name: string, place: JsonPlace): string {
    const given = this.#names.take(snakeName(name, "setting"))
    this.#context.losses.add(
      "loss",
      "name",
      place,
      `the setting ${quoted(name)} is called "${given}": names have small letters, digits and _`
    )
    return given
  }

  /** Secrets are texts; nothing but what people read is kept of their schema. */
  #secret(schema: JsonValue, place: JsonPlace): DraftMap {
    const { losses } = this.#context
    const out: DraftMap = new Map()
    if (!isMap(schema)) {
      losses.add("problem", "schema", place, "this is no schema; the secret is a text")
      return out
    }
    for (const [keyword, value] of schema) {
      const at = within(place, keyword)
      const text = keptText(value)
      if ((keyword === "title" || keyword === "description") && text !== undefined) out.set(keyword, text)
      else if (keyword === "required" && typeof value === "boolean")
        losses.add(
          "assumption",
          "required",
          at,
          `"required: ${String(value)}" within a property is taken as meant for the object around it`
        )
      else if (keyword === "format" && value === "password")
        losses.add("assumption", "secret", at, "a password is taken as a secret")
      else if (keyword === "type" && value !== "string")
        losses.add("loss", "secret", at, "secrets are texts: the type is dropped")
      else if (keyword !== "type" && !(typeof value === "boolean" && marks.has(keyword)))
        losses.add(
          "loss",
          "secret",
          at,
          `${quoted(keyword)} of a secret is dropped: secrets are texts of any form`
        )
    }
    return out
  }

  #undeclared(name: string, place: JsonPlace): void {
    const given = this.#names.take(snakeName(name, "secret"))
    this.#secrets.set(`${given}?`, new Map())
    this.#context.losses.add(
      "assumption",
      "secret",
      place,
      `the secret ${quoted(name)} is no property of the configuration; taken as the optional secret "${given}"`
    )
  }

  #connection(): ConvertedConnection {
    const draft: DraftMap = new Map()
    if (this.#config.size > 0) draft.set("config", this.#config)
    if (this.#secrets.size > 0) draft.set("secrets", this.#secrets)
    return {
      draft: draft.size === 0 ? undefined : draft,
      base: this.#base(),
      secrets: [...this.#secrets.keys()].map((name) => name.replace(/\?$/, ""))
    }
  }

  #base(): string | undefined {
    for (const [key, schema] of this.#config) {
      const name = key.replace(/\?$/, "")
      const isText = isDraftMap(schema) && schema.get("type") === "string"
      const isGiven = key === name || (isDraftMap(schema) && schema.has("default"))
      if (["base_url", "url", "api_url"].includes(name) && isText && isGiven) return name
    }
    return undefined
  }
}

/** What says how a secret is given, and nothing of its value. */
const marks: ReadonlySet<string> = new Set(["secret", "x-secret"])
