/** A place in a JSON document, from its root. */
export type JsonPath = ReadonlyArray<string | number>

/** The path as RFC 9535 writes it: `$.associations[0].attributes["email-address"]`. Long keys are cut. */
export const formatJsonPath = (path: JsonPath): string =>
  `$${path.map((part) => (typeof part === "number" ? `[${part}]` : member(part))).join("")}`

/** Untrusted text in quotes on one line: control characters are escaped, and it is cut after 64 characters. */
export const quoted = (text: string): string => {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
  // JSON escapes half a surrogate pair and what is below U+0020, but not these.
  return JSON.stringify(cut).replace(
    /[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  )
}

const maxLength = 64

const member = (key: string): string => (/^[A-Za-z_]\w{0,63}$/.test(key) ? `.${key}` : `[${quoted(key)}]`)
