/** A URL cut into its parts, none of them decoded or checked. */
export interface UrlParts {
  /** Without `:`. */
  readonly scheme: string
  /** Name and password with the `@` behind them; empty for none. */
  readonly userInfo: string
  /** With the port. */
  readonly host: string
  /** Path, query and fragment with what they start with. */
  readonly rest: string
}

/** The parts of `scheme://host…` (RFC 3986 section 3); undefined for text of another form. */
export const partsOfUrl = (text: string): UrlParts | undefined => {
  const match = absolute.exec(text)
  if (match === null) return undefined
  const [all, scheme = "", authority = ""] = match
  const at = authority.lastIndexOf("@") + 1
  return {
    scheme,
    userInfo: authority.slice(0, at),
    host: authority.slice(at),
    rest: text.slice(all.length)
  }
}

/**
 * The URL with scheme and host in lower case (RFC 3986 section 6.2.2.1); all else is what somebody else has to match
 * and stays as it is. Text without a scheme stays too.
 */
export const canonicalUrl = (text: string): string => {
  const trimmed = text.trim()
  const parts = partsOfUrl(trimmed)
  if (parts === undefined) return trimmed
  const { scheme, userInfo, host, rest } = parts
  return `${scheme.toLowerCase()}://${userInfo}${host.toLowerCase()}${rest}`
}

const absolute = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)/
