import { manifestDigest } from "@sallyport/runtime"
import * as Result from "effect/Result"
import type { ImportedModule, UnreadableFile } from "./ImportedModule.ts"
import { ImportError } from "./ImportError.ts"
import { within } from "./json/JsonPlace.ts"
import { readJson } from "./json/JsonReader.ts"
import { isMap, quoted } from "./json/JsonValue.ts"
import { LossList } from "./LossList.ts"
import { type ConvertedConnection, convertConnection } from "./manifest/ConnectionConversion.ts"
import { type DraftMap, isDraftMap, Origins } from "./draft/Draft.ts"
import { settle } from "./manifest/ManifestSettler.ts"
import type { ModuleContext } from "./manifest/ModuleContext.ts"
import { isSnakeName, NameSet, snakeName } from "./draft/Naming.ts"
import { convertAction, convertTrigger } from "./manifest/OperationConversion.ts"
import { addHttp } from "./manifest/RequestConversion.ts"
import { FileEnvelope } from "./module/FileEnvelope.ts"
import { kindOf, type ModuleFile, type ModuleFileKind, type ModuleFolder } from "./module/ModuleFolder.ts"
import { TypeRegistry } from "./schema/TypeRegistry.ts"

/**
 * Converts a module to a manifest, without touching any file. Fails only when the folder holds nothing that belongs to a
 * module. The same folder gives the same manifest.
 */
export const convertModule = (folder: ModuleFolder): Result.Result<ImportedModule, ImportError> =>
  new ModuleConverter(folder).convert()

/** A file whose JSON was read. */
interface ReadFile {
  readonly kind: ModuleFileKind
  readonly envelope: FileEnvelope
}

/** What the operations need of the manifest's head. */
interface ManifestStart {
  readonly name: string
  readonly connection: ConvertedConnection
}

class ModuleConverter {
  readonly #folder: ModuleFolder
  readonly #unreadable: Array<UnreadableFile> = []
  /** The files by their uuid. */
  readonly #files = new Map<string, string>()
  readonly #context: ModuleContext = {
    losses: new LossList(),
    origins: new Origins(),
    types: new TypeRegistry(),
    actionNames: new NameSet(),
    triggerNames: new NameSet()
  }

  constructor(folder: ModuleFolder) {
    this.#folder = folder
  }

  convert(): Result.Result<ImportedModule, ImportError> {
    const sorted = this.#folder.files.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    const files = sorted.flatMap((file) => this.#read(file))
    if (!this.#folder.files.some(({ name }) => kindOf(name) !== undefined))
      return this.#failed(
        "there is no manifest.json, action_*.json, trigger_*.json or connector_*.json in it"
      )
    const { losses, types } = this.#context
    const draft: DraftMap = new Map()
    const { connection, name } = this.#manifest(files, draft)
    const actions: DraftMap = new Map()
    const triggers: DraftMap = new Map()
    for (const { envelope, kind } of inOrder(files)) {
      this.#noteTwin(envelope)
      const isAction = kind === "action"
      const { draft: operation, name: key } = isAction
        ? convertAction(this.#context, envelope, connection)
        : convertTrigger(this.#context, envelope, kind === "connector" ? kind : "trigger")
      const section = isAction ? actions : triggers
      section.set(key, operation)
    }
    if (types.types.size > 0) draft.set("types", types.types)
    if ([...actions.values()].some((action) => isDraftMap(action) && action.has("request")))
      addHttp(draft, connection, this.#context, { file: "manifest.json", pointer: "/configuration" })
    if (actions.size > 0) draft.set("actions", actions)
    if (triggers.size > 0) draft.set("triggers", triggers)
    const settled = settle(draft, { name, header: this.#header() }, this.#context)
    if (settled === undefined)
      return this.#failed(
        "the manifest that was made of it cannot be read; please report this with the folder"
      )
    return Result.succeed({
      name,
      yaml: settled.yaml,
      digest: manifestDigest(settled.manifest),
      actions: actions.size,
      triggers: triggers.size,
      losses: losses.all,
      unreadable: this.#unreadable,
      warnings: settled.warnings
    })
  }

  /** A trigger and a connector of one uuid run the same code. */
  #noteTwin(envelope: FileEnvelope): void {
    const uuid = envelope.text("uuid")
    if (uuid === undefined) return
    const twin = this.#files.get(uuid)
    if (twin === undefined) this.#files.set(uuid, envelope.place.file)
    this.#context.losses.add(
      twin === undefined ? "loss" : "assumption",
      "identity",
      within(envelope.place, "uuid"),
      twin === undefined
        ? "manifests name operations and have no uuid; dropped"
        : `it has the uuid of ${twin}: both are imported, and one of them is probably enough`
    )
  }

  #failed(reason: string): Result.Result<never, ImportError> {
    const unreadable = this.#unreadable.map(({ message }) => `\n${message}`).join("")
    const { name } = this.#folder
    return Result.fail(
      new ImportError({
        directory: name,
        message: `cannot import the folder ${quoted(name)}: ${reason}${unreadable}`
      })
    )
  }

  #read(file: ModuleFile): ReadonlyArray<ReadFile> {
    const { losses } = this.#context
    const { name } = file
    const kind = kindOf(name)
    const place = { file: name, pointer: "" }
    if (kind === undefined) {
      losses.add("loss", "file", place, "the importer does not know this file; it is left out")
      return []
    }
    if ("problem" in file) {
      this.#unreadable.push({ file: name, message: file.problem })
      return []
    }
    const reading = readJson(name, file.text)
    if ("problem" in reading) {
      this.#unreadable.push({ file: name, message: reading.problem })
      return []
    }
    if (!isMap(reading.value)) {
      this.#unreadable.push({ file: name, message: `${name}:1:1: expected a JSON object` })
      return []
    }
    for (const { column, line, name: key } of reading.duplicates)
      losses.add(
        "problem",
        "duplicate",
        place,
        `${quoted(key)} is there twice at ${name}:${line}:${column}; the last one counts`
      )
    return [{ kind, envelope: new FileEnvelope(reading.value, name, losses) }]
  }

  /** The head of the manifest, from `manifest.json` or, without one, from the folder's name. */
  #manifest(files: ReadonlyArray<ReadFile>, draft: DraftMap): ManifestStart {
    const { losses } = this.#context
    const file = files.find(({ kind }) => kind === "manifest")?.envelope
    const place = { file: "manifest.json", pointer: "" }
    if (file === undefined)
      losses.add(
        "problem",
        "file",
        place,
        "there is none that can be read: name and version come from the folder, settings are missing"
      )
    const title = file?.text("name") ?? this.#folder.name
    const slug = file?.text("slug")
    const wanted = slug ?? title
    const name = isSnakeName(wanted) ? wanted : snakeName(wanted, "connector")
    if (name !== wanted)
      losses.add(
        "loss",
        "name",
        slug === undefined ? place : within(place, "slug"),
        `${quoted(wanted)} is called "${name}": names have small letters, digits and _`
      )
    draft.set("connector", name)
    draft.set("version", this.#version(file))
    draft.set("title", title.toWellFormed().slice(0, 300).toWellFormed())
    const description = file?.text("description")
    if (description !== undefined) draft.set("description", description)
    const docs = file?.text("documentation") ?? file?.text("docs")
    if (docs !== undefined && /^https?:\/\/[^\s]+$/.test(docs) && URL.canParse(docs)) draft.set("docs", docs)
    else if (docs !== undefined)
      losses.add("loss", "metadata", place, "the documentation is no URL of http or https; dropped")
    if (this.#folder.icon !== undefined) draft.set("icon", this.#folder.icon)
    const connection = convertConnection(
      this.#context,
      file?.json("configuration"),
      within(place, "configuration")
    )
    if (connection.draft !== undefined) draft.set("connection", connection.draft)
    file?.listRest()
    return { name, connection }
  }

  #version(file: FileEnvelope | undefined): string {
    const { losses } = this.#context
    const version = file?.text("version")
    if (version !== undefined && semantic.test(version)) return version
    const [, major, minor] = /^v?(\d{1,9})(?:\.(\d{1,9}))?$/.exec(version ?? "") ?? []
    const given = major === undefined ? "0.0.0" : `${Number(major)}.${Number(minor ?? 0)}.0`
    const place = { file: "manifest.json", pointer: "/version" }
    const found =
      version === undefined ? "there is no version" : `the version ${quoted(version)} is no semantic one`
    losses.add(
      major === undefined ? "problem" : "assumption",
      "version",
      place,
      `${found}; taken as ${given}`
    )
    return given
  }

  #header(): string {
    const folder = this.#folder.name.replaceAll(/[^\u0020-\u007e]/g, "?").slice(0, 100)
    return [
      `Imported from the Sekoia.io module "${folder}" (SEKOIA-IO/automation-library).`,
      "What has implementation: code was Python there. Check the effects and the losses that the import listed."
    ].join("\n")
  }
}

/** Actions, then triggers, then connectors, so that names that are taken twice go to triggers. */
const inOrder = (files: ReadonlyArray<ReadFile>): ReadonlyArray<ReadFile> =>
  (["action", "trigger", "connector"] as const).flatMap((kind) => files.filter((file) => file.kind === kind))

/** semver.org, the regular expression of its FAQ without groups; at most 60 characters. */
const semantic =
  /^(?=.{1,60}$)(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/
