import { domainToASCII } from "node:url"

/**
 * The name in lower case, without the closing dot, labels of other scripts as `xn--…` (UTS 46, RFC 5891). Labels may
 * hold `_`, which names in feeds do, and one label is enough. Undefined when it is no name: longer than RFC 1035 section
 * 2.3.4 allows, with an empty label, with other characters, or an IPv4 address.
 */
export const canonicalDomainName = (text: string): string | undefined => {
  const trimmed = text.trim()
  if (trimmed.length > 1_024) return undefined
  const ascii = isAscii.test(trimmed) ? trimmed : toAscii(trimmed)
  const name = ascii?.toLowerCase().replace(/\.$/, "")
  return name !== undefined && isName(name) ? name : undefined
}

const isAscii = /^[\0-\x7f]*$/
const label = /^[a-z0-9_-]{1,63}$/
const allDigits = /^\d+$/

/** A last label of digits only is an address in one of its forms (RFC 3696 section 2). */
const isName = (name: string): boolean => {
  const labels = name.split(".")
  return (
    name.length <= 253 && labels.every((part) => label.test(part)) && !allDigits.test(labels.at(-1) ?? "")
  )
}

/** Characters that end a host in a URL or are decoded in it: the conversion reads its input as the host of a URL. */
const hostDelimiter = /[\s/?#@:\\%[\]<>^|]/

const toAscii = (text: string): string | undefined => {
  const ascii = hostDelimiter.test(text) ? "" : domainToASCII(text)
  return ascii === "" ? undefined : ascii
}
