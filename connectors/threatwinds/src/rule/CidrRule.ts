import ipaddr from "ipaddr.js"
import { accepted, refused, textRule } from "./AttributeRule.ts"
import { firstAddress, formatIpAddress, type IpAddress, parseUnmapped, unreachableKind } from "./IpAddress.ts"

/**
 * A network: its first address, `/` and the prefix length; `1.1.1.1/16` is `1.1.0.0/16`. Stricter than ThreatWinds,
 * which looks at the address as it is given: the first address must be public too, or the canonical form would be
 * refused when it is sent (`8.8.8.8/0`).
 */
export const cidrRule = textRule((text) => {
  const network = parseNetwork(text)
  if (network === undefined) return refused(notANetwork)
  const first = firstAddress(network.address, network.prefix)
  const kind = unreachableKind(network.address) ?? unreachableKind(first)
  if (kind !== undefined) return refused(`must be a public network, not one that is ${kind}`)
  return accepted(`${formatIpAddress(first)}/${network.prefix}`)
})

const notANetwork = "is not a network, such as 8.8.8.0/24 or 2001:db8::/32"

/** Bits that an IPv4-mapped address has before those of IPv4. */
const mappedBits = 96

const parseNetwork = (text: string): { readonly address: IpAddress; readonly prefix: number } | undefined => {
  const [, before, after] = /^([^/]{2,45})\/(0|[1-9]\d{0,2})$/.exec(text) ?? []
  if (before === undefined || after === undefined) return undefined
  const address = parseUnmapped(before)
  const prefix = Number(after)
  if (address === undefined || prefix > address.toByteArray().length * 8) return undefined
  if (!(address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress())) return { address, prefix }
  // A block that is wider than all of IPv4 has no form that both families share.
  return prefix < mappedBits ? undefined : { address: address.toIPv4Address(), prefix: prefix - mappedBits }
}
