import { parseIpAddress } from "../expression/functions/IpAddress.ts"
import { parseTimestamp } from "../expression/functions/TimestampText.ts"

/** The formats of the dialect. All are enforced, not only noted (JSON Schema validation 7.2.2). */
export const textFormats = ["uuid", "uri", "date-time", "ipv4", "ipv6", "email", "hostname"] as const

/** One of the formats of the dialect. */
export type TextFormat = (typeof textFormats)[number]

/** Is the text the name of one of them? */
export const isTextFormat = (text: string): text is TextFormat =>
  textFormats.some((format) => format === text)

/** Has the text that format? Linear in its length. */
export const hasFormat = (text: string, format: TextFormat): boolean => tests[format](text)

const tests: { readonly [F in TextFormat]: (text: string) => boolean } = {
  /** RFC 9562 section 4, any version, either case. */
  uuid: (text) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  uri: (text) => isUri(text),
  /** What `timestamp()` of the expression language reads: RFC 3339, years 1 to 9999, no leap second. */
  "date-time": (text) => parseTimestamp(text) !== undefined,
  ipv4: (text) => !text.includes(":") && parseIpAddress(text) !== undefined,
  ipv6: (text) => text.includes(":") && parseIpAddress(text) !== undefined,
  email: (text) => isEmail(text),
  hostname: (text) => isHostname(text)
}

/** RFC 1123 section 2.1: labels of letters, digits and inner hyphens, 63 characters each, 253 together. */
const isHostname = (text: string): boolean =>
  text.length <= 253 &&
  text.split(".").every((label) => /^[a-z0-9-]{1,63}$/i.test(label) && !/^-|-$/.test(label))

/** RFC 5321 section 4.1.2, `Dot-string "@" Domain`: no quoted local part, no address literal. */
const isEmail = (text: string): boolean => {
  const at = text.lastIndexOf("@")
  const local = text.slice(0, Math.max(at, 0))
  if (local.length === 0 || local.length > 64) return false
  const atoms = local.split(".")
  return atoms.every((atom) => /^[\w!#$%&'*+/=?^`{|}~-]+$/.test(atom)) && isHostname(text.slice(at + 1))
}

/** RFC 3986 section 3 with a scheme: not a relative reference. The parts are those of its appendix B. */
const isUri = (text: string): boolean => {
  const parts = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(text)
  if (parts === null) return false
  const [, , authority = "", path = "", query = "", fragment = ""] = parts
  return isAuthority(authority) && isUriText(path) && isUriText(query) && isUriText(fragment)
}

const isAuthority = (authority: string): boolean => {
  const host = authority.slice(authority.lastIndexOf("@") + 1)
  const user = authority.slice(0, authority.length - host.length)
  const [, literal, name, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/.exec(host) ?? []
  if (literal === undefined && name === undefined) return false
  if (port !== undefined && Number(port) > 65_535) return false
  return isUriText(user) && (literal === undefined ? isUriText(name ?? "") : tests.ipv6(literal))
}

/** Unreserved and reserved characters but brackets, and percent-encoded bytes. */
const isUriText = (text: string): boolean =>
  /^[\w\-.~:/?@!$&'()*+,;=%]*$/.test(text) && !/%(?![0-9a-f]{2})/i.test(text)
