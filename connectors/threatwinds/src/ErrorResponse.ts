/** An answer of ThreatWinds that is an error, as far as it is needed to say what went wrong. */
export interface ErrorAnswer {
  readonly status: number
  /** What HTTP/1.1 says beside the status; may be empty. */
  readonly statusText?: string
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The first part of the body is enough; it need not be JSON. */
  readonly body: string
}

/** What ThreatWinds says of an error. */
export interface ErrorInformation {
  /** One line of at most {@link maxMessageLength} characters, never empty, without control or format characters or credentials. */
  readonly message: string
  /** To be quoted to ThreatWinds' support: any text without spaces, not always a UUID. */
  readonly supportId: string | undefined
  /** The machine-readable code of newer services. */
  readonly code: string | undefined
}

/** The longest message that is kept, in characters; `x-error` can hold a back end's whole answer. */
export const maxMessageLength = 500

/** The longest support id or code that is believed. */
const maxIdLength = 128

/** A longer body is no error message; it is not parsed. */
const maxBodyLength = 65_536

/**
 * What the answer says: the message of a JSON body, else the header `x-error`, else the status. Three bodies are in use:
 * `{"uuid", "error": "text"}` (2023), `{"error": {"message", "type", "code", "error_id"}}`, and nothing of use (empty,
 * or a gateway's HTML). Never throws.
 */
export const readErrorResponse = (answer: ErrorAnswer): ErrorInformation => {
  const body = bodyInformation(answer.body)
  const fromHeader = messageText(header(answer, "x-error"))
  return {
    message: body.message ?? fromHeader ?? statusMessage(answer),
    supportId: identifier(header(answer, "x-error-id")) ?? body.supportId,
    code: body.code
  }
}

interface BodyInformation {
  readonly message: string | undefined
  readonly supportId: string | undefined
  readonly code: string | undefined
}

const bodyInformation = (body: string): BodyInformation => {
  const document = parse(body)
  const error = own(document, "error")
  if (typeof error === "string") {
    return { message: messageText(error), supportId: identifier(own(document, "uuid")), code: undefined }
  }
  return {
    message: messageText(own(error, "message")),
    supportId: identifier(own(error, "error_id")),
    code: identifier(own(error, "code"))
  }
}

const parse = (body: string): unknown => {
  if (body.length > maxBodyLength) return undefined
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const own = (value: unknown, key: string): unknown => {
  if (typeof value !== "object" || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, key)?.value
}

const header = ({ headers }: ErrorAnswer, name: string): string | undefined =>
  Object.entries(headers).find(([key, value]) => key.toLowerCase() === name && value !== undefined)?.[1]

const statusMessage = ({ status, statusText }: ErrorAnswer): string =>
  messageText(statusText) ?? `the service answered with status ${status}`

/** What stands after the name of a credential: a gateway may quote the request's headers. */
const bearer = /\b(bearer\s+)[^\s"',;}]+/gi
const credential =
  /\b(authorization|api[-_]?key|api[-_]?secret|password)(["']?\s*[:=]\s*["']?)(?!bearer\b)[^\s"',;}]+/gi

/** One clean line; undefined when nothing is left. */
const messageText = (value: unknown): string | undefined => {
  if (typeof value !== "string") return undefined
  // Whoever reads it needs the beginning; what is far beyond need not be cleaned.
  const line = value
    .slice(0, maxMessageLength * 8)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replace(bearer, "$1[redacted]")
    .replace(credential, "$1$2[redacted]")
    .trim()
  const characters = Array.from(line)
  if (characters.length === 0) return undefined
  if (characters.length <= maxMessageLength) return line
  return `${characters.slice(0, maxMessageLength - 1).join("")}…`
}

const identifier = (value: unknown): string | undefined => {
  const text = typeof value === "number" ? String(value) : value
  if (typeof text !== "string" || text.length > maxIdLength) return undefined
  const trimmed = text.trim()
  return /^[\u0021-\u007e]+$/.test(trimmed) ? trimmed : undefined
}
