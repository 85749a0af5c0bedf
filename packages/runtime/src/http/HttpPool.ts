import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { X509Certificate } from "node:crypto"
import { rootCertificates } from "node:tls"
import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici"

/** How connections are made. */
export interface HttpPoolOptions {
  /** CA certificates (PEM, one or more in a text) that are trusted besides those of Node. */
  readonly ca?: ReadonlyArray<string>
  /** Where requests go through. Environment variables are not read here: whoever configures the pool does. */
  readonly proxy?: ProxyOptions
  /** Connections kept to one origin at most. Default: as many as there are requests under way. */
  readonly connections?: number
}

/** Proxies. Each is an http or https address, which may hold user name and password. */
export interface ProxyOptions {
  /** For https addresses: a tunnel, so the proxy sees host names only. Default: the proxy for http. */
  readonly https?: Redacted.Redacted
  /** For plain http addresses. */
  readonly http?: Redacted.Redacted
  /** Hosts that are reached directly: `host`, `host:port`, `.domain`, `*.domain` or `*`. */
  readonly bypass?: ReadonlyArray<string>
}

/** A pool that cannot be made as configured. The message holds neither certificate nor address. */
export class HttpPoolError extends Data.TaggedError("HttpPoolError")<{ readonly message: string }> {}

/**
 * Connections of undici of their own that are kept open, used again, and closed with the scope. HTTP/1.1; TLS 1.2 or later
 * with the certificate always checked.
 */
export function httpPool(
  options: HttpPoolOptions = {}
): Effect.Effect<Dispatcher, HttpPoolError, Scope.Scope> {
  return Effect.acquireRelease(
    Effect.suspend(() => {
      const problem = certificateProblem(options.ca ?? []) ?? proxyProblem(options.proxy)
      if (problem !== undefined) return Effect.fail(new HttpPoolError({ message: problem }))
      return Effect.sync(() => open(options))
    }),
    (opened) => Effect.promise(() => opened.destroy())
  )
}

function open(options: HttpPoolOptions): Dispatcher {
  const tls = options.ca === undefined ? {} : { ca: [...rootCertificates, ...options.ca] }
  // HTTP/2 is off: one connection to break for every caller, and undici calls it experimental.
  const agent = {
    allowH2: false,
    connect: tls,
    ...(options.connections === undefined ? {} : { connections: options.connections })
  }
  if (options.proxy === undefined) return new Agent(agent)
  return new EnvHttpProxyAgent({
    ...agent,
    requestTls: { ...tls, allowH2: false },
    proxyTls: { ...tls, allowH2: false },
    // An empty text means none; leaving one out would read the environment.
    httpProxy: proxyUrl(options.proxy.http),
    httpsProxy: proxyUrl(options.proxy.https),
    noProxy: options.proxy.bypass?.join(",") ?? ""
  })
}

function proxyUrl(proxy: Redacted.Redacted | undefined): string {
  return proxy === undefined ? "" : Redacted.value(proxy)
}

const certificate = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/gu

/** Node ignores what is not a certificate, and the failure then shows far away from its cause. */
function certificateProblem(pems: ReadonlyArray<string>): string | undefined {
  for (const pem of pems) {
    const found = pem.match(certificate)
    if (found === null) return "a CA certificate is not in PEM form: no BEGIN CERTIFICATE line was found"
    if (!found.every(isReadable)) return "a CA certificate cannot be read: its PEM text is damaged"
  }
  return undefined
}

function isReadable(pem: string): boolean {
  return Result.isSuccess(Result.try(() => new X509Certificate(pem)))
}

function proxyProblem(proxy: ProxyOptions | undefined): string | undefined {
  for (const address of [proxy?.http, proxy?.https]) {
    if (address !== undefined && !/^https?:$/u.test(URL.parse(Redacted.value(address))?.protocol ?? "")) {
      return 'a proxy must be an address such as "http://proxy.example:3128"'
    }
  }
  return undefined
}
