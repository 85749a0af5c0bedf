import type { Type } from "@sallyport/language"
import type { CheckedProperties } from "../manifest/CheckedManifest.ts"
import { docComment } from "./DocComment.ts"
import { type IdentifierPool, typeNameOf } from "./IdentifierPool.ts"
import type { ManifestTypes } from "./ManifestTypes.ts"
import { propertyKey, textLiteral } from "./TextLiteral.ts"
import { declaration, type TypeDeclarations } from "./TypeDeclarations.ts"

/** The interface of a connector's operations, and the declarations of what they take and give. */
export class OperationsText {
  readonly #types: ManifestTypes
  readonly #declarations: TypeDeclarations
  readonly #pool: IdentifierPool
  readonly #own: Array<string> = []

  constructor(types: ManifestTypes, declarations: TypeDeclarations, pool: IdentifierPool) {
    this.#types = types
    this.#declarations = declarations
    this.#pool = pool
  }

  /** The declarations, then the interface, which is called `name`. */
  write(name: string): string {
    const { config, manifest, secrets, triggers, actions } = this.#types.manifest
    const settings = this.#types.propertiesAt(["connection", "config"], config, "received")
    const members = [
      ["config", this.#declarations.text.structure(settings, "received", "  ")],
      [
        "secrets",
        group(
          [...secrets].map(([key, secret]) => [key, textLiteral(secret.isRequired ? "required" : "optional")])
        )
      ],
      [
        "types",
        group(
          [...this.#types.named.received.types.keys()].map((key) => [
            key,
            this.#declarations.identifierOf(key)
          ])
        )
      ],
      [
        "actions",
        group([...actions.keys()].map((key) => [key, this.#action(key), this.#note("actions", key)]))
      ],
      [
        "triggers",
        group([...triggers.keys()].map((key) => [key, this.#trigger(key), this.#note("triggers", key)]))
      ]
    ]
    const body = members.map(([key, text]) => `  readonly ${key}: ${text}\n`).join("")
    const note = docComment(`The operations and types of ${manifest.title}, for the compiler.`, "")
    return [...this.#own, `${note}export interface ${name} {\n${body}}\n`].join("\n")
  }

  #action(name: string): string {
    const action = this.#types.manifest.actions.get(name)
    const isCode = action?.request === undefined
    const title = typeNameOf(name)
    const path = ["actions", name, "output"]
    const output = this.#received(path, `${title}Output`, `What ${name} gives.`)
    return entries([
      ["implementation", textLiteral(isCode ? "code" : "request")],
      ...this.#taken(["actions", name, "input"], action?.input, (suffix) => [`${title}${suffix}`], name),
      ["output", output.name],
      ...(isCode ? [this.#result(path, output, [`${title}Result`], `What code gives for ${name}.`)] : [])
    ])
  }

  #trigger(name: string): string {
    const trigger = this.#types.manifest.triggers.get(name)
    const isCode = trigger?.poll === undefined
    const title = typeNameOf(name)
    const names = (suffix: string) => [`${title}${suffix}`, `${title}Trigger${suffix}`]
    const path = ["triggers", name, "event"]
    const event = this.#received(path, `${title}Event`, `An event of ${name}.`)
    return entries([
      ["implementation", textLiteral(isCode ? "code" : "poll")],
      ...this.#taken(["triggers", name, "input"], trigger?.input, names, name),
      ["event", event.name],
      ...(isCode
        ? [this.#result(path, event, names("Result"), `An event as code gives it for ${name}.`)]
        : [])
    ])
  }

  /** `given` and `input`, which are one where there are no defaults. */
  #taken(
    path: ReadonlyArray<string>,
    checked: CheckedProperties | undefined,
    names: (suffix: string) => ReadonlyArray<string>,
    operation: string
  ): ReadonlyArray<Entry> {
    const properties = checked ?? noProperties
    const text = (role: "given" | "received") =>
      this.#declarations.text.structure(this.#types.propertiesAt(path, properties, role), role, "")
    const [given, input] = [text("given"), text("received")]
    const isSame = given === input
    const note = isSame ? `What ${operation} takes.` : `What a caller of ${operation} may write.`
    const givenName = this.#declared(given, names(isSame ? "Input" : "Given"), note)
    const inputName = isSame
      ? givenName
      : this.#declared(input, names("Input"), `What ${operation} is given, with its defaults.`)
    return [
      ["given", givenName],
      ["input", inputName]
    ]
  }

  #received(
    path: ReadonlyArray<string>,
    name: string,
    note: string
  ): { readonly name: string; readonly text: string } {
    const text = this.#declarations.text.of(this.#types.at(path, "received"), "received", "")
    return { name: this.#declared(text, [name], note), text }
  }

  /** What code gives: the same as what is received where there are no defaults. */
  #result(
    path: ReadonlyArray<string>,
    received: { readonly name: string; readonly text: string },
    names: ReadonlyArray<string>,
    note: string
  ): Entry {
    const text = this.#declarations.text.of(this.#types.at(path, "given"), "given", "")
    return ["result", text === received.text ? received.name : this.#declared(text, names, note)]
  }

  /** What takes several lines gets a declaration and is called by its name. */
  #declared(text: string, [first = "Type", ...others]: ReadonlyArray<string>, note: string): string {
    if (!text.includes("\n")) return text
    const name = this.#pool.take(first, ...others)
    this.#own.push(`${docComment(note, "")}${declaration(name, text)}`)
    return name
  }

  #note(kind: "actions" | "triggers", name: string): string {
    const operations = this.#types.manifest.manifest[kind] ?? {}
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
    if (operation === undefined) return ""
    const { deprecated, description = "", summary } = operation
    const text = [summary.trim(), description.trim()].filter((part) => part !== "").join("\n\n")
    if (deprecated === undefined || deprecated === false) return docComment(text, "    ")
    return docComment(text, "    ", deprecated === true ? "" : deprecated)
  }
}

type Entry = readonly [name: string, text: string]

const noProperties: CheckedProperties = {
  given: { kind: "record", properties: new Map<string, Type.Property>() },
  applied: { kind: "record", properties: new Map<string, Type.Property>() },
  properties: new Map()
}

/** The names and texts of a group of the interface, two levels in. */
const group = (members: ReadonlyArray<readonly [name: string, text: string, note?: string]>): string => {
  if (members.length === 0) return "{}"
  const rows = members.map(([name, text, note = ""]) => `${note}    readonly ${propertyKey(name)}: ${text}\n`)
  return `{\n${rows.join("")}  }`
}

const entries = (members: ReadonlyArray<Entry>): string =>
  `{\n${members.map(([name, text]) => `      readonly ${name}: ${text}\n`).join("")}    }`
