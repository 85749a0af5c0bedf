import type { Json } from "../packages/language/src/source/YamlNode.ts"

/** The `types` of a manifest for a page of STIX-like objects, as their author would write them. */
export const stixDefinitions: { readonly [name: string]: Json } = {
  types: {
    Page: {
      type: "object",
      properties: {
        items: { type: "array", items: { $ref: "#/types/StixObject" } },
        next_cursor: { type: ["string", "null"] }
      },
      required: ["items"]
    },
    StixObject: {
      discriminator: "type",
      oneOf: [
        { $ref: "#/types/Indicator" },
        { $ref: "#/types/Malware" },
        { $ref: "#/types/Relationship" },
        { $ref: "#/types/OtherObject" }
      ]
    },
    Common: {
      type: "object",
      "x-keep-unknown": true,
      properties: {
        id: { type: "string" },
        spec_version: { enum: ["2.0", "2.1"] },
        created: { type: "string", format: "date-time" },
        modified: { type: "string", format: "date-time" },
        created_by_ref: { type: "string" },
        revoked: { type: "boolean" },
        confidence: { type: "integer", minimum: 0, maximum: 100 },
        lang: { type: "string" },
        labels: { type: "array", items: { type: "string" } },
        object_marking_refs: { type: "array", items: { type: "string" } },
        external_references: { type: "array", items: { $ref: "#/types/ExternalReference" } }
      },
      required: ["id", "created", "modified"]
    },
    ExternalReference: {
      type: "object",
      properties: {
        source_name: { type: "string" },
        description: { type: "string" },
        url: { type: "string", format: "uri" },
        external_id: { type: "string" }
      },
      required: ["source_name"]
    },
    Indicator: {
      extends: "Common",
      type: "object",
      properties: {
        type: { const: "indicator" },
        name: { type: "string" },
        description: { type: "string" },
        pattern: { type: "string" },
        pattern_type: { enum: ["stix", "snort", "yara", "sigma"] },
        valid_from: { type: "string", format: "date-time" },
        valid_until: { type: "string", format: "date-time" },
        kill_chain_phases: { type: "array", items: { $ref: "#/types/KillChainPhase" } },
        indicator_types: { type: "array", items: { type: "string" } }
      },
      required: ["type", "pattern", "pattern_type", "valid_from"]
    },
    KillChainPhase: {
      type: "object",
      properties: { kill_chain_name: { type: "string" }, phase_name: { type: "string" } },
      required: ["kill_chain_name", "phase_name"]
    },
    Malware: {
      extends: "Common",
      type: "object",
      properties: {
        type: { const: "malware" },
        name: { type: "string" },
        description: { type: "string" },
        is_family: { type: "boolean" },
        aliases: { type: "array", items: { type: "string" } }
      },
      required: ["type", "name", "is_family"]
    },
    Relationship: {
      extends: "Common",
      type: "object",
      properties: {
        type: { const: "relationship" },
        relationship_type: { type: "string" },
        source_ref: { type: "string" },
        target_ref: { type: "string" },
        description: { type: "string" }
      },
      required: ["type", "relationship_type", "source_ref", "target_ref"]
    },
    OtherObject: {
      extends: "Common",
      type: "object",
      properties: { type: { type: "string" } },
      required: ["type"]
    }
  }
}

type Schemas = { readonly [name: string]: Json }

/** The same without bounds and formats, which are checked apart from types. */
export const withoutAssertions = (schemas: Schemas): Schemas =>
  Object.fromEntries(
    Object.entries(schemas)
      .filter(([keyword]) => !["format", "minimum", "maximum"].includes(keyword))
      .map(([keyword, inner]) => [keyword, stripped(inner)])
  )

const stripped = (value: Json): Json => {
  if (isList(value)) return value.map(stripped)
  return typeof value === "object" && value !== null ? withoutAssertions(value) : value
}

/** `Array.isArray` alone does not narrow a readonly array. */
const isList = (value: Json): value is ReadonlyArray<Json> => Array.isArray(value)

/** A page of made-up objects as JSON text, the same in every run: five of eight are indicators, one is of another type. */
export const stixPage = (count: number): string =>
  JSON.stringify({ items: Array.from({ length: count }, (_, index) => stixObject(index)), next_cursor: null })

/** The object at a place of an endless feed, about 1.4 kB as JSON, the same in every run. */
export const stixObject = (index: number): { readonly [name: string]: Json } => {
  const digits = index.toString(16).padStart(12, "0")
  const time = `2026-0${1 + (index % 9)}-1${index % 10}T0${index % 10}:15:3${index % 10}.${String(index % 1000).padStart(3, "0")}Z`
  const kind =
    ["indicator", "malware", "indicator", "relationship", "indicator", "indicator", "x-note", "indicator"][
      index % 8
    ] ?? ""
  const common = {
    type: kind,
    spec_version: "2.1",
    id: `${kind}--5d1f8a3c-77aa-4b1e-9c55-${digits}`,
    created_by_ref: "identity--9b0a61ac-1111-4c2f-8a3b-0d3f6c8e2a10",
    created: time,
    modified: time,
    revoked: index % 50 === 0,
    confidence: index % 101,
    lang: "en",
    labels: ["c2", "phishing", `campaign-${index % 37}`],
    object_marking_refs: ["marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"],
    external_references: [
      {
        source_name: "Example Threat Research",
        description: "Report on infrastructure that was seen with this object in the last quarter",
        url: `https://research.example.org/reports/2026/${digits}`
      },
      { source_name: "example-tracker", external_id: `EX-${index}` }
    ],
    x_ic_is_in_flint: false,
    x_ic_observable_types: ["domain-name"],
    x_ic_deprecated: false,
    x_note:
      "Seen by three sensors in two regions; passive DNS agrees with the resolution at that time. ".repeat(2)
  }
  switch (kind) {
    case "indicator":
      return {
        ...common,
        name: `login-${digits}.example.net`,
        description: "Domain that serves a copied sign-in page and forwards what is typed to a second host.",
        pattern: `[domain-name:value = 'login-${digits}.example.net']`,
        pattern_type: "stix",
        valid_from: time,
        valid_until: "2027-01-01T00:00:00Z",
        kill_chain_phases: [{ kill_chain_name: "lockheed-martin-cyber-kill-chain", phase_name: "delivery" }],
        indicator_types: ["malicious-activity"]
      }
    case "malware":
      return {
        ...common,
        name: "ExampleLoader",
        description: "Loader that fetches its modules over DNS. ".repeat(8),
        is_family: true,
        aliases: ["ExLoad", "Loader.Ex"]
      }
    case "relationship":
      return {
        ...common,
        relationship_type: "indicates",
        source_ref: `indicator--5d1f8a3c-77aa-4b1e-9c55-${digits}`,
        target_ref: "malware--5d1f8a3c-77aa-4b1e-9c55-000000000001",
        description: "The indicator was extracted from a sample of the family. ".repeat(6)
      }
    default:
      return { ...common, content: "An analyst's note that the schema knows nothing about. ".repeat(8) }
  }
}
