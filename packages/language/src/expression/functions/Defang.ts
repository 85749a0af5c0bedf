import { isDomainName, nameCharacter } from "./DomainName.ts"
import { parseIpAddress } from "./IpAddress.ts"

const dot = String.raw`(?:\.|\[\.\])`
const colon = String.raw`(?::|\[:\])`
const scheme = String.raw`(?<![\p{L}\p{N}])(?:https?|hxxps?|ftps?|fxps?)${colon}\/\/`

/** A scheme and the authority after it (RFC 3986 section 3.2); the rest goes on to the next scheme. */
const url =
  String.raw`(?<scheme>${scheme})` +
  String.raw`(?<authority>(?:(?!${scheme})[^\s<>"'\x60,;\/?#])*)` +
  String.raw`(?<rest>(?:[\/?#](?:(?!${scheme})[^\s<>"'\x60])*)?)`

/** Names joined by dots, up to a scheme that follows without a space. */
const name = String.raw`(?:(?!${scheme})${nameCharacter})+`
const host = String.raw`${name}(?:${dot}${name})+`

const email =
  String.raw`(?<![\p{L}\p{M}\p{N}._%+-])(?<local>[\p{L}\p{M}\p{N}._%+-]{1,64})` +
  String.raw`(?:@|\[@\])(?<mailHost>${host})`

/** Two to eight colons with up to four hexadecimal digits before each, then the last group or an IPv4 address. */
const ipv6 =
  String.raw`(?<![\p{L}\p{M}\p{N}_:.\]-])` +
  String.raw`(?<ipv6>(?:[0-9a-f]{0,4}${colon}){2,8}(?:[0-9a-f]{1,4}(?:${dot}\d{1,3}){0,3})?)(?!${nameCharacter})`

/** A `/` that is not the second one, or a `\`, begins a part of a path. */
const lone = String.raw`(?<!${nameCharacter}|(?<!\/)\/|\\)(?<host>${host})`

const indicators = new RegExp(`${url}|${email}|${ipv6}|${lone}`, "giu")
const hosts = new RegExp(lone, "giu")
const innerDots = new RegExp(String.raw`(?<=${nameCharacter})\.(?=${nameCharacter})`, "gu")

/**
 * The text with the indicators in it made harmless, so that no program makes links of them.
 *
 * - The schemes `http`, `https`, `ftp`, `ftps` become `hxxp`, `hxxps`, `fxp`, `fxps`; one in mixed case keeps its
 *   letters and gets `[:]//`. What follows the host in a URL stays as it is.
 * - Dots become `[.]` in the host of a URL, in domain names, in IPv4 addresses and in the host of an e-mail address,
 *   whose `@` becomes `[@]`. Colons become `[:]` in IPv6 addresses that have a decimal digit, outside of URLs.
 * - What a domain name is, `isDomainName` says: `e.g.`, `1.2.3` and `report.pdf` are none. Names that follow a single
 *   `/` or a `\` are parts of a path and stay.
 *
 * What is defanged already stays: `defang(defang(x)) == defang(x)`. The work is linear in the text.
 */
export const defang = (text: string): string => replaceMatches(text, indicators, defangIndicator)

type Groups = { readonly [name: string]: string | undefined }

const replaceMatches = (
  text: string,
  expression: RegExp,
  replacement: (match: string, groups: Groups) => string
): string => {
  let out = ""
  let end = 0
  for (const match of text.matchAll(expression)) {
    out += text.slice(end, match.index) + replacement(match[0], match.groups ?? {})
    end = match.index + match[0].length
  }
  return out + text.slice(end)
}

const defangIndicator = (match: string, groups: Groups): string => {
  const { scheme: start, authority = "", rest = "", local = "", mailHost } = groups
  if (start !== undefined) return defangScheme(start) + defangDots(authority) + rest
  if (mailHost !== undefined) return isHost(mailHost) ? `${local}[@]${defangDots(mailHost)}` : match
  return groups.ipv6 === undefined ? defangHost(match) : defangIpv6(match)
}

/** `match` is a scheme with its `://`, live or defanged. */
const defangScheme = (match: string): string => {
  const letters = match.slice(0, match.search(/[:[]/))
  if (match.includes("[") || /x/i.test(letters)) return match
  if (letters === letters.toLowerCase()) return `${letters.replaceAll("t", "x")}://`
  return letters === letters.toUpperCase() ? `${letters.replaceAll("T", "X")}://` : `${letters}[:]//`
}

const defangDots = (text: string): string => text.replace(innerDots, "[.]")

const defangHost = (match: string): string => (isHost(match) ? defangDots(match) : match)

const defangIpv6 = (match: string): string => {
  const address = match.replace(/[[\]]/g, "")
  if (!/\d/.test(address) || parseIpAddress(address) === undefined) {
    return replaceMatches(match, hosts, defangHost)
  }
  return address.replace(/[.:]/g, "[$&]")
}

/** A domain name or an IPv4 address; dots may be defanged. */
const isHost = (text: string): boolean => {
  const live = text.replaceAll("[.]", ".")
  return isDomainName(live) || parseIpAddress(live) !== undefined
}
