import type { Json } from "@sallyport/language"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import type { Connection } from "./Connection.ts"
import { ConnectionCheck, type PropertyNotes } from "./ConnectionCheck.ts"
import { ConnectionError, type ConnectionProblem } from "./ConnectionError.ts"

/** What a connection is made of: settings as they came, secrets that have been read. */
export interface GivenConnection {
  readonly name: string
  readonly config: { readonly [setting: string]: unknown }
  readonly secrets: { readonly [secret: string]: Redacted.Redacted }
}

/** How a connection is made. */
export interface MakeConnectionOptions {
  /** Plain http to other machines than this one. Default: false. */
  readonly allowHttp?: boolean
  /** What problems say about where properties come from. */
  readonly notes?: PropertyNotes
}

/**
 * A connection that its connector can be opened with: settings decoded and completed with their defaults, secrets that
 * can be sent, an address that may be asked, and at least one way to prove who one is where the connector has any. All
 * problems are reported, none with a value.
 */
export const makeConnection = (
  manifest: CheckedManifest,
  given: GivenConnection,
  options: MakeConnectionOptions = {}
): Result.Result<Connection, ConnectionError> => {
  const { connector } = manifest.manifest
  const check = new ConnectionCheck(manifest, options)
  check.name(given.name)
  const config: { readonly [name: string]: Json } | undefined = check.config(given.config)
  const secrets = check.secrets(given.secrets)
  if (config !== undefined) {
    check.base(config)
    check.auth({ config, secrets })
  }
  return check.problems.length === 0 && config !== undefined
    ? Result.succeed({ name: given.name, connector, config, secrets })
    : Result.fail(connectionError(given.name, connector, check.problems))
}

/** The error of a connection with these problems. */
export const connectionError = (
  connection: string,
  connector: string,
  problems: ReadonlyArray<ConnectionProblem>
): ConnectionError =>
  new ConnectionError({
    connection,
    connector,
    message: problems
      .map(({ message }) => `connection ${JSON.stringify(connection.slice(0, 80))}: ${message}`)
      .join("\n"),
    problems
  })
