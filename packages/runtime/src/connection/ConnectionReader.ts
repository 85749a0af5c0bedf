import { type Span, suggest, toJson, type YamlEntry, type YamlMap, type YamlNode } from "@sallyport/language"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { connectionCodes } from "../diagnostics/ConnectionCodes.ts"
import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import { openingOf } from "../manifest/YamlPlace.ts"
import type { ProblemList } from "../vocabulary/ProblemList.ts"
import type { DeclaredConnection, DeclaredSecret, DeclaredSetting } from "./DeclaredConnection.ts"
import { SecretSource } from "./SecretSource.ts"
import { SettingSchemas } from "./SettingSchemas.ts"

/** What is wrong with a file of connections. */
export type ConnectionProblemList = ProblemList<keyof typeof connectionCodes>

/**
 * Reads connections of a file one by one, by the manifests of their connectors. Parts that have another shape than the
 * vocabulary says are passed over. Remembers which parts of the file can be shown to anyone.
 */
export class ConnectionReader {
  readonly #manifests: ReadonlyMap<string, CheckedManifest>
  readonly #problems: ConnectionProblemList
  readonly #shown: Array<Span> = []
  #hidesNothing = true

  constructor(manifests: ReadonlyMap<string, CheckedManifest>, problems: ConnectionProblemList) {
    this.#manifests = manifests
    this.#problems = problems
  }

  /** The parts that hold no secret, as far as what they are is known. */
  get shown(): ReadonlyArray<Span> {
    return this.#shown
  }

  /** True when every part of the connections can be shown. */
  get hidesNothing(): boolean {
    return this.#hidesNothing
  }

  /** Undefined where the connector is not known. */
  read({ key, value }: YamlEntry): DeclaredConnection | undefined {
    this.#shown.push(key.span)
    if (value.kind !== "map") {
      this.#hidesNothing = false
      return undefined
    }
    for (const entry of value.entries) this.#key(entry)
    const connector = this.#connector(key, value)
    const manifest = connector === undefined ? undefined : this.#manifests.get(connector)
    const config = this.#config(value.get("config"), manifest)
    const secrets = this.#secrets(value.get("secrets"), manifest)
    return connector === undefined || manifest === undefined
      ? undefined
      : { name: key.name, connector, config, secrets, span: key.span }
  }

  #key({ key, value }: YamlEntry): void {
    this.#shown.push(key.span)
    if (!["connector", "config", "secrets"].includes(key.name)) this.#hidesNothing = false
    else if (key.name !== "connector" && value.kind === "scalar") this.#hidesNothing = false
  }

  #connector(key: YamlEntry["key"], connection: YamlMap): string | undefined {
    const given = connection.get("connector")
    if (given !== undefined && (given.kind !== "scalar" || typeof given.value !== "string")) {
      this.#hidesNothing = false
      return undefined
    }
    const name = given === undefined ? key.name : String(given.value)
    if (this.#manifests.has(name)) {
      if (given !== undefined) this.#shown.push(given.span)
      return name
    }
    const known = [...this.#manifests.keys()].toSorted()
    const meant = suggest(name, known)
    const help =
      given === undefined && meant === undefined
        ? `write the connector of this connection: connector: NAME; ${listed("connectors", known)}`
        : meant === undefined
          ? listed("connectors", known)
          : `did you mean "${meant}"?`
    this.#problems.report(
      "SP0405",
      `there is no connector "${name.slice(0, 60)}"`,
      given === undefined ? key.span : given.span,
      { help }
    )
    if (given !== undefined) this.#shown.push(given.span)
    return undefined
  }

  #config(
    node: YamlNode | undefined,
    manifest: CheckedManifest | undefined
  ): ReadonlyMap<string, DeclaredSetting> {
    const settings = new Map<string, DeclaredSetting>()
    for (const { key, value } of node?.kind === "map" ? node.entries : []) {
      this.#shown.push(key.span)
      if (manifest?.config.properties.has(key.name) !== true) this.#hidesNothing = false
      if (manifest === undefined) continue
      if (!manifest.config.properties.has(key.name)) {
        this.#unknown("setting", key, manifest)
        continue
      }
      this.#shown.push(value.span)
      settings.set(key.name, { value: toJson(value), span: key.span })
      for (const { help, message, notes, span } of SettingSchemas.of(manifest).check(key.name, value))
        this.#problems.report("SP0407", `the setting ${key.name} does not fit: ${message}`, span, {
          notes,
          ...(help !== undefined && { help })
        })
    }
    return settings
  }

  #secrets(
    node: YamlNode | undefined,
    manifest: CheckedManifest | undefined
  ): ReadonlyMap<string, DeclaredSecret> {
    const secrets = new Map<string, DeclaredSecret>()
    for (const { key, value } of node?.kind === "map" ? node.entries : []) {
      this.#shown.push(key.span)
      if (manifest !== undefined && !manifest.secrets.has(key.name)) this.#unknown("secret", key, manifest)
      const source = this.#source(key, value)
      if (source !== undefined) secrets.set(key.name, { source, span: key.span })
    }
    return secrets
  }

  #unknown(kind: "setting" | "secret", key: YamlEntry["key"], manifest: CheckedManifest): void {
    const { config, secrets } = manifest
    const [own, other] = kind === "setting" ? [config.properties, secrets] : [secrets, config.properties]
    const name = key.name.slice(0, 60)
    const meant = suggest(key.name, own.keys())
    const help = other.has(key.name)
      ? kind === "setting"
        ? "it is a secret: say under secrets where it comes from"
        : "it is a setting: write it under config"
      : meant === undefined
        ? listed(`${kind}s`, [...own.keys()])
        : `did you mean "${meant}"?`
    this.#problems.report(
      "SP0406",
      `the connector "${manifest.manifest.connector}" has no ${kind} "${name}"`,
      key.span,
      { help }
    )
  }

  /** Nothing of a value is in what is reported here, nor of a key that is none of the three. */
  #source(key: YamlEntry["key"], value: YamlNode): SecretSource | undefined {
    const name = key.name.slice(0, 60)
    if (value.kind !== "map") {
      this.#hidesNothing = false
      const isNothing = value.kind === "scalar" && value.value === null
      if (isNothing)
        this.#problems.report("SP0409", `nothing says where the secret ${name} comes from`, key.span, {
          help: sourceHelp
        })
      else
        this.#problems.report(
          "SP0408",
          `the secret ${name} is written down here instead of where it comes from`,
          openingOf(value),
          {
            help: `${sourceHelp}; a real secret that was in this file should be changed`
          }
        )
      return undefined
    }
    const known = value.entries.filter((entry) => isSourceKey(entry.key.name))
    for (const entry of known) this.#shown.push(entry.key.span)
    const [only] = value.entries
    if (only === undefined || value.entries.length > 1 || known.length !== 1) {
      this.#hidesNothing = false
      const meant = only === undefined ? undefined : suggest(only.key.name, sourceKeys)
      this.#problems.report(
        "SP0409",
        known.length > 1
          ? `the secret ${name} has more than one source`
          : `nothing says where the secret ${name} comes from`,
        key.span,
        { help: known.length === 0 && meant !== undefined ? `did you mean "${meant}"?` : sourceHelp }
      )
      return undefined
    }
    const source = decodeSource(toJson(value))
    if (Option.isSome(source)) {
      this.#showSource(only.value)
      return source.value
    }
    this.#hidesNothing = false
    const expected =
      only.key.name === "env" ? variableForm : only.key.name === "file" ? "a path" : commandForm
    this.#problems.report(
      "SP0410",
      `${only.key.name} of the secret ${name} is not ${expected}`,
      only.key.span,
      {
        help: sourceHelp
      }
    )
    return undefined
  }

  /** Of a command only the program: arguments can be anything, the secret of another secret too. */
  #showSource(value: YamlNode): void {
    const [program, ...others] = value.kind === "list" ? value.items : [value]
    if (program !== undefined) this.#shown.push(program.span)
    if (others.length > 0) this.#hidesNothing = false
  }
}

const decodeSource = Schema.decodeUnknownOption(SecretSource, { onExcessProperty: "error" })

const sourceKeys = ["env", "file", "command"]

const isSourceKey = (name: string): boolean => sourceKeys.includes(name)

const variableForm = "the name of a variable: letters, digits and _"
const commandForm = "a list of a program and its arguments"
const sourceHelp = "write { env: NAME }, { file: PATH } or { command: [PROGRAM, ARGUMENT, …] }"

const listed = (what: string, names: ReadonlyArray<string>): string => {
  if (names.length === 0) return `there are no ${what}`
  return `the ${what} are ${names.slice(0, 12).join(", ")}${names.length > 12 ? ", …" : ""}`
}
