import { canonicalValue } from "../canonical/CanonicalValue.ts"
import { foldedText } from "../canonical/FoldedText.ts"
import { partsOfUrl } from "../canonical/UrlText.ts"
import { fieldOf, type JsonObject } from "../object/FieldReader.ts"
import { refusedDomain } from "./DomainEntity.ts"
import type { RefusedValue } from "./EntityValue.ts"

/** What an object is associated as: its type and its name. */
export interface ContextEntity {
  readonly type: "malware" | "malware-family" | "adversary" | "cve"
  readonly value: string
}

/**
 * The entity that an object with a name is in ThreatWinds: malware (`malware-family` for a family), an intrusion set or
 * a threat actor (`adversary`), a vulnerability (`cve`). It is something to associate, not to look up. Other objects
 * have no type there.
 */
export const contextEntityOf = (object: JsonObject): ContextEntity | RefusedValue => {
  const type = fieldOf(object, "type")
  const name = fieldOf(object, "name")
  if (typeof type !== "string" || !named.has(type)) return { refused: "an object without an entity type" }
  const value = typeof name === "string" ? foldedText(name).trim() : ""
  if (value === "") return { refused: "an object without a name" }
  switch (type) {
    case "malware":
      return { type: fieldOf(object, "is_family") === true ? "malware-family" : "malware", value }
    case "vulnerability":
      return cve.test(value) ? { type: "cve", value } : { refused: "a vulnerability without a CVE number" }
    default:
      return looksTechnical(value)
        ? { refused: "an adversary whose name looks like an observable" }
        : { type: "adversary", value }
  }
}

const named: ReadonlySet<string> = new Set(["malware", "intrusion-set", "threat-actor", "vulnerability"])
const cve = /^cve-\d{4}-\d{4,19}$/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** ThreatWinds takes no adversary called like a URL, a UUID, an e-mail or IP address, a phone number or a host. */
const looksTechnical = (name: string): boolean =>
  uuid.test(name) ||
  partsOfUrl(name) !== undefined ||
  canonicalValue("ipv4-addr", name) !== undefined ||
  canonicalValue("phone-number", name) !== undefined ||
  refusedDomain(name.slice(name.lastIndexOf("@") + 1)) === undefined
