/**
 * A path as a URI reference (RFC 3986): relative paths stay relative, absolute ones get the `file` scheme (RFC 8089).
 * Everything that is not unreserved is percent-encoded as UTF-8, and `\` separates like `/`. Lone surrogates, which
 * no URI can hold, become U+FFFD.
 */
export const fileUri = (path: string): string => {
  const parts = path.toWellFormed().replaceAll("\\", "/").split("/")
  const [first = ""] = parts
  if (/^[A-Za-z]:$/.test(first)) return `file:///${first}/${encodeParts(parts.slice(1))}`
  return first === "" && parts.length > 1 ? `file:///${encodeParts(parts.slice(1))}` : encodeParts(parts)
}

const encodeParts = (parts: ReadonlyArray<string>): string => parts.map(encodeURIComponent).join("/")
