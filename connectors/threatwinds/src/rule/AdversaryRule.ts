import { accepted, refused, textRule } from "./AttributeRule.ts"
import { isMailbox } from "./EmailRule.ts"
import { fqdnRule } from "./FqdnRule.ts"
import { parseIpAddress } from "./IpAddress.ts"
import { isPhone } from "./PhoneRule.ts"
import { isRequestUri } from "./RequestUri.ts"
import { uuidRule } from "./UuidRule.ts"

/**
 * The name of a person or a group, as it is given: anything that is of no other kind. ThreatWinds takes a name that
 * starts with a word and a colon (`APT28: Sofacy`) or with a slash for a URL and refuses it.
 */
export const adversaryRule = textRule((text) => {
  const kind = kinds.find(([, is]) => is(text))?.[0]
  return kind === undefined ? accepted(text) : refused(`is ${kind}, not the name of an adversary`)
})

const kinds: ReadonlyArray<readonly [name: string, is: (text: string) => boolean]> = [
  ["a UUID", (text) => uuidRule.canonical(text).ok],
  ["an e-mail address", isMailbox],
  ["an IP address", (text) => parseIpAddress(text) !== undefined],
  ["a telephone number", isPhone],
  ["a domain name", (text) => fqdnRule.canonical(text).ok],
  ["a URL to ThreatWinds (a word and a colon, or a slash, at its start)", isRequestUri]
]
