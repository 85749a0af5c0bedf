import ipaddr from "ipaddr.js"
import { parseUnmapped } from "./IpAddress.ts"
import { lowerCase } from "./LowerCase.ts"
import { hasWholeEscapes, percentDecode, percentEncode } from "./PercentEncoding.ts"

/** A host of a URI with its port. */
export interface Host {
  /** Lower case and percent-encoded as Go's `URL.String` does; with the port and its colon when one is given. */
  readonly text: string
  /** Is there no name before the port? */
  readonly isEmpty: boolean
}

/** The host, or why it is none: a clause that follows "the value". Stricter than Go: no zone of an IPv6 address. */
export const parseHost = (text: string): Host | { readonly reason: string } => {
  if (text.startsWith("[")) return parseLiteral(text)
  const [, name, port = ""] = /^([^:]*)(:\d*)?$/.exec(text) ?? []
  if (name === undefined) return { reason: "has a port that is not a number" }
  if (/[\u0000-\u0020#%/?@[\\\]^`{|}\u007f]/.test(name.replaceAll(nameEscape, ""))) return invalidHost
  const decoded = decodeName(name)
  if (decoded === undefined) return invalidHost
  const written = percentEncode(new TextEncoder().encode(lowerCase(decoded)), kept)
  return { text: written + port, isEmpty: name === "" }
}

const invalidHost = { reason: "has a host with characters that a host cannot have" }

/** In a host only bytes beyond ASCII and the percent sign may be escaped. */
const nameEscape = /%(?:[89a-f][0-9a-f]|25)/gi

const kept = /[A-Za-z0-9\-_.~!$&'()*+,;=:<>"]/

const decodeName = (name: string): string | undefined => {
  if (!hasWholeEscapes(name)) return undefined
  const bytes = percentDecode(name)
  const text = new TextDecoder().decode(bytes)
  // What is not UTF-8 has no lower case.
  return text.includes("\ufffd") ? undefined : text
}

const parseLiteral = (text: string): Host | { readonly reason: string } => {
  const [, address = "", port = ""] = /^\[([^\]]*)\](:\d*)?$/.exec(text) ?? []
  if (!(parseUnmapped(address) instanceof ipaddr.IPv6)) {
    return { reason: "has no IPv6 address between the brackets of its host" }
  }
  return { text: `[${address.toLowerCase()}]${port}`, isEmpty: false }
}
