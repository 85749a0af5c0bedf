import ipaddr from "ipaddr.js"

/** A block of addresses, the bits behind the prefix being 0; a single address has the full prefix length. */
export interface IpNetwork {
  /** 4 bytes for IPv4, 16 for IPv6. An IPv4-mapped IPv6 block is the IPv4 block. */
  readonly bytes: ReadonlyArray<number>
  readonly prefixLength: number
}

/**
 * The address (`a`) or block (`a/n`) that the text is: IPv4 as four decimal numbers without leading zeros, IPv6 as in
 * RFC 4291 section 2.2, without zone and brackets. Bits behind the prefix may be set in the text. Undefined when it is
 * none.
 */
export const parseIpNetwork = (text: string): IpNetwork | undefined => {
  const [, literal = "", prefix] = form.exec(text.trim()) ?? []
  const bytes = parseAddress(literal)
  if (bytes === undefined) return undefined
  const bits = bytes.length * 8
  const prefixLength = prefix === undefined ? bits : Number(prefix)
  if (prefixLength > bits) return undefined
  return isMapped(bytes) && prefixLength >= mappedPrefixLength
    ? masked(bytes.slice(mappedPrefix.length), prefixLength - mappedPrefixLength)
    : masked(bytes, prefixLength)
}

/** Is it one address, as `192.0.2.1` and `192.0.2.1/32` are? */
export const isSingleAddress = ({ bytes, prefixLength }: IpNetwork): boolean =>
  prefixLength === bytes.length * 8

/** Is it of IPv4? */
export const isIpv4 = ({ bytes }: IpNetwork): boolean => bytes.length === 4

/** The one way to write it: dotted decimal or RFC 5952 section 4, and `/n` unless it is a single address. */
export const formatIpNetwork = (network: IpNetwork): string => {
  const address = isIpv4(network)
    ? network.bytes.join(".")
    : new ipaddr.IPv6([...network.bytes]).toRFC5952String()
  return isSingleAddress(network) ? address : `${address}/${network.prefixLength}`
}

/** Have the two blocks an address in common? */
export const overlap = (left: IpNetwork, right: IpNetwork): boolean => {
  const prefixLength = Math.min(left.prefixLength, right.prefixLength)
  const common = masked(right.bytes, prefixLength).bytes
  return (
    left.bytes.length === right.bytes.length &&
    masked(left.bytes, prefixLength).bytes.every((byte, index) => byte === common[index])
  )
}

/** At most 45 characters of an address: `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255`. */
const form = /^([0-9A-Fa-f.:]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/

/** RFC 4291 section 2.5.5.2. */
const mappedPrefix: ReadonlyArray<number> = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
const mappedPrefixLength = 96

const isMapped = (bytes: ReadonlyArray<number>): boolean =>
  bytes.length === 16 && mappedPrefix.every((byte, index) => byte === bytes[index])

const masked = (bytes: ReadonlyArray<number>, prefixLength: number): IpNetwork => ({
  bytes: bytes.map((byte, index) => byte & maskAt(index, prefixLength)),
  prefixLength
})

const maskAt = (index: number, prefixLength: number): number =>
  (0xff << (8 - Math.min(8, Math.max(0, prefixLength - 8 * index)))) & 0xff

const parseAddress = (text: string): ReadonlyArray<number> | undefined => {
  if (!text.includes(":")) return parseIpv4(text)
  const tailStart = text.lastIndexOf(":") + 1
  const tail = text.slice(tailStart)
  if (!tail.includes(".")) return parseIpv6(text)
  const [a = 0, b = 0, c = 0, d = 0] = parseIpv4(tail) ?? []
  // The library takes `::1.2.3.4` for `::ffff:1.2.3.4`, which is another address: it is never shown a dotted tail.
  const groups = [a * 256 + b, c * 256 + d].map((group) => group.toString(16)).join(":")
  return parseIpv4(tail) && parseIpv6(text.slice(0, tailStart) + groups)
}

/** Four decimal numbers without leading zeros: others read `010.0.0.1` as octal (RFC 6943 section 3.1.1). */
const dottedDecimal = /^(?:0|[1-9]\d{0,2})\.(?:0|[1-9]\d{0,2})\.(?:0|[1-9]\d{0,2})\.(?:0|[1-9]\d{0,2})$/

/** Without the library, which takes octal, hexadecimal and shortened forms. */
const parseIpv4 = (text: string): ReadonlyArray<number> | undefined => {
  if (!dottedDecimal.test(text)) return undefined
  const bytes = text.split(".").map(Number)
  return bytes.every((byte) => byte <= 255) ? bytes : undefined
}

const parseIpv6 = (text: string): ReadonlyArray<number> | undefined =>
  text.includes(".") || !ipaddr.IPv6.isValid(text) ? undefined : ipaddr.IPv6.parse(text).toByteArray()
