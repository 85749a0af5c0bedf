import { adversaryRule } from "./rule/AdversaryRule.ts"
import type { AttributeRule } from "./rule/AttributeRule.ts"
import { base64Rule } from "./rule/Base64Rule.ts"
import { cidrRule } from "./rule/CidrRule.ts"
import { dateRule, datetimeRule } from "./rule/DateRule.ts"
import { emailRule } from "./rule/EmailRule.ts"
import { fileRule } from "./rule/FileRule.ts"
import { floatRule } from "./rule/FloatRule.ts"
import { fqdnRule } from "./rule/FqdnRule.ts"
import { hashRule, hexRule } from "./rule/HexRule.ts"
import { integerRule } from "./rule/IntegerRule.ts"
import { ipRule } from "./rule/IpRule.ts"
import { macRule } from "./rule/MacRule.ts"
import { mimeRule } from "./rule/MimeRule.ts"
import { pathRule } from "./rule/PathRule.ts"
import { phoneRule } from "./rule/PhoneRule.ts"
import { placeRule } from "./rule/PlaceRule.ts"
import { portRule } from "./rule/PortRule.ts"
import { regexRule } from "./rule/RegexRule.ts"
import { caseSensitiveTextRule, textInLowerCaseRule } from "./rule/TextRule.ts"
import { urlRule } from "./rule/UrlRule.ts"
import { uuidRule } from "./rule/UuidRule.ts"

/** ThreatWinds' data types with the rule of each. The names are ThreatWinds' own. */
export const dataTypes = {
  String: textInLowerCaseRule,
  "Case-sensitive string": caseSensitiveTextRule,
  Adversary: adversaryRule,
  BASE64: base64Rule,
  CIDR: cidrRule,
  City: placeRule,
  Country: placeRule,
  Date: dateRule,
  Datetime: datetimeRule,
  Email: emailRule,
  FQDN: fqdnRule,
  Float: floatRule,
  Hexadecimal: hexRule,
  IP: ipRule,
  Integer: integerRule,
  MAC: macRule,
  MD5: hashRule("MD5", 32, 16),
  "MIME type": mimeRule,
  Path: pathRule,
  Phone: phoneRule,
  Port: portRule,
  Regex: regexRule,
  "SHA-1": hashRule("SHA-1", 40),
  "SHA-224": hashRule("SHA-224", 56),
  "SHA-256": hashRule("SHA-256", 64),
  "SHA-384": hashRule("SHA-384", 96),
  "SHA-512": hashRule("SHA-512", 128),
  "SHA3-224": hashRule("SHA3-224", 56),
  "SHA3-256": hashRule("SHA3-256", 64),
  "SHA3-384": hashRule("SHA3-384", 96),
  "SHA3-512": hashRule("SHA3-512", 128),
  "SHA512-224": hashRule("SHA512-224", 56),
  "SHA512-256": hashRule("SHA512-256", 64),
  URL: urlRule,
  UUID: uuidRule,
  "UUID|MD5|SHA3-256": fileRule
} as const satisfies Record<string, AttributeRule>

/** The name of a data type. */
export type DataType = keyof typeof dataTypes
