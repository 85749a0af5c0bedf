import { type Json, isJsonList, isJsonObject } from "@sallyport/language"
import {
  type CheckedManifest,
  type Connection,
  ConnectionError,
  evaluateValue,
  makeConnection,
  readsIn
} from "@sallyport/runtime"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { createHash } from "node:crypto"
import type { JsonObject } from "../json/JsonText.ts"

/** What a connection to a mock has that the manifest does not say. */
export interface MockConnectionOptions {
  /** Default: `mock`. */
  readonly name?: string
  /**
   * Settings, or what they are for the mock's base URL. By default those that `http.base` reads are the base URL, unless
   * they are a choice; what else is required is what its schema says: its default, its first example, its first choice.
   */
  readonly config?: JsonObject | ((baseUrl: string) => JsonObject)
  /** Secrets that must look like real ones. By default each one of the manifest is invented. */
  readonly secrets?: { readonly [name: string]: string }
}

/**
 * A connection of a connector to a server at `baseUrl`, with invented secrets. Fails, as any connection does, when a
 * setting that is required has no value, and when the settings lead to another server.
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
  for (const { name, path } of reads) {
    const setting = name === "config" ? path[0] : undefined
    const property = manifest.config.properties.get(setting ?? "")
    if (setting !== undefined && property !== undefined && !isChoice(manifest.source, property.schema))
      config.set(setting, baseUrl)
  }
  const secrets = [...manifest.secrets.keys()].map(
    (name) => [name, Redacted.make(options.secrets?.[name] ?? inventedSecret(name), { label: name })] as const
  )
  const name = options.name ?? "mock"
  const made = makeConnection(manifest, {
    name,
    config: { ...Object.fromEntries(config), ...given },
    secrets: Object.fromEntries(secrets)
  })
  return Result.flatMap(made, (connection) => {
    if (manifest.http === undefined) return Result.succeed(connection)
    const base = evaluateValue(manifest.http.base, { config: connection.config })
    const url = base.ok && typeof base.value === "string" ? base.value : ""
    if (url === baseUrl || url.startsWith(`${baseUrl}/`)) return Result.succeed(connection)
    // It would be another service that is asked, perhaps the real one.
    const message = `the base URL of ${manifest.manifest.connector} does not lead to ${baseUrl}: say by \`config\` which settings make it`
    const { connector } = manifest.manifest
    return Result.fail(new ConnectionError({ connection: name, connector, message, problems: [{ message }] }))
  })
}

/** The same for the same name, and in nothing that anybody else writes. */
const inventedSecret = (name: string): string =>
  `invented-${name}-${createHash("sha256").update(name).digest("hex").slice(0, 24)}`

/** Takes it only what its schema names? */
const isChoice = (source: Json, schema: Json): boolean =>
  chain(source, schema).some((found) => found["enum"] !== undefined || found["const"] !== undefined)

const exemplary = (source: Json, schema: Json): Json | undefined => {
  for (const found of chain(source, schema)) {
    for (const name of ["default", "const"]) if (found[name] !== undefined) return found[name]
    for (const name of ["examples", "enum"]) {
      const values = found[name]
      if (isJsonList(values) && values[0] !== undefined) return values[0]
    }
  }
  return undefined
}

/** A schema, the definition that it refers to, the one that that refers to, and so on. */
const chain = (source: Json, schema: Json): ReadonlyArray<JsonObject> => {
  const found: Array<JsonObject> = []
  let next = schema
  // The bound is against definitions that refer to each other.
  while (isJsonObject(next) && found.length < 20) {
    found.push(next)
    const reference = next["$ref"]
    next = typeof reference === "string" ? definition(source, reference) : null
  }
  return found
}

const definition = (source: Json, reference: string): Json => {
  let found: Json = source
  for (const name of reference.replace(/^#\//u, "").split("/"))
    found = isJsonObject(found) && Object.hasOwn(found, name) ? (found[name] ?? null) : null
  return found
}
