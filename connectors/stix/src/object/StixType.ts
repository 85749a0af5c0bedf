/** The object types of STIX 2.1, sections 4 to 7. */
const specified: ReadonlySet<string> = new Set(
  [
    "attack-pattern campaign course-of-action grouping identity incident indicator infrastructure intrusion-set",
    "location malware malware-analysis note observed-data opinion report threat-actor tool vulnerability",
    "relationship sighting language-content extension-definition marking-definition",
    "artifact autonomous-system directory domain-name email-addr email-message file ipv4-addr ipv6-addr mac-addr mutex",
    "network-traffic process software url user-account windows-registry-key x509-certificate"
  ].flatMap((line) => line.split(" "))
)

/** Is the type one of the specification's? Others are extensions, such as `x-mitre-tactic`. */
export const isSpecifiedType = (type: string): boolean => specified.has(type)
