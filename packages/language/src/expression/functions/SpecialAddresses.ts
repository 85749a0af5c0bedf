import { type IpAddress, type IpNetwork, isInNetwork, parseIpNetwork } from "./IpAddress.ts"

/** A row of the registries: the block, whether IANA calls it globally reachable, and who says so. */
type Row = readonly [block: string, isGloballyReachable: boolean, source: string]

/**
 * IANA's special-purpose address registries for IPv4 and IPv6 (RFC 6890, updated by RFC 8190), the more specific blocks
 * first. "N/A" in the column "globally reachable" counts as no. IPv4-mapped addresses are judged as IPv4 before.
 */
const rows: ReadonlyArray<Row> = [
  ["0.0.0.0/8", false, "RFC 791"],
  ["10.0.0.0/8", false, "RFC 1918"],
  ["100.64.0.0/10", false, "RFC 6598"],
  ["127.0.0.0/8", false, "RFC 1122"],
  ["169.254.0.0/16", false, "RFC 3927"],
  ["172.16.0.0/12", false, "RFC 1918"],
  ["192.0.0.9/32", true, "RFC 7723"],
  ["192.0.0.10/32", true, "RFC 8155"],
  ["192.0.0.0/24", false, "RFC 6890"],
  ["192.0.2.0/24", false, "RFC 5737"],
  ["192.31.196.0/24", true, "RFC 7535"],
  ["192.52.193.0/24", true, "RFC 7450"],
  ["192.88.99.0/24", false, "RFC 7526"],
  ["192.168.0.0/16", false, "RFC 1918"],
  ["192.175.48.0/24", true, "RFC 7534"],
  ["198.18.0.0/15", false, "RFC 2544"],
  ["198.51.100.0/24", false, "RFC 5737"],
  ["203.0.113.0/24", false, "RFC 5737"],
  ["240.0.0.0/4", false, "RFC 1112"],
  ["::/128", false, "RFC 4291"],
  ["::1/128", false, "RFC 4291"],
  ["64:ff9b::/96", true, "RFC 6052"],
  ["64:ff9b:1::/48", false, "RFC 8215"],
  ["100::/64", false, "RFC 6666"],
  ["100:0:0:1::/64", false, "RFC 9780"],
  ["2001::/32", false, "RFC 4380"],
  ["2001:1::1/128", true, "RFC 7723"],
  ["2001:1::2/128", true, "RFC 8155"],
  ["2001:1::3/128", true, "RFC 9665"],
  ["2001:2::/48", false, "RFC 5180"],
  ["2001:3::/32", true, "RFC 7450"],
  ["2001:4:112::/48", true, "RFC 7535"],
  ["2001:10::/28", false, "RFC 4843"],
  ["2001:20::/28", true, "RFC 7343"],
  ["2001:30::/28", true, "RFC 9374"],
  ["2001::/23", false, "RFC 2928"],
  ["2001:db8::/32", false, "RFC 3849"],
  ["2002::/16", false, "RFC 3056"],
  ["2620:4f:8000::/48", true, "RFC 7534"],
  ["3fff::/20", false, "RFC 9637"],
  ["5f00::/16", false, "RFC 9602"],
  ["fc00::/7", false, "RFC 4193"],
  ["fe80::/10", false, "RFC 4291"]
]

/** Networks of one purpose, v4 and v6 together. */
const networks = (...blocks: ReadonlyArray<string>): ReadonlyArray<IpNetwork> =>
  blocks.flatMap((block) => parseIpNetwork(block) ?? [])

const special = rows.map(([block, isGloballyReachable]) => ({
  isGloballyReachable,
  networks: networks(block)
}))

const privateUse = networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
const loopback = networks("127.0.0.0/8", "::1/128")
const linkLocal = networks("169.254.0.0/16", "fe80::/10")
const multicast = networks("224.0.0.0/4", "ff00::/8")
const unicast = networks("0.0.0.0/0", "2000::/3")

/** Private use: RFC 1918, and unique local addresses of RFC 4193. */
export const isPrivate = (address: IpAddress): boolean => isInAny(address, privateUse)

/** Loopback: RFC 1122 section 3.2.1.3 and RFC 4291 section 2.5.3. */
export const isLoopback = (address: IpAddress): boolean => isInAny(address, loopback)

/** Link-local unicast: RFC 3927 and RFC 4291 section 2.5.6. */
export const isLinkLocal = (address: IpAddress): boolean => isInAny(address, linkLocal)

/** Multicast: RFC 5771 and RFC 4291 section 2.7. */
export const isMulticast = (address: IpAddress): boolean => isInAny(address, multicast)

/** In a block of the special-purpose registries, globally reachable or not. */
export const isReserved = (address: IpAddress): boolean => entryOf(address) !== undefined

/**
 * Unicast that is reachable over the Internet: not multicast, not in a special-purpose block unless the registry says
 * that it is globally reachable, and for IPv6 within 2000::/3, all that IANA has given out as global unicast.
 */
export const isGlobal = (address: IpAddress): boolean =>
  entryOf(address)?.isGloballyReachable ?? (isInAny(address, unicast) && !isMulticast(address))

const entryOf = (address: IpAddress) => special.find((entry) => isInAny(address, entry.networks))

const isInAny = (address: IpAddress, blocks: ReadonlyArray<IpNetwork>): boolean =>
  blocks.some((block) => isInNetwork(address, block))
