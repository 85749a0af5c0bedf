import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { Expectation, HttpRequest } from "./HttpRequest.ts"

/** Fields that frame the message or belong to the connection. To set one is to smuggle. */
const reserved = new Set([
  "accept-encoding",
  "connection",
  "content-length",
  "expect",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade"
])

/**
 * The header fields that go on the wire, names in lower case. Refused, with a sentence that names the field and not its
 * value: a name that is no token (RFC 9110 §5.6.2), a name that is given twice, a field that the transport sets itself,
 * and a value with a line break, another control character or a character beyond Latin-1 (RFC 9110 §5.5).
 */
export function requestHeaders(
  request: HttpRequest,
  userAgent: string
): Result.Result<Readonly<Record<string, string>>, string> {
  const fields: Record<string, string> = {
    "user-agent": userAgent,
    accept: acceptHeader(request.expect),
    "accept-encoding": "gzip, deflate, br"
  }
  if (request.body !== undefined) fields["content-type"] = request.body.contentType
  const given = new Set<string>()
  for (const [written, value] of Object.entries(request.headers ?? {})) {
    const name = written.toLowerCase()
    const problem = nameProblem(written, name, given)
    if (problem !== undefined) return Result.fail(problem)
    given.add(name)
    fields[name] = Redacted.isRedacted(value) ? Redacted.value(value) : value
  }
  for (const name of Object.keys(fields)) {
    if (!headerValue.test(fields[name] ?? "")) {
      return Result.fail(
        `the value of header "${name}" holds a line break or another character that may not stand in a header`
      )
    }
  }
  return Result.succeed(fields)
}

/** RFC 9110 §5.5, with Latin-1. */
const headerValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/u

/** Everything of a request that may not appear in an error. */
export function sensitiveValues(request: HttpRequest): ReadonlyArray<Redacted.Redacted> {
  const headers = Object.values(request.headers ?? {}).filter((value) => Redacted.isRedacted(value))
  return [
    ...(request.sensitive?.() ?? []),
    ...request.target.sensitive,
    ...headers,
    ...headers.flatMap((header) => credentialsOf(Redacted.value(header)).map((part) => Redacted.make(part)))
  ]
}

function nameProblem(written: string, name: string, given: ReadonlySet<string>): string | undefined {
  // An object cannot hold the second one as a field.
  if (!/^[\w!#$%&'*+.^`|~-]+$/u.test(written) || name === "__proto__")
    return "a header has a name that is not allowed"
  if (given.has(name)) return `header "${name}" is given twice`
  return reserved.has(name) ? `header "${name}" is set by the transport and may not be given` : undefined
}

/** The secret within `SCHEME SECRET`; for Basic (RFC 7617) also what it encodes. */
function credentialsOf(header: string): ReadonlyArray<string> {
  const [scheme, secret] = header.trim().split(/ +/u)
  if (scheme === undefined || secret === undefined) return []
  if (scheme.toLowerCase() !== "basic") return [secret]
  const pair = Buffer.from(secret, "base64").toString("utf8")
  return [secret, pair, pair.slice(pair.indexOf(":") + 1)]
}

function acceptHeader(expect: ReadonlyArray<Expectation>): string {
  return expect.some((expectation) => expectation.as === "json" || expectation.as === "json-or-nothing")
    ? "application/json"
    : "*/*"
}
