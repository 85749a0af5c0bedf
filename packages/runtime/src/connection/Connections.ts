import { type Diagnostic, showSpan, SourceFile, suggest } from "@sallyport/language"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import { ChildProcessSpawner } from "effect/process/ChildProcessSpawner"
import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import type { Connection } from "./Connection.ts"
import type { ConnectionError } from "./ConnectionError.ts"
import { connectionError } from "./ConnectionMaker.ts"
import { resolveConnection } from "./ConnectionResolver.ts"
import { ConnectionsFileError } from "./ConnectionsFileError.ts"
import { type LoadedConnections, loadConnections } from "./ConnectionsLoader.ts"
import { type ConnectionSummary, summaryOf } from "./ConnectionSummary.ts"
import { type DeclaredConnection, undeclaredConnection } from "./DeclaredConnection.ts"
import { type Environment, sharedVariables, variableAt, variableName } from "./VariableName.ts"
import { readersOf } from "./VariableReaders.ts"

/** Where connections come from. */
export interface ConnectionsOptions {
  /** The connectors by name. */
  readonly manifests: ReadonlyMap<string, CheckedManifest>
  /** The variables of the environment. */
  readonly environment: Environment
  /** The path of `connections.yaml`, which must be there. Undefined: the environment alone. */
  readonly file?: string
  /** Plain http to other machines than this one. Default: false. */
  readonly allowHttp?: boolean
}

/**
 * The connections that there are: those of a file, and for each connector one of its own name that comes from variables
 * alone. Secrets are read whenever a connection is asked for, so one that was changed is used with the next `get`.
 */
export class Connections extends Context.Service<
  Connections,
  {
    /**
     * All connections, by name; no values. One of a connector's name that nothing is given of is listed only where the
     * connector has no other.
     */
    readonly list: ReadonlyArray<ConnectionSummary>
    /** What is wrong with the file, in its order. Excerpts at their places are safe to print. */
    readonly diagnostics: ReadonlyArray<Diagnostic>
    /** A connection, made anew. Fails with everything that is wrong with it. */
    readonly get: (name: string) => Effect.Effect<Connection, ConnectionError>
  }
>()("@sallyport/runtime/connection/Connections") {
  /** Reads the file once. Fails only where there is no file to read: mistakes in it are those of its connections. */
  static readonly layer = (
    options: ConnectionsOptions
  ): Layer.Layer<Connections, ConnectionsFileError, FileSystem.FileSystem | ChildProcessSpawner> =>
    Layer.effect(
      Connections,
      Effect.gen(function* () {
        const files = yield* FileSystem.FileSystem
        const spawner = yield* ChildProcessSpawner
        const loaded =
          options.file === undefined
            ? nothing
            : loadConnections(yield* readFile(files, options.file), options.manifests)
        const known = new KnownConnections(loaded, options)
        return Connections.of({
          list: known.list,
          diagnostics: loaded.diagnostics,
          get: (name) =>
            known
              .get(name)
              .pipe(
                Effect.provideService(FileSystem.FileSystem, files),
                Effect.provideService(ChildProcessSpawner, spawner)
              )
        })
      })
    )
}

const nothing: LoadedConnections = {
  connections: new Map(),
  refused: new Map(),
  fileErrors: [],
  diagnostics: []
}

class KnownConnections {
  readonly #loaded: LoadedConnections
  readonly #options: ConnectionsOptions
  /** Those that can be resolved, by name. */
  readonly #declared: ReadonlyMap<string, DeclaredConnection>
  readonly #shared: ReturnType<typeof sharedVariables>

  constructor(loaded: LoadedConnections, options: ConnectionsOptions) {
    this.#loaded = loaded
    this.#options = options
    const { manifests } = options
    const own = [...manifests.keys()]
      .filter((name) => !loaded.connections.has(name) && !loaded.refused.has(name))
      .map((name) => undeclaredConnection(name, name))
    const all = [...loaded.connections.values(), ...(loaded.fileErrors.length === 0 ? own : [])]
    this.#declared = new Map(all.map((connection) => [connection.name, connection]))
    this.#shared = sharedVariables(
      all.flatMap((connection) => readersOf(connection, manifests.get(connection.connector)))
    )
  }

  get list(): ReadonlyArray<ConnectionSummary> {
    const { environment, manifests } = this.#options
    const refused = [...this.#loaded.refused].map(([name, [first]]): ConnectionSummary => ({
      name,
      connector: undefined,
      place: first === undefined ? undefined : showSpan(first.span),
      isUsable: false,
      properties: []
    }))
    const usable = [...this.#declared.values()].flatMap((declared) => {
      const manifest = manifests.get(declared.connector)
      return manifest === undefined || !this.#isListed(declared, manifest)
        ? []
        : [summaryOf(declared, manifest, environment)]
    })
    return [...refused, ...usable].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  get(name: string): Effect.Effect<Connection, ConnectionError, FileSystem.FileSystem | ChildProcessSpawner> {
    const { allowHttp = false, environment, manifests } = this.#options
    const errors = this.#loaded.refused.get(name) ?? this.#loaded.fileErrors
    if (errors.length > 0) return Effect.fail(connectionError(name, name, errors.map(located)))
    const declared = this.#declared.get(name)
    const manifest = declared === undefined ? undefined : manifests.get(declared.connector)
    if (declared === undefined || manifest === undefined) return Effect.fail(this.#unknown(name))
    return resolveConnection(declared, manifest, {
      environment,
      allowHttp,
      sharedVariables: this.#shared
    })
  }

  #isListed({ connector, name, span }: DeclaredConnection, manifest: CheckedManifest): boolean {
    if (span !== undefined) return true
    const properties = [...manifest.config.properties.keys(), ...manifest.secrets.keys()]
    const isGiven = properties.some(
      (property) =>
        variableAt(this.#options.environment, variableName({ connection: name, property })) !== undefined
    )
    const others = [...this.#declared.values()]
    return isGiven || !others.some((other) => other.connector === connector && other.span !== undefined)
  }

  #unknown(name: string): ConnectionError {
    const names = [...this.#declared.keys(), ...this.#loaded.refused.keys()].toSorted()
    const meant = suggest(name, names)
    const help =
      meant === undefined
        ? names.length === 0
          ? "there are none: declare it in connections.yaml"
          : `declare it in connections.yaml, or use one of ${names.slice(0, 12).join(", ")}${names.length > 12 ? ", …" : ""}`
        : `did you mean ${meant}?`
    return connectionError(name, name, [{ message: `there is no such connection: ${help}` }])
  }
}

const located = ({ help, message, span }: Diagnostic): { readonly message: string } => ({
  message: `${showSpan(span)}: ${message}${help === undefined ? "" : `; ${help}`}`
})

/** More than any file that `loadYaml` takes. */
const largestFile = 8n * 1024n * 1024n

const readFile = (
  files: FileSystem.FileSystem,
  path: string
): Effect.Effect<SourceFile, ConnectionsFileError> =>
  Effect.gen(function* () {
    const info = yield* files.stat(path)
    if (info.type !== "File" || info.size > largestFile)
      return yield* new ConnectionsFileError({ path, message: `${path} is not a file of connections` })
    return new SourceFile(path, yield* files.readFileString(path))
  }).pipe(
    Effect.catchTag("PlatformError", ({ reason }) => {
      const why = reason._tag === "NotFound" ? "does not exist" : `cannot be read (${reason._tag})`
      return Effect.fail(
        new ConnectionsFileError({ path, message: `the file of connections ${path} ${why}` })
      )
    })
  )
