import { SourceFile } from "@sallyport/language"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { readFileSync } from "node:fs"
import type { Connection } from "../src/connection/Connection.ts"
import type { ConnectionError } from "../src/connection/ConnectionError.ts"
import {
  type GivenConnection,
  makeConnection,
  type MakeConnectionOptions
} from "../src/connection/ConnectionMaker.ts"
import { type LoadedConnections, loadConnections } from "../src/connection/ConnectionsLoader.ts"
import { connectionExampleManifest } from "../src/diagnostics/ConnectionExample.ts"
import type { CheckedManifest } from "../src/manifest/CheckedManifest.ts"
import { checked } from "./ManifestText.ts"

const shipped = (name: string): CheckedManifest =>
  checked(readFileSync(new URL(`../../../manifests/${name}.yaml`, import.meta.url), "utf8"), `${name}.yaml`)

/** The manifests of this repository, and the one of the examples. */
export const sekoia = shipped("sekoia")
export const threatwinds = shipped("threatwinds")
export const example = checked(connectionExampleManifest)

/** All three by name. */
export const manifests: ReadonlyMap<string, CheckedManifest> = new Map([
  ["sekoia", sekoia],
  ["threatwinds", threatwinds],
  ["example", example]
])

/** A manifest with this under `connection`, and whatever else. */
export const connector = (connection: string, rest = ""): CheckedManifest =>
  checked(`connector: example\nversion: 1.0.0\ntitle: Example\nconnection:\n${connection}\n${rest}`)

/** Secrets by name. */
const secretsOf = (secrets: { readonly [name: string]: string }): GivenConnection["secrets"] =>
  Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, Redacted.make(secret)]))

/** What is given of a connection, as one writes it in a test. */
export interface Parts {
  readonly name?: string
  readonly config?: { readonly [name: string]: unknown }
  readonly secrets?: { readonly [name: string]: string }
}

/** The outcome of making a connection. */
export const outcomeOf = (
  manifest: CheckedManifest,
  { config = {}, name = manifest.manifest.connector, secrets = {} }: Parts,
  options: MakeConnectionOptions = {}
): Result.Result<Connection, ConnectionError> =>
  makeConnection(manifest, { name, config, secrets: secretsOf(secrets) }, options)

/** A connection that must be one. */
export const made = (...args: Parameters<typeof outcomeOf>): Connection =>
  Result.getOrThrow(outcomeOf(...args))

/** The error of a connection that must not be one. */
export const errorOf = (...args: Parameters<typeof outcomeOf>): ConnectionError => {
  const outcome = outcomeOf(...args)
  if (Result.isSuccess(outcome)) throw new Error("the connection has no problem")
  return outcome.failure
}

/** The problems of a connection that must not be one: `property: message`. */
export const problemsOf = (...args: Parameters<typeof outcomeOf>): ReadonlyArray<string> =>
  errorOf(...args).problems.map(({ message, property }) =>
    property === undefined ? message : `${property}: ${message}`
  )

/** Loads the text of a file of connections. */
export const loaded = (text: string): LoadedConnections =>
  loadConnections(new SourceFile("connections.yaml", text), manifests)

/** `code line:column message` of each problem of a file. */
export const mistakesOf = (text: string): ReadonlyArray<string> =>
  loaded(text).diagnostics.map(({ code, message, span }) => {
    const { column, line } = span.file.position(span.start)
    return `${code} ${line}:${column} ${message}`
  })
