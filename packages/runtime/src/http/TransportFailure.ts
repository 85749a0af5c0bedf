import type { TlsProblem } from "../ConnectorError.ts"
import type { AttemptFailure } from "./AttemptFailure.ts"
import type { WireFailure } from "./WireFailure.ts"

/**
 * What an error of Node or undici means. Codes and names are looked at, and a few messages that come without a code: the
 * text of such an error may hold addresses, and nothing of it is passed on.
 */
export function transportFailure({ cause, isProxied, phase }: WireFailure): AttemptFailure {
  const errors = chain(cause)
  const codes = errors.map(codeOf)
  const tls = codes.map((code) => tlsProblems.get(code)).find((problem) => problem !== undefined)
  if (tls !== undefined) {
    return {
      reason: { _tag: "Tls", problem: tls },
      problem: tlsSentence[tls],
      transient: false,
      ambiguous: false
    }
  }
  if (codes.some((code) => code === "EPROTO" || code.startsWith("ERR_SSL_"))) {
    return {
      reason: { _tag: "Tls", problem: "protocol" },
      problem: tlsSentence.protocol,
      transient: false,
      ambiguous: phase === "body"
    }
  }
  const proxy = errors.map(proxyStatus).find((status) => status !== undefined)
  if (proxy !== undefined) {
    return unreachable(
      `could not be reached: the proxy answered ${proxy}; check the proxy and its credentials`
    )
  }
  for (const code of codes) {
    const sentence = neverSent.get(code)
    if (sentence !== undefined)
      return unreachable(isProxied ? `${sentence}; a proxy is used, and it may be what is meant` : sentence)
  }
  if (errors.some(brokeInHandshake)) return unreachable("closed the connection during the TLS handshake")
  if (
    codes.includes("UND_ERR_HEADERS_OVERFLOW") ||
    errors.some((error) => error.name === "HTTPParserError")
  ) {
    return {
      reason: { _tag: "Malformed" },
      problem: "sent something that is not HTTP: check the base URL",
      transient: false,
      ambiguous: true
    }
  }
  if (codes.includes("UND_ERR_INVALID_ARG")) {
    return {
      reason: { _tag: "InvalidInput" },
      problem: "was not called: the request is not valid HTTP",
      transient: false,
      ambiguous: false
    }
  }
  return {
    reason: { _tag: "Network" },
    problem:
      phase === "body"
        ? "closed the connection within its answer"
        : "closed the connection without an answer",
    transient: true,
    ambiguous: true
  }
}

/** The failure of a connection that was never made: nothing was sent. */
function unreachable(problem: string): AttemptFailure {
  return { reason: { _tag: "Network" }, problem, transient: true, ambiguous: false }
}

const neverSent: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "refused the connection: check the base URL, or whether it is up"],
  ["ENOTFOUND", "has a host name that does not exist: check the base URL"],
  ["EAI_AGAIN", "could not be found: the name server does not answer"],
  ["EHOSTUNREACH", "could not be reached: there is no route to its host"],
  ["ENETUNREACH", "could not be reached: there is no route to its network"],
  ["EADDRNOTAVAIL", "could not be reached: this machine has no free port or address"],
  ["EMFILE", "could not be reached: this process has too many open files"],
  ["UND_ERR_CONNECT_TIMEOUT", "could not be reached: its host did not accept the connection in time"],
  ["UND_ERR_PRX_CONN", "could not be reached: the proxy closed the connection"],
  ["UND_ERR_DESTROYED", "was not called: the connection pool is closed"],
  ["UND_ERR_CLOSED", "was not called: the connection pool is closed"]
])

/** The codes of Node's certificate check: https://nodejs.org/api/tls.html#x509-certificate-error-codes. */
const tlsProblems: ReadonlyMap<string, TlsProblem> = new Map([
  ["CERT_HAS_EXPIRED", "expired"],
  ["CERT_NOT_YET_VALID", "not-yet-valid"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "self-signed"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "wrong-host"],
  ["HOSTNAME_MISMATCH", "wrong-host"],
  ["UND_ERR_PRX_TLS", "wrong-host"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unknown-issuer"],
  ["UNABLE_TO_GET_ISSUER_CERT", "unknown-issuer"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "unknown-issuer"],
  ["CERT_UNTRUSTED", "unknown-issuer"],
  ["INVALID_CA", "unknown-issuer"],
  ["CERT_REVOKED", "revoked"]
])

const tlsSentence: Readonly<Record<TlsProblem, string>> = {
  expired: "has a TLS certificate that has expired: it must be renewed there",
  "not-yet-valid": "has a TLS certificate that is not valid yet: check the clock of this machine",
  "self-signed":
    "has a self-signed TLS certificate: add it, or the one that signed it, to the trusted CA certificates",
  "wrong-host": "has a TLS certificate for another host name: check the base URL",
  "unknown-issuer":
    "has a TLS certificate of an unknown issuer: add the issuer to the trusted CA certificates",
  revoked: "has a TLS certificate that was revoked",
  protocol: "does not speak TLS as expected: check the scheme and the port of the base URL"
}

/** The error, what caused it and what it is made of (one error for each address that was tried). */
function chain(cause: unknown): ReadonlyArray<Error> {
  const found: Array<Error> = []
  const open: Array<unknown> = [cause]
  // The bound is against a cycle of causes.
  while (open.length > 0 && found.length < 20) {
    const error = open.shift()
    if (!(error instanceof Error)) continue
    found.push(error)
    open.push(error.cause)
    const parts: ReadonlyArray<unknown> = error instanceof AggregateError ? error.errors : []
    open.push(...parts.slice(0, 10))
  }
  return found
}

function codeOf(error: Error): string {
  const code = "code" in error && typeof error.code === "string" ? error.code : ""
  // A connection that took too long in the kernel. The same code after connecting means a lost answer.
  if (code === "ETIMEDOUT" && "syscall" in error && error.syscall === "connect") {
    return "UND_ERR_CONNECT_TIMEOUT"
  }
  return code
}

/** undici reports a proxy that refuses only in the text of its error. */
function proxyStatus(error: Error): string | undefined {
  const match =
    /^Proxy response \((\d{3})\)/u.exec(error.message) ??
    /^Proxy Authentication Required \((407)\)/u.exec(error.message)
  return match?.[1]
}

/** Node gives this the code of any other reset: https://github.com/nodejs/node, `lib/internal/tls/wrap.js`. */
function brokeInHandshake(error: Error): boolean {
  return error.message.startsWith("Client network socket disconnected before secure TLS connection")
}
