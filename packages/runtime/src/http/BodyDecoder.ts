import * as Result from "effect/Result"
import type { BodyFormat } from "./HttpRequest.ts"
import type { ReplyBody } from "./HttpReply.ts"

/**
 * Reads a body as the format it was expected in. Fails with the rest of the sentence "answered STATUS …"; it names the
 * content type and never a part of the body.
 */
export function decodeBody(
  bytes: Uint8Array,
  contentType: string | undefined,
  format: BodyFormat
): Result.Result<ReplyBody, string> {
  switch (format) {
    case "none":
      return Result.succeed({ as: "none" })
    case "bytes":
      // A small Buffer is a window on memory that it shares with others.
      return Result.succeed({ as: "bytes", bytes: Buffer.isBuffer(bytes) ? new Uint8Array(bytes) : bytes })
    case "text":
      return Result.map(decodeText(bytes, contentType), (text) => ({ as: "text", text }))
    case "json-or-nothing":
      if (bytes.length === 0) return Result.succeed({ as: "json", value: null })
      return Result.map(decodeJson(bytes, contentType), (value) => ({ as: "json", value }))
    case "json":
      return Result.map(decodeJson(bytes, contentType), (value) => ({ as: "json", value }))
  }
}

/** What a content type says it is, such as `application/json`: lower case, without parameters, safe to show. */
export function mediaType(contentType: string | undefined): string | undefined {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? ""
  return /^[\w!#$&^.+-]{1,60}\/[\w!#$&^.+-]{1,60}$/u.test(type) ? type : undefined
}

/** Whether a media type is JSON (RFC 6839 §3.1: the suffix `+json`). */
export function isJson(type: string | undefined): boolean {
  return type === "application/json" || type === "text/json" || type?.endsWith("+json") === true
}

function isWebPage(type: string): boolean {
  return type === "text/html" || type === "application/xhtml+xml"
}

function webPage(type: string, expected: string): string {
  return `with a web page (${type}) where ${expected} was expected: check the base URL and the proxy`
}

/** Used again and again: making one costs more than decoding a small body. It keeps no state between bodies. */
const strictUtf8 = new TextDecoder("utf-8", { fatal: true })

function decodeJson(bytes: Uint8Array, contentType: string | undefined): Result.Result<unknown, string> {
  const type = mediaType(contentType) ?? "no content type"
  if (bytes.length === 0) return Result.fail(`with an empty body (${type}) where JSON was expected`)
  if (isWebPage(type)) return Result.fail(webPage(type, "JSON"))
  return Result.try({
    // JSON is UTF-8 whatever the content type says (RFC 8259 §8.1). A wrong label is forgiven, wrong content is not.
    try: (): unknown => JSON.parse(strictUtf8.decode(bytes)),
    catch: () => `with something that is not JSON (${type}, ${bytes.length} bytes)`
  })
}

function decodeText(bytes: Uint8Array, contentType: string | undefined): Result.Result<string, string> {
  const type = mediaType(contentType)
  // The page of a portal or a proxy: its lines must not become what the action gives.
  if (type !== undefined && isWebPage(type)) return Result.fail(webPage(type, "text"))
  const charset = /;\s*charset\s*=\s*"?([\w.:-]{1,40})"?/iu.exec(contentType ?? "")?.[1] ?? "utf-8"
  return Result.try({
    try: () => new TextDecoder(charset, { fatal: true }).decode(bytes),
    catch: () => `with text that cannot be read as "${charset}"`
  })
}
