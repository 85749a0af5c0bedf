import { nameCharacter } from "./DomainName.ts"
import { parseIpAddress } from "./IpAddress.ts"

/** What stands for `inner` in square, round or curly brackets, with a space inside or not. */
const bracketed = (inner: string): string =>
  String.raw`(?:\[[ \t]?${inner}[ \t]?\]|\([ \t]?${inner}[ \t]?\)|\{[ \t]?${inner}[ \t]?\})`

const colon = String.raw`(?::|${bracketed(":")})`
const slashes = String.raw`(?:\/\/|${bracketed(String.raw`\/\/`)}|${bracketed(String.raw`\/`)}{2})`
const spaces = String.raw`[ \t]{0,2}`

const schemes = new RegExp(
  String.raw`(?<![\p{L}\p{N}])([a-z][a-z0-9+*_.-]{1,15})(?:${bracketed(String.raw`:\/\/`)}|${colon}${slashes})`,
  "giu"
)

const dots = new RegExp(
  String.raw`(?<=${nameCharacter})${spaces}${bracketed(String.raw`(?:\.|dot)`)}${spaces}(?=${nameCharacter})`,
  "giu"
)

const ats = new RegExp(
  String.raw`(?<=[\p{L}\p{M}\p{N}._%+-])${spaces}${bracketed("(?:@|at)")}${spaces}(?=${nameCharacter}+\.${nameCharacter})`,
  "giu"
)

const addresses = new RegExp(
  String.raw`(?<![\p{L}\p{M}\p{N}_:.\]-])(?:[0-9a-f]{0,4}${colon}){2,8}(?:[0-9a-f]{1,4}(?:\.\d{1,3}){0,3})?(?!${nameCharacter})`,
  "giu"
)

const ports = new RegExp(String.raw`(?<=[\p{L}\p{N}])${bracketed(":")}(?=\d{1,5}(?!\d))`, "gu")

/**
 * The text with defanged indicators made live again, in any case of letters and with the brackets `[]`, `()`, `{}`:
 *
 * - `hxxp`, `hxxps`, `h**p`, `h__p`, `fxp`, `fxps` before `://`; and `[:]//`, `[://]`, `:[//]`, `[:][/][/]` after any
 *   scheme. A scheme becomes lower case unless all of it is in capitals.
 * - `[.]` and `[dot]` between characters of a name, with up to two spaces on each side.
 * - `[@]` and `[at]` in the same way, where a host with a dot follows.
 * - `[:]` in IPv6 addresses and before a port.
 *
 * `refang(defang(x)) == x` for an IPv4 or IPv6 address, domain name, URL or e-mail address `x`, provided that `x` has
 * none of these forms itself. The work is linear in the text.
 */
export const refang = (text: string): string =>
  text
    .replace(schemes, (_match, name: string) => `${refangScheme(name)}://`)
    .replace(dots, ".")
    .replace(ats, "@")
    .replace(addresses, refangIpv6)
    .replace(ports, ":")

const refangScheme = (name: string): string => {
  if (/^(?:https?|ftps?)$/i.test(name)) return name
  const match = /^(h[tx*_]{2}p|f[tx*_]p)(s?)$/i.exec(name)
  if (match === null) return name
  const live = (/^h/i.test(name) ? "http" : "ftp") + (match[2] ?? "").toLowerCase()
  return name === name.toUpperCase() ? live.toUpperCase() : live
}

const refangIpv6 = (match: string): string => {
  const address = match.replace(/[[\](){} \t]/g, "")
  return parseIpAddress(address) === undefined ? match : address
}
