import { isDomainName, nameCharacter } from "./DomainName.ts"
import { parseIpAddress } from "./IpAddress.ts"

/** What text can be by its form, in the order in which it is tried. */
export const iocTypes = [
  "ipv4",
  "ipv6",
  "md5",
  "sha1",
  "sha256",
  "sha512",
  "url",
  "email",
  "domain",
  "unknown"
] as const

/** What `ioc.type` tells apart. */
export type IocType = (typeof iocTypes)[number]

/** Hexadecimal digits of each digest. */
const hashes: ReadonlyMap<number, IocType> = new Map([
  [32, "md5"],
  [40, "sha1"],
  [64, "sha256"],
  [128, "sha512"]
])

const url =
  /^(?:https?|ftps?):\/\/(?:[^\s/?#@\\]*@)?(?:\[([0-9a-f:.]+)\]|([^\s/?#@\\:[\]]+))(?::\d{1,5})?(?:[/?#]\S*)?$/i
const hostName = new RegExp(String.raw`^${nameCharacter}+(?:\.${nameCharacter}+)*\.?$`, "u")
const email = /^[^\s@<>"(),:;\\[\]]{1,64}@([^\s@]{1,253})$/

/**
 * The kind of indicator that the whole text is, by its form alone; nothing is looked up. Text that is defanged or has
 * spaces around it is `unknown`. An address with a colon is `ipv6`, an IPv4-mapped one too.
 */
export const iocTypeOf = (text: string): IocType => {
  if (parseIpAddress(text) !== undefined) return text.includes(":") ? "ipv6" : "ipv4"
  const hash = hashes.get(text.length)
  if (hash !== undefined && /^[0-9a-f]+$/i.test(text)) return hash
  if (isUrl(text)) return "url"
  if (isDomainName(email.exec(text)?.[1] ?? "")) return "email"
  return isDomainName(text) ? "domain" : "unknown"
}

const isUrl = (text: string): boolean => {
  const match = url.exec(text)
  if (match === null) return false
  const [, ipv6, name = ""] = match
  return ipv6 === undefined ? hostName.test(name) : ipv6.includes(":") && parseIpAddress(ipv6) !== undefined
}
