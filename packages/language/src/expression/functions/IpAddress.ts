import ipaddr from "ipaddr.js"

/** An address; an IPv4-mapped IPv6 address (`::ffff:10.0.0.1`) is the IPv4 address that it stands for. */
export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6

/** A block of addresses: those whose first `prefixLength` bits are those of `address`. */
export interface IpNetwork {
  readonly address: IpAddress
  readonly prefixLength: number
}

/** Four decimal numbers without leading zeros: others read `010.0.0.1` as octal (RFC 6943 section 3.1.1). */
const dottedDecimal = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/

/** Hexadecimal groups and colons, with or without a dotted IPv4 address at the end; the library does the rest. */
const colonHex = /^([0-9a-f:]{2,39})$/i
const colonHexWithIpv4 = /^([0-9a-f:]{1,29}:)([0-9.]{7,15})$/i

/** The longest text of an address: `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255`. */
const maxLength = 45

/**
 * The address that the text is: IPv4 as four decimal numbers, IPv6 as in RFC 4291 section 2.2, without brackets,
 * zone (`%eth0`) or prefix length. Undefined when it is not.
 */
export const parseIpAddress = (text: string): IpAddress | undefined => {
  const address = parseLiteral(text)
  return address instanceof ipaddr.IPv6 && isMapped(address) ? address.toIPv4Address() : address
}

/**
 * The block that the text is: an address, `/` and a prefix length in decimal. Bits after the prefix may be set. A block
 * of IPv4-mapped addresses (`::ffff:10.0.0.0/104`) is the IPv4 block. Undefined when it is not a block.
 */
export const parseIpNetwork = (text: string): IpNetwork | undefined => {
  const match = /^([^/]{2,45})\/(0|[1-9]\d{0,2})$/.exec(text)
  const address = parseLiteral(match?.[1] ?? "")
  const prefixLength = Number(match?.[2])
  if (address === undefined || prefixLength > bitsOf(address)) return undefined
  if (address instanceof ipaddr.IPv6 && prefixLength >= 96 && isMapped(address)) {
    return { address: address.toIPv4Address(), prefixLength: prefixLength - 96 }
  }
  return { address, prefixLength }
}

/** Is the address in the block? An IPv4 address is in no IPv6 block. */
export const isInNetwork = (address: IpAddress, network: IpNetwork): boolean =>
  address.kind() === network.address.kind() && address.match(network.address, network.prefixLength)

/** The one way to write the address: RFC 5952 section 4 for IPv6, dotted decimal for IPv4. */
export const formatIpAddress = (address: IpAddress): string =>
  address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString()

/** The first address of the block, the bits after the prefix being 0. */
export const firstAddress = ({ address, prefixLength }: IpNetwork): IpAddress => {
  const bytes = address.toByteArray().map((byte, index) => byte & maskAt(index, prefixLength))
  return ipaddr.fromByteArray(bytes)
}

const maskAt = (index: number, prefixLength: number): number =>
  (0xff << (8 - Math.min(8, Math.max(0, prefixLength - 8 * index)))) & 0xff

/** RFC 4291 section 2.5.5.2. */
const mapped = ipaddr.IPv6.parse("::ffff:0:0")

const isMapped = (address: ipaddr.IPv6): boolean => address.match(mapped, 96)

const bitsOf = (address: IpAddress): number => (address instanceof ipaddr.IPv6 ? 128 : 32)

const parseLiteral = (text: string): IpAddress | undefined => {
  if (text.length > maxLength) return undefined
  if (!text.includes(":")) return parseIpv4(text)
  const match = colonHex.exec(text) ?? colonHexWithIpv4.exec(text)
  if (match === null) return undefined
  const [, groups = "", ipv4] = match
  if (ipv4 === undefined) return parseIpv6(groups)
  const tail = parseIpv4(ipv4)
  return tail === undefined ? undefined : parseIpv6(groups + hexGroupsOf(tail))
}

/** Checked in full before, so that the library's octal, hexadecimal and shortened forms are never reached. */
const parseIpv4 = (text: string): ipaddr.IPv4 | undefined => {
  if (!dottedDecimal.test(text)) return undefined
  const bytes = text.split(".").map(Number)
  return bytes.every((byte) => byte <= 255) ? new ipaddr.IPv4(bytes) : undefined
}

const parseIpv6 = (text: string): ipaddr.IPv6 | undefined =>
  ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined

/** The library takes `::1.2.3.4` for `::ffff:1.2.3.4`, which is another address: it is never shown a dotted tail. */
const hexGroupsOf = ({ octets: [a = 0, b = 0, c = 0, d = 0] }: ipaddr.IPv4): string =>
  `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
