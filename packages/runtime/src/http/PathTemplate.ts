import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { encodeComponent } from "./PercentEncoding.ts"

/** A value that may stand in a path or a query. A `Redacted` one is scrubbed from everything that is reported. */
export type UrlValue = string | number | boolean | Redacted.Redacted

/**
 * Fills the `{name}` places of a path such as `/feeds/{id}/objects`.
 *
 * Every value is percent-encoded and stays inside its segment. Refused, with a sentence that names the place and not the
 * value: a missing or empty value, a number that is not finite, a lone surrogate, and path traversal: a value that holds
 * `.` or `..` between slashes or backslashes (a server may decode `%2F` before it resolves dots), or that makes its
 * segment a dot segment (RFC 3986 §5.2.4; WHATWG URL reads `%2e%2e` as `..` too, so encoding would not help).
 */
export function fillPath(
  template: string,
  values: Readonly<Record<string, UrlValue | null | undefined>>
): Result.Result<string, string> {
  if (!template.startsWith("/")) return Result.fail('a path must start with "/"')
  if (!/^[\w\-.~!$&'()*+,;=:@%/{}]*$/u.test(template)) {
    return Result.fail("a path may not hold a query, a fragment, a space or a control character")
  }
  const segments: Array<string> = []
  for (const segment of template.split("/")) {
    const filled = fillSegment(segment, values)
    if (Result.isFailure(filled)) return filled
    segments.push(filled.success)
  }
  return Result.succeed(segments.join("/"))
}

/** The text of a value, or a sentence that says why it has none. */
export function urlText(name: string, value: UrlValue): Result.Result<string, string> {
  const plain = Redacted.isRedacted(value) ? Redacted.value(value) : value
  if (typeof plain === "number" && !Number.isFinite(plain)) {
    return Result.fail(`"${name}" is not a finite number`)
  }
  const text = String(plain)
  if (!text.isWellFormed()) return Result.fail(`"${name}" holds half a surrogate pair and cannot be encoded`)
  return Result.succeed(text)
}

const place = /\{([^{}]*)\}/u

function fillSegment(
  segment: string,
  values: Readonly<Record<string, UrlValue | null | undefined>>
): Result.Result<string, string> {
  let filled = ""
  let rest = segment
  for (let match = place.exec(rest); match !== null; match = place.exec(rest)) {
    const name = match[1] ?? ""
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    const text = value === undefined || value === null ? Result.succeed("") : urlText(name, value)
    if (Result.isFailure(text)) return text
    if (text.success === "") return Result.fail(`"${name}" is empty and a path needs it`)
    if (text.success.split(/[/\\]/u).some(isDots)) {
      return Result.fail(`"${name}" would leave its place in the path`)
    }
    filled += rest.slice(0, match.index) + encodeComponent(text.success)
    rest = rest.slice(match.index + match[0].length)
  }
  filled += rest
  if (/[{}]/u.test(filled)) return Result.fail("a path has a brace without its partner")
  // In a template, `%2e` would be a dot as well.
  if (isDots(filled.replace(/%2e/giu, "."))) return Result.fail("a path has a segment that is only dots")
  return Result.succeed(filled)
}

function isDots(segment: string): boolean {
  return segment === "." || segment === ".."
}
