import type { Json } from "@sallyport/language"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { errorDetail } from "../action/ErrorDetail.ts"
import { evaluate } from "../action/RequestBuilder.ts"
import type { Connection } from "../connection/Connection.ts"
import { ConnectionError } from "../connection/ConnectionError.ts"
import { ConnectorError, type ConnectorReason, messageLimit } from "../ConnectorError.ts"
import { BaseUrl } from "../http/BaseUrl.ts"
import { ConnectionGate } from "../http/ConnectionGate.ts"
import type { HttpRequest } from "../http/HttpRequest.ts"
import type { HttpTransport } from "../http/HttpTransport.ts"
import { RateBudget } from "../http/RateBudget.ts"
import type { CheckedHttp, CheckedManifest } from "../manifest/CheckedManifest.ts"
import { SecretScrubber } from "../SecretScrubber.ts"
import type { SessionVault } from "../session/SessionVault.ts"

/** What all calls through one open connection share. */
export interface ConnectionContext {
  readonly connection: Connection
  readonly manifest: CheckedManifest
  /** Undefined for a connector whose manifest has no `http`. */
  readonly http: HttpContext | undefined
  /** The secrets as expressions see them. Never show them. */
  readonly secrets: { readonly [name: string]: Json }
  readonly transport: HttpTransport["Service"]
  readonly vault: SessionVault["Service"]
}

/** What all requests of a connection share. */
export interface HttpContext {
  readonly declared: CheckedHttp
  readonly base: BaseUrl
  readonly gate: ConnectionGate
  readonly budget: RateBudget
  readonly describe: NonNullable<HttpRequest["describe"]>
}

/** Requests under way at once, where the manifest says nothing. */
const defaultConcurrency = 16

/** Makes what the calls of a connection share. Fails when the base URL that its settings give cannot be used. */
export const connectionContext = Effect.fnUntraced(function* (
  manifest: CheckedManifest,
  connection: Connection,
  services: Pick<ConnectionContext, "transport" | "vault"> & { readonly allowHttp: boolean }
): Effect.fn.Return<ConnectionContext, ConnectionError> {
  const http = httpContext(manifest, connection, services.allowHttp)
  if (Result.isFailure(http)) {
    const message = `the connection "${connection.name}" cannot be used: ${http.failure}`
    return yield* new ConnectionError({
      connection: connection.name,
      connector: manifest.manifest.connector,
      message,
      problems: [{ message: http.failure }]
    })
  }
  const secrets = [...connection.secrets].map(([name, secret]) => [name, Redacted.value(secret)] as const)
  const { transport, vault } = services
  return { connection, manifest, http: http.success, secrets: Object.fromEntries(secrets), transport, vault }
})

/** A call that failed before anything was sent. `problem` continues the sentence "CONNECTOR …". */
export const refused = (
  { connection, manifest }: Pick<ConnectionContext, "connection" | "manifest">,
  action: string,
  reason: ConnectorReason,
  problem: string
): ConnectorError => {
  const connector = manifest.manifest.connector
  const message = `${connector} ${problem}`
  return new ConnectorError({
    connector,
    action,
    reason,
    message: SecretScrubber.make(connection.secrets.values()).text(message, messageLimit) ?? connector,
    upstream: {},
    attempts: 0,
    retryable: false,
    outcomeUnknown: false
  })
}

const httpContext = (
  { http, manifest }: CheckedManifest,
  { config }: Connection,
  allowHttp: boolean
): Result.Result<HttpContext | undefined, string> => {
  if (http === undefined) return Result.succeed(undefined)
  const text = evaluate(http.base, { config })
  if (Result.isFailure(text)) return Result.fail(`its base URL has no value: ${text.failure}`)
  if (typeof text.success !== "string") return Result.fail("its base URL is no text")
  return Result.map(BaseUrl.parse(text.success, { allowHttp }), (base) => ({
    declared: http,
    base,
    gate: new ConnectionGate(manifest.http?.concurrency ?? defaultConcurrency),
    budget: new RateBudget(manifest.http?.rate),
    describe: errorDetail(http)
  }))
}
