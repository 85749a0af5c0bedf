import { type Json, showSpan, type Span } from "@sallyport/language"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import type { ChildProcessSpawner } from "effect/process/ChildProcessSpawner"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { dirname } from "node:path"
import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import type { Connection } from "./Connection.ts"
import type { PropertyNotes } from "./ConnectionCheck.ts"
import type { ConnectionError } from "./ConnectionError.ts"
import { type GivenConnection, makeConnection } from "./ConnectionMaker.ts"
import type { DeclaredConnection } from "./DeclaredConnection.ts"
import { readSecret, type SecretReaderOptions } from "./SecretReader.ts"
import { showSource } from "./SecretSource.ts"
import {
  type Environment,
  type PropertyKind,
  variableAt,
  variableName,
  type VariableReader
} from "./VariableName.ts"
import { valueOfText } from "./VariableValue.ts"

/** What a declared connection is resolved with. */
export interface ResolveOptions {
  /** The variables of the environment. */
  readonly environment: Environment
  /** Plain http to other machines than this one. Default: false. */
  readonly allowHttp?: boolean
  /** Variables that other connections would be read from as well: they are refused when they are set. */
  readonly sharedVariables?: ReadonlyMap<string, ReadonlyArray<VariableReader>>
}

/**
 * Makes a connection of what is declared: secrets are read from their sources, and what is not written down from the
 * variables `NAME_PROPERTY`. What is written down wins over a variable, a variable over a default. All problems are
 * reported at once, each with the variable to set or the place to edit.
 */
export const resolveConnection = Effect.fn("resolveConnection")(function* (
  declared: DeclaredConnection,
  manifest: CheckedManifest,
  options: ResolveOptions
): Effect.fn.Return<Connection, ConnectionError, FileSystem.FileSystem | ChildProcessSpawner> {
  const resolution = new Resolution(declared, manifest, options)
  resolution.readSettings()
  yield* resolution.readSecrets()
  return yield* Effect.fromResult(
    makeConnection(manifest, resolution.given, {
      allowHttp: options.allowHttp ?? false,
      notes: resolution.notes
    })
  )
})

class Resolution {
  readonly #declared: DeclaredConnection
  readonly #manifest: CheckedManifest
  readonly #options: ResolveOptions
  readonly #config = new Map<string, Json>()
  readonly #secrets = new Map<string, Redacted.Redacted>()
  readonly #unread: Array<{ readonly kind: PropertyKind; readonly name: string; readonly message: string }> =
    []

  constructor(declared: DeclaredConnection, manifest: CheckedManifest, options: ResolveOptions) {
    this.#declared = declared
    this.#manifest = manifest
    this.#options = options
  }

  get given(): GivenConnection {
    return {
      name: this.#declared.name,
      config: Object.fromEntries(this.#config),
      secrets: Object.fromEntries(this.#secrets)
    }
  }

  get notes(): PropertyNotes {
    const { config, secrets, span } = this.#declared
    return {
      unread: this.#unread,
      variableOf: this.#variableOf,
      howToGive: (_kind, name) => {
        const or = span === undefined ? "" : `, or write it down at ${showSpan(span)}`
        return `set ${this.#variableOf(name)}${or}`
      },
      givenBy: (kind, name) => {
        if (kind === "setting") return placeOf(config.get(name)?.span) ?? `from ${this.#variableOf(name)}`
        const secret = secrets.get(name)
        return secret === undefined
          ? `from ${this.#variableOf(name)}`
          : `from ${showSource(secret.source)}, ${showSpan(secret.span)}`
      }
    }
  }

  readSettings(): void {
    for (const [name, { value }] of this.#declared.config) this.#config.set(name, value)
    for (const [name, { type }] of this.#manifest.config.given.properties) {
      if (this.#config.has(name)) continue
      const text = this.#variable("setting", name)
      if (text === undefined) continue
      const value = valueOfText(text, type)
      if (Result.isSuccess(value)) this.#config.set(name, value.success)
      else
        this.#unread.push({
          kind: "setting",
          name,
          message: `the setting ${name} does not fit: ${this.#variableOf(name)} must be ${value.failure}`
        })
    }
  }

  readSecrets(): Effect.Effect<void, never, FileSystem.FileSystem | ChildProcessSpawner> {
    for (const name of this.#manifest.secrets.keys()) {
      const text = this.#declared.secrets.has(name) ? undefined : this.#variable("secret", name)
      if (text !== undefined) this.#secrets.set(name, Redacted.make(text))
    }
    const options: SecretReaderOptions = {
      environment: this.#options.environment,
      directory: dirname(this.#declared.span?.file.path ?? ".")
    }
    return Effect.forEach(
      this.#declared.secrets,
      ([name, { source, span }]) =>
        Effect.match(readSecret(source, options), {
          onSuccess: (secret) => void this.#secrets.set(name, secret),
          onFailure: ({ message }) =>
            void this.#unread.push({
              kind: "secret",
              name,
              message: `the secret ${name} cannot be read: ${message} (${showSpan(span)})`
            })
        }),
      { concurrency: 4, discard: true }
    )
  }

  /** The text of a variable that is set and that only this property is read from. */
  #variable(kind: PropertyKind, name: string): string | undefined {
    const variable = this.#variableOf(name)
    const text = variableAt(this.#options.environment, variable)
    const others = this.#options.sharedVariables
      ?.get(variable)
      ?.filter(
        (reader) =>
          reader.connection !== this.#declared.name || reader.property !== name || reader.kind !== kind
      )
    const [other] = others ?? []
    if (text === undefined || other === undefined) return text
    this.#unread.push({
      kind,
      name,
      message: `the ${kind} ${name} cannot be read: ${variable} could also be the ${other.kind} ${other.property} of "${other.connection}": write down in connections.yaml where it comes from`
    })
    return undefined
  }

  readonly #variableOf = (property: string): string =>
    variableName({ connection: this.#declared.name, property })
}

const placeOf = (span: Span | undefined): string | undefined =>
  span === undefined ? undefined : showSpan(span)
