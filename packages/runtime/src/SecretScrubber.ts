import * as Redacted from "effect/Redacted"
import { encodeComponent } from "./http/PercentEncoding.ts"

/** What stands where a secret stood. */
export const redactedMark = "<redacted>"

/** How many UTF-16 units of a text are looked at; the rest is dropped, so that a huge text costs no more. */
const textLimit = 16_384

/** A base64 core shorter than this is in too many innocent words. */
const shortestCore = 4

/**
 * Removes secrets from text that somebody else wrote, and makes that text safe to show.
 *
 * A secret is found as it is, percent-encoded (RFC 3986 and form encoding, either case of the hex digits), as a JSON
 * string, as hex and as base64 or base64url, also when it stands in the middle of a longer encoded text such as
 * `user:secret`. Two encodings on top of each other are not found.
 */
export class SecretScrubber {
  readonly #pattern: RegExp | undefined
  readonly #forms: ReadonlyArray<string>

  private constructor(forms: ReadonlyArray<string>) {
    this.#forms = forms
    // The mark first: text that has been scrubbed already stays as it is.
    this.#pattern =
      forms.length === 0 ? undefined : new RegExp([redactedMark, ...forms].map(escapeRegex).join("|"), "gu")
  }

  /** A scrubber for these values. Empty ones are ignored. */
  static make(secrets: Iterable<Redacted.Redacted>): SecretScrubber {
    const forms = new Set<string>()
    for (const secret of secrets) {
      for (const form of formsOf(Redacted.value(secret))) forms.add(form)
    }
    // The longest first: a secret that begins with another one is removed whole.
    return new SecretScrubber([...forms].toSorted((a, b) => b.length - a.length))
  }

  /**
   * The text on one line, without secrets, control, format and bidirectional characters, at most `limit` UTF-16 units
   * long (an ellipsis marks a cut). `undefined` if nothing is left.
   */
  text(source: string, limit: number): string | undefined {
    // Before and after cleaning: a secret may hold a line break, and removing a character may put one together.
    const clean = this.#scrub(oneLine(this.#scrub(this.#head(source))))
    return clean === "" ? undefined : cut(clean, limit)
  }

  #scrub(text: string): string {
    return this.#pattern === undefined ? text : text.replace(this.#pattern, redactedMark)
  }

  /** The part that is looked at. A secret that the cut goes through loses its first half too. */
  #head(source: string): string {
    const text = source.toWellFormed()
    if (text.length <= textLimit) return text
    const head = text.slice(0, textLimit)
    let partial = 0
    for (const form of this.#forms) {
      for (let length = Math.min(form.length - 1, head.length); length > partial; length--) {
        if (head.endsWith(form.slice(0, length))) partial = length
      }
    }
    return head.slice(0, head.length - partial)
  }
}

function formsOf(secret: string): ReadonlyArray<string> {
  if (secret === "") return []
  const text = secret.toWellFormed()
  const bytes = Buffer.from(text, "utf8")
  const percent = [
    encodeComponent(text),
    encodeURIComponent(text),
    encodeURIComponent(text).replaceAll("%20", "+")
  ]
  return [
    secret,
    oneLine(text),
    JSON.stringify(text).slice(1, -1),
    ...percent,
    ...percent.map((form) => form.replace(/%[0-9A-F]{2}/gu, (hex) => hex.toLowerCase())),
    ...(bytes.length >= shortestCore ? [bytes.toString("hex"), bytes.toString("hex").toUpperCase()] : []),
    ...base64Cores(bytes)
  ].filter((form) => form !== "")
}

/**
 * What every base64 text that holds these bytes has in common. Three bytes make four characters, so there are three
 * ways for the bytes to lie; the characters that a neighbour has a share in are left out.
 */
function base64Cores(bytes: Buffer): ReadonlyArray<string> {
  return [0, 1, 2].flatMap((offset) => {
    const length = offset + bytes.length
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64")
    const core = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor((length * 8) / 6))
    if (core.length < shortestCore) return []
    return [core, core.replaceAll("+", "-").replaceAll("/", "_")]
  })
}

function oneLine(text: string): string {
  return text
    .replace(/[\t-\r\u0085\p{Zl}\p{Zp}]/gu, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "")
    .replace(/ {2,}/gu, " ")
    .trim()
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  // Not through a surrogate pair.
  return `${text.slice(0, limit - 1).replace(/\p{Cs}$/u, "")}…`
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)
}
