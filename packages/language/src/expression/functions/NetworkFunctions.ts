import * as Type from "../../types/Type.ts"
import type { Evaluation } from "../Evaluation.ts"
import { type FunctionDefinition, overload } from "../FunctionDefinition.ts"
import { fn } from "./Define.ts"
import {
  firstAddress,
  formatIpAddress,
  type IpAddress,
  type IpNetwork,
  isInNetwork,
  parseIpAddress,
  parseIpNetwork
} from "./IpAddress.ts"
import { text } from "./Params.ts"
import { isGlobal, isLinkLocal, isLoopback, isMulticast, isPrivate, isReserved } from "./SpecialAddresses.ts"

/**
 * Questions about IP addresses and networks. What is asked about the text of an event is false when the text is not an
 * address; what an author writes (a network) and what gives text must be right, or it is an error.
 */
export const networkFunctions: ReadonlyArray<FunctionDefinition> = [
  predicate("ip.isValid", "Is the text an IP address", () => true, [
    ['ip.isValid("2001:db8::1")', "true"],
    ['ip.isValid("010.0.0.1")', "false"],
    ['ip.isValid("fe80::1%eth0")', "false"]
  ]),
  fn("network", "ip.version", {
    doc: "4 or 6. An IPv4-mapped address (`::ffff:10.0.0.1`) is version 4. Fails when the text is not an IP address.",
    overloads: [
      overload(
        [text("address")],
        Type.intOf(4, 6),
        (value, c) => (requireAddress(value, c).kind() === "ipv4" ? 4 : 6),
        {
          fallible: true
        }
      )
    ],
    examples: [
      ['ip.version("10.0.0.1")', "4"],
      ['ip.version("2001:db8::1")', "6"]
    ]
  }),
  predicate("ip.isPrivate", "Is it an address for private use (RFC 1918, fc00::/7)", isPrivate, [
    ['ip.isPrivate("172.31.255.255")', "true"],
    ['ip.isPrivate("::ffff:10.0.0.1")', "true"],
    ['ip.isPrivate("8.8.8.8")', "false"]
  ]),
  predicate("ip.isLoopback", "Is it a loopback address (127.0.0.0/8, ::1)", isLoopback, [
    ['ip.isLoopback("127.1.2.3")', "true"],
    ['ip.isLoopback("::1")', "true"]
  ]),
  predicate("ip.isLinkLocal", "Is it a link-local address (169.254.0.0/16, fe80::/10)", isLinkLocal, [
    ['ip.isLinkLocal("169.254.169.254")', "true"]
  ]),
  predicate("ip.isMulticast", "Is it a multicast address (224.0.0.0/4, ff00::/8)", isMulticast, [
    ['ip.isMulticast("ff02::1")', "true"]
  ]),
  predicate(
    "ip.isReserved",
    "Is it in a block of IANA's special-purpose registries: private, loopback, link-local, documentation, benchmarking and others (multicast is none of them)",
    isReserved,
    [
      ['ip.isReserved("192.0.2.7")', "true"],
      ['ip.isReserved("100.64.0.1")', "true"],
      ['ip.isReserved("1.1.1.1")', "false"]
    ]
  ),
  predicate(
    "ip.isGlobal",
    "Is it a unicast address that is reachable over the Internet, by IANA's registries",
    isGlobal,
    [
      ['ip.isGlobal("1.1.1.1")', "true"],
      ['ip.isGlobal("2606:4700::1111")', "true"],
      ['ip.isGlobal("100.64.0.1")', "false"]
    ]
  ),
  fn("network", "ip.normalize", {
    doc: "The one way to write the address: lower case and shortened as in RFC 5952 for IPv6, an IPv4-mapped address as its IPv4 address. Two addresses are the same when this is. Fails when the text is not an IP address.",
    overloads: [
      overload([text("address")], Type.string, (value, c) => formatIpAddress(requireAddress(value, c)), {
        fallible: true
      })
    ],
    examples: [
      ['ip.normalize("2001:0DB8:0:0:1:0:0:1")', '"2001:db8::1:0:0:1"'],
      ['ip.normalize("::ffff:a00:1")', '"10.0.0.1"']
    ]
  }),
  fn("network", "cidr.isValid", {
    doc: "Is the text a network in CIDR notation: an IP address, `/` and a prefix length? Bits after the prefix may be set.",
    overloads: [
      overload([text("network")], Type.bool, (value, c) => networkOf(value, c) !== undefined, {
        fallible: true
      })
    ],
    examples: [
      ['cidr.isValid("10.0.0.0/8")', "true"],
      ['cidr.isValid("10.0.0.0/33")', "false"]
    ]
  }),
  fn("network", "cidr.contains", {
    doc: "Is the address, or the whole of the network, in the first network? False when the second text is neither; fails when the first is not a network. IPv4 is never in an IPv6 network.",
    overloads: [overload([text("network"), text("ipOrNetwork")], Type.bool, contains, { fallible: true })],
    examples: [
      ['cidr.contains("10.0.0.0/8", "10.1.2.3")', "true"],
      ['cidr.contains("10.0.0.0/8", "10.1.0.0/16")', "true"],
      ['cidr.contains("2001:db8::/32", "2001:db9::1")', "false"]
    ]
  }),
  fn("network", "cidr.network", {
    doc: "The network in its one way to write it: the first address as `ip.normalize` writes it, `/` and the prefix length. Fails when the text is not a network.",
    overloads: [
      overload(
        [text("network")],
        Type.string,
        (value, c) => {
          const network = requireNetwork(value, c)
          return `${formatIpAddress(firstAddress(network))}/${network.prefixLength}`
        },
        { fallible: true }
      )
    ],
    examples: [['cidr.network("10.1.2.3/8")', '"10.0.0.0/8"']]
  }),
  fn("network", "cidr.prefixLength", {
    doc: "The prefix length of the network. Fails when the text is not a network.",
    overloads: [
      overload([text("network")], Type.int, (value, c) => requireNetwork(value, c).prefixLength, {
        fallible: true
      })
    ],
    examples: [['cidr.prefixLength("2001:db8::/32")', "32"]]
  })
]

/** An address is short, but to read it is not free. */
const parseSteps = 50

function predicate(
  name: string,
  question: string,
  holds: (address: IpAddress) => boolean,
  examples: ReadonlyArray<readonly [expression: string, result: string]>
): FunctionDefinition {
  return fn("network", name, {
    doc: `${question}? An IPv4-mapped IPv6 address is judged as its IPv4 address. False for text that is not an IP address.`,
    overloads: [
      overload(
        [text("address")],
        Type.bool,
        (value, c) => {
          const address = addressOf(value, c)
          return address !== undefined && holds(address)
        },
        { fallible: true }
      )
    ],
    examples
  })
}

function addressOf(value: string, c: Evaluation): IpAddress | undefined {
  c.spend(parseSteps)
  return parseIpAddress(value)
}

function networkOf(value: string, c: Evaluation): IpNetwork | undefined {
  c.spend(parseSteps)
  return parseIpNetwork(value)
}

function requireAddress(value: string, c: Evaluation): IpAddress {
  return (
    addressOf(value, c) ?? c.fail("SP1308", `the text of ${value.length} characters is not an IP address`)
  )
}

function requireNetwork(value: string, c: Evaluation): IpNetwork {
  return (
    networkOf(value, c) ??
    c.fail("SP1308", `the text of ${value.length} characters is not a network such as 10.0.0.0/8`)
  )
}

function contains(outer: string, inner: string, c: Evaluation): boolean {
  const network = requireNetwork(outer, c)
  const block = inner.includes("/") ? networkOf(inner, c) : undefined
  if (block !== undefined)
    return block.prefixLength >= network.prefixLength && isInNetwork(block.address, network)
  const address = addressOf(inner, c)
  return address !== undefined && isInNetwork(address, network)
}
