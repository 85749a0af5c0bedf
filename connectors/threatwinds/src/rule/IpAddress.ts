import ipaddr from "ipaddr.js"

/** An address; an IPv4-mapped IPv6 address (`::ffff:8.8.8.8`) is the IPv4 address that it stands for. */
export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6

/**
 * The address that the text is: IPv4 as four decimal numbers without leading zeros, IPv6 as in RFC 4291 section 2.2,
 * without brackets, zone (`%eth0`) or prefix length. Undefined when it is not.
 */
export const parseIpAddress = (text: string): IpAddress | undefined => {
  const address = parseUnmapped(text)
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}

/** As {@link parseIpAddress}, but an IPv4-mapped address stays IPv6. */
export const parseUnmapped = (text: string): IpAddress | undefined => {
  if (text.length > maxLength) return undefined
  if (dottedDecimal.test(text)) return ipaddr.IPv4.isValid(text) ? ipaddr.IPv4.parse(text) : undefined
  const groups = withoutDots(text)
  if (groups === undefined || !ipaddr.IPv6.isValid(groups)) return undefined
  return ipaddr.IPv6.parse(groups)
}

/** The one way to write the address: RFC 5952 section 4 for IPv6, dotted decimal for IPv4. */
export const formatIpAddress = (address: IpAddress): string =>
  address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString()

/** The first address of the block of that prefix: the bits after the prefix are 0. */
export const firstAddress = (address: IpAddress, prefix: number): IpAddress =>
  ipaddr.fromByteArray(
    address.toByteArray().map((byte, index) => {
      const kept = Math.min(Math.max(prefix - index * 8, 0), 8)
      return byte & (0xff << (8 - kept))
    })
  )

/**
 * What kind of address it is that nobody else can reach, such as `private`; undefined for one that ThreatWinds takes.
 * It takes the documentation ranges (192.0.2.0/24, 2001:db8::/32) and shared ones (100.64.0.0/10) as well.
 */
export const unreachableKind = (address: IpAddress): string | undefined =>
  unreachable.find(([, block]) => block[0].kind() === address.kind() && address.match(block))?.[0]

/** The longest text of an address: `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255`. */
const maxLength = 45

/** Others read `010.0.0.1` as octal (RFC 6943 section 3.1.1), so a leading zero is no address. */
const dottedDecimal = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/
const colonHex = /^[0-9a-f:]{2,39}$/i
const colonHexWithIpv4 = /^([0-9a-f:]{1,29}:)([0-9.]{7,15})$/i

/** What Go's `net.IP` calls IsPrivate, IsLoopback, IsLinkLocalUnicast, IsMulticast and IsUnspecified. */
const unreachable: ReadonlyArray<readonly [kind: string, block: [IpAddress, number]]> = [
  ["private", ipaddr.parseCIDR("10.0.0.0/8")],
  ["private", ipaddr.parseCIDR("172.16.0.0/12")],
  ["private", ipaddr.parseCIDR("192.168.0.0/16")],
  ["private", ipaddr.parseCIDR("fc00::/7")],
  ["loopback", ipaddr.parseCIDR("127.0.0.0/8")],
  ["loopback", ipaddr.parseCIDR("::1/128")],
  ["link-local", ipaddr.parseCIDR("169.254.0.0/16")],
  ["link-local", ipaddr.parseCIDR("fe80::/10")],
  ["multicast", ipaddr.parseCIDR("224.0.0.0/4")],
  ["multicast", ipaddr.parseCIDR("ff00::/8")],
  ["unspecified", ipaddr.parseCIDR("0.0.0.0/32")],
  ["unspecified", ipaddr.parseCIDR("::/128")]
]

/** The IPv6 text with a dotted IPv4 end as two groups: the library reads `::1.2.3.4` as IPv4-mapped, which it is not. */
const withoutDots = (text: string): string | undefined => {
  if (colonHex.test(text)) return text
  const [, groups, dotted] = colonHexWithIpv4.exec(text) ?? []
  if (groups === undefined || dotted === undefined || !dottedDecimal.test(dotted)) return undefined
  if (!ipaddr.IPv4.isValid(dotted)) return undefined
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(dotted).octets
  return `${groups}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
}
