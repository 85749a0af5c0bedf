import type { Json } from "@sallyport/language"
import {
  type CheckedManifest,
  type Connection,
  type ConnectionError,
  makeConnection,
  readsIn
} from "@sallyport/runtime"
import * as Redacted from "effect/Redacted"
import type * as Result from "effect/Result"
import { createHash } from "node:crypto"
import { isJsonList, isJsonObject, type JsonObject } from "../json/JsonText.ts"

/** What a connection to a mock has that the manifest does not say. */
export interface MockConnectionOptions {
  /** Default: `mock`. */
  readonly name?: string
  /**
   * Settings, or what they are for the mock's base URL. By default those that `http.base` reads are the base URL, and
   * others that are required are what their schema says: its default, its first example, its only or first value.
   */
  readonly config?: JsonObject | ((baseUrl: string) => JsonObject)
  /** Secrets that must look like real ones. By default each one of the manifest is invented. */
  readonly secrets?: { readonly [name: string]: string }
}

/**
 * A connection of a connector to a server at `baseUrl`, with invented secrets. Fails, as any connection does, when a
 * setting that is required has no value.
 */
export const mockConnection = (
  manifest: CheckedManifest,
  baseUrl: string,
  options: MockConnectionOptions = {}
): Result.Result<Connection, ConnectionError> => {
  const given = typeof options.config === "function" ? options.config(baseUrl) : options.config
  const config = new Map<string, Json>()
  for (const [name, { isRequired, schema }] of manifest.config.properties) {
    const value = isRequired ? exemplary(manifest.source, schema) : undefined
    if (value !== undefined) config.set(name, value)
  }
  const reads = manifest.http === undefined ? [] : readsIn(manifest.http.base)
  for (const { name, path } of reads)
    if (name === "config" && path[0] !== undefined) config.set(path[0], baseUrl)
  const secrets = [...manifest.secrets.keys()].map(
    (name) => [name, Redacted.make(options.secrets?.[name] ?? inventedSecret(name), { label: name })] as const
  )
  return makeConnection(manifest, {
    name: options.name ?? "mock",
    config: { ...Object.fromEntries(config), ...given },
    secrets: Object.fromEntries(secrets)
  })
}

/** The same for the same name, and in nothing that anybody else writes. */
const inventedSecret = (name: string): string =>
  `invented-${name}-${createHash("sha256").update(name).digest("hex").slice(0, 24)}`

const exemplary = (source: Json, schema: Json): Json | undefined => {
  let found = schema
  // The bound is against definitions that refer to each other.
  for (let steps = 0; steps < 20 && isJsonObject(found); steps++) {
    for (const name of ["default", "const"]) if (found[name] !== undefined) return found[name]
    for (const name of ["examples", "enum"]) {
      const values = found[name]
      if (isJsonList(values) && values[0] !== undefined) return values[0]
    }
    const reference = found["$ref"]
    if (typeof reference !== "string") return undefined
    found = definition(source, reference)
  }
  return undefined
}

const definition = (source: Json, reference: string): Json => {
  let found: Json = source
  for (const name of reference.replace(/^#\//u, "").split("/"))
    found = isJsonObject(found) && Object.hasOwn(found, name) ? (found[name] ?? null) : null
  return found
}
