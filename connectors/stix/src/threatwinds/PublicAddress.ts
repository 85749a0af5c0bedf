import { type IpNetwork, overlap, parseIpNetwork } from "../canonical/IpNetwork.ts"

/**
 * Why ThreatWinds does not take an address or a block, which it refuses if it is not of the public Internet; undefined
 * when it does. A block counts as what any of its addresses is. Addresses for documentation (`192.0.2.1`,
 * `2001:db8::1`) are taken.
 */
export const refusedAddress = (network: IpNetwork): string | undefined =>
  rules.find(({ blocks }) => blocks.some((block) => overlap(network, block)))?.name

const networks = (...blocks: ReadonlyArray<string>): ReadonlyArray<IpNetwork> =>
  blocks.flatMap((block) => parseIpNetwork(block) ?? [])

const rules: ReadonlyArray<{ readonly name: string; readonly blocks: ReadonlyArray<IpNetwork> }> = [
  { name: "an unspecified address", blocks: networks("0.0.0.0", "::") },
  // RFC 1918, RFC 4193.
  {
    name: "a private address",
    blocks: networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
  },
  // RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3.
  { name: "a loopback address", blocks: networks("127.0.0.0/8", "::1") },
  // RFC 3927, RFC 4291 section 2.5.6.
  { name: "a link-local address", blocks: networks("169.254.0.0/16", "fe80::/10") },
  // RFC 5771, RFC 4291 section 2.7.
  { name: "a multicast address", blocks: networks("224.0.0.0/4", "ff00::/8") }
]
