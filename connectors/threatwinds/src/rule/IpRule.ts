import { accepted, refused, textRule } from "./AttributeRule.ts"
import { formatIpAddress, parseIpAddress, unreachableKind } from "./IpAddress.ts"

/** An IPv4 or IPv6 address in its one form (RFC 5952); an IPv4-mapped one is IPv4. Others must be able to reach it. */
export const ipRule = textRule((text) => {
  const address = parseIpAddress(text)
  if (address === undefined) return refused(text.includes("/") ? notOneAddress : notAnAddress)
  const kind = unreachableKind(address)
  return kind === undefined
    ? accepted(formatIpAddress(address))
    : refused(`must be a public address, not one that is ${kind}`)
})

const notAnAddress = "is not an IPv4 or IPv6 address, such as 8.8.8.8 or 2001:db8::68"
const notOneAddress = 'is not one address; report a network as type "cidr"'
