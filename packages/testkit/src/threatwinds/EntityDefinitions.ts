/** Some of the types of entities, with attributes as names and as objects: both are seen. */
export const entityDefinitions = [
  { type: "ip", description: "An IP address", attributes: ["asn", "aso", "country", "city"] },
  { type: "cidr", description: "A network", attributes: ["asn", "country"] },
  {
    type: "domain",
    description: "A registered domain name",
    attributes: [{ name: "whois-registrar", required: false }]
  },
  { type: "hostname", description: "The name of a host", attributes: [] },
  { type: "url", description: "An absolute URL", attributes: ["text"] },
  { type: "email-address", description: "An e-mail address", attributes: ["email-display-name"] },
  { type: "md5", description: "An MD5 hash", attributes: null },
  { type: "sha1", description: "A SHA-1 hash", attributes: null },
  { type: "sha256", description: "A SHA-256 hash", attributes: null },
  { type: "sha512", description: "A SHA-512 hash", attributes: null },
  { type: "sha3-256", description: "A SHA3-256 hash", attributes: null },
  { type: "file", description: "A file", attributes: ["md5", "sha1", "sha256", "filename", "size-in-bytes"] },
  { type: "malware", description: "A malware", attributes: ["malware-family"] },
  { type: "malware-family", description: "A family of malware", attributes: [] },
  { type: "adversary", description: "A threat actor", attributes: ["country"] },
  { type: "cve", description: "A vulnerability", attributes: ["text"] },
  { type: "asn", description: "A number of an autonomous system", attributes: ["aso"] }
] as const
