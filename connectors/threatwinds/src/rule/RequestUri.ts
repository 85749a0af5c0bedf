import { type Host, parseHost } from "./UriHost.ts"
import { hasWholeEscapes, percentDecode, percentEncode } from "./PercentEncoding.ts"

/**
 * What Go's `url.ParseRequestURI` takes: an absolute URI or an absolute path. A `#` has no meaning in it. All texts are
 * as Go's `URL.String` writes them, but that the host is in lower case.
 */
export interface RequestUri {
  /** In lower case; empty in a path. */
  readonly scheme: string
  /** Undefined when no `//` follows the scheme. */
  readonly host: Host | undefined
  /** With the `@` at its end, or empty. */
  readonly userinfo: string
  /** What follows the host, or the scheme when there is none: path and query. */
  readonly target: string
}

/** The URI, or why Go refuses it: a clause that follows "the value". */
export const parseRequestUri = (text: string): RequestUri | { readonly reason: string } => {
  if (/[\u0000-\u001f\u007f]/.test(text)) return { reason: "has control characters" }
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(text)?.[0] ?? ""
  const rest = scheme === "" ? text : text.slice(scheme.length + 1)
  const isRooted = rest.startsWith("/")
  if (scheme === "" && !isRooted && text !== "*") return { reason: "has no scheme, such as https://" }
  const base = { scheme: scheme.toLowerCase(), host: undefined, userinfo: "" }
  // Rootless URIs such as `mailto:` are not looked into.
  if (!isRooted) return { ...base, target: rest }
  return scheme !== "" && rest.startsWith("//")
    ? withAuthority(base.scheme, rest.slice(2))
    : withPath(rest, (target) => ({ ...base, target }))
}

/** Does Go take it? */
export const isRequestUri = (text: string): boolean => !("reason" in parseRequestUri(text))

type Parsed = RequestUri | { readonly reason: string }

const withAuthority = (scheme: string, text: string): Parsed => {
  const end = text.search(/[/?]/)
  const authority = end < 0 ? text : text.slice(0, end)
  const at = authority.lastIndexOf("@")
  const userinfo = at < 0 ? "" : canonicalUserinfo(authority.slice(0, at))
  if (userinfo === undefined) return { reason: "has characters before the host that must be percent-encoded" }
  const host = parseHost(authority.slice(at + 1))
  if ("reason" in host) return host
  return withPath(text.slice(authority.length), (target) => ({ scheme, host, userinfo, target }))
}

const withPath = (text: string, build: (target: string) => RequestUri): Parsed => {
  const mark = text.indexOf("?")
  const path = mark < 0 ? text : text.slice(0, mark)
  if (!hasWholeEscapes(path))
    return { reason: 'has a "%" without two hexadecimal digits after it; write %25' }
  // The query stays as it is given.
  return build(canonicalPath(path) + text.slice(path.length))
}

/** Kept as it is when it needs no escape; otherwise escaped anew, by a narrower set of characters. */
const canonicalPath = (path: string): string =>
  /^[A-Za-z0-9\-_.~$&+,/:;=@!'()*[\]%]*$/.test(path)
    ? path
    : percentEncode(percentDecode(path), /[A-Za-z0-9\-_.~$&+,/:;=@]/)

const canonicalUserinfo = (text: string): string | undefined => {
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(text) || !hasWholeEscapes(text)) return undefined
  const colon = text.indexOf(":")
  const parts = colon < 0 ? [text] : [text.slice(0, colon), text.slice(colon + 1)]
  return `${parts.map((part) => percentEncode(percentDecode(part), /[A-Za-z0-9\-_.~$&+,;=]/)).join(":")}@`
}
