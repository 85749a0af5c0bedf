import { createHash } from "node:crypto"
import type { JsonObject } from "../json/JsonText.ts"
import type { FixtureDraft } from "./FixtureDraft.ts"

/** What makes one kind of object that is no indicator. */
export interface ObjectKind {
  readonly type: string
  readonly fields: (draft: FixtureDraft) => JsonObject
  /** Usual fields that it does not have. */
  readonly without?: ReadonlyArray<string>
}

/** The kinds of other objects in a round of fixtures, by name. */
export const objectKinds: { readonly [kind: string]: ObjectKind } = {
  malware: {
    type: "malware",
    fields: ({ index }) => ({
      name: `Umbral Loader ${index}`,
      is_family: true,
      malware_types: ["downloader"],
      aliases: [`UmbralLdr-${index}`, "Ombre"],
      first_seen: "2023-02-01T00:00:00Z"
    })
  },
  malwareSample: {
    type: "malware",
    fields: ({ index }) => ({
      name: `umbral-${index}.bin`,
      is_family: false,
      malware_types: ["remote-access-trojan"]
    })
  },
  threatActor: {
    type: "threat-actor",
    fields: ({ index }) => ({
      name: `Velvet Heron ${index}`,
      threat_actor_types: ["crime-syndicate"],
      sophistication: "advanced",
      primary_motivation: "personal-gain"
    })
  },
  intrusionSet: {
    type: "intrusion-set",
    fields: ({ index }) => ({ name: `Heron Nest ${index}`, aliases: ["HN"], resource_level: "organization" })
  },
  campaign: {
    type: "campaign",
    fields: ({ index }) => ({ name: `Night Ferry ${index}`, first_seen: "2025-11-01T00:00:00.5Z" })
  },
  attackPattern: {
    type: "attack-pattern",
    fields: ({ index }) => ({
      name: `Valid Accounts ${index}`,
      x_mitre_is_subtechnique: false,
      x_mitre_platforms: ["Windows", "Linux"],
      external_references: [
        { source_name: "mitre-attack", external_id: "T1078", url: "https://attack.example/T1078" },
        { source_name: "a blog", external_id: null, url: "", description: "" }
      ]
    })
  },
  tool: {
    type: "tool",
    fields: ({ index }) => ({ name: `TunnelBox ${index}`, tool_types: ["remote-access"] })
  },
  vulnerability: {
    type: "vulnerability",
    fields: ({ index }) => {
      const cve = `CVE-2025-${10_000 + (index % 80_000)}`
      return { name: cve, external_references: [{ source_name: "cve", external_id: cve }] }
    }
  },
  courseOfAction: { type: "course-of-action", fields: ({ index }) => ({ name: `Rotate keys (${index})` }) },
  infrastructure: {
    type: "infrastructure",
    fields: ({ index }) => ({ name: `Relay cluster ${index}`, infrastructure_types: ["command-and-control"] })
  },
  report: {
    type: "report",
    fields: (draft) => ({
      name: `FLINT ${draft.index} — Umbral Loader`,
      report_types: ["threat-report"],
      published: draft.created,
      object_refs: [draft.idOf("malware"), draft.idOf("domain"), draft.idOf("threatActor")],
      x_inthreat_uploaded_files: [
        {
          mime_type: "text/plain",
          sha256: createHash("sha256")
            .update(fixtureFile(draft.idOf("report")))
            .digest("hex"),
          file_name: `flint-${draft.index}.txt`
        }
      ]
    })
  },
  location: {
    type: "location",
    fields: () => ({ name: "Exampleland", region: "western-europe", country: "ZZ" })
  },
  sector: {
    type: "identity",
    fields: ({ index }) => ({ name: `Sector ${index}`, identity_class: "class", x_ic_is_sector: true })
  },
  note: {
    type: "note",
    fields: (draft) => ({ content: draft.prose(80), object_refs: [draft.idOf("malware")] })
  },
  sighting: {
    type: "sighting",
    fields: (draft) => ({
      sighting_of_ref: draft.idOf("ipv4"),
      count: 1 + draft.random.below(50),
      first_seen: draft.created,
      where_sighted_refs: [draft.idOf("sector")]
    })
  },
  domainIndicates: { type: "relationship", fields: related("domain", "indicates", "malware") },
  ipv4Indicates: { type: "relationship", fields: related("ipv4", "indicates", "malware") },
  hashesIndicate: { type: "relationship", fields: related("fourHashes", "indicates", "malwareSample") },
  urlIndicates: { type: "relationship", fields: related("url", "indicates", "intrusionSet") },
  uses: { type: "relationship", fields: related("intrusionSet", "uses", "malware") },
  targets: { type: "relationship", fields: related("intrusionSet", "targets", "sector") },
  mitigates: { type: "relationship", fields: related("courseOfAction", "mitigates", "malware") },
  revokedLink: {
    type: "relationship",
    fields: (draft) => ({ ...related("campaign", "attributed-to", "intrusionSet")(draft), revoked: true })
  },
  observable: {
    type: "ipv4-addr",
    fields: ({ ipv4 }) => ({
      value: `${ipv4}/32`,
      x_inthreat_tags: [
        { name: "asn:64500", valid_from: "2026-01-30T09:04:38Z", valid_until: "2026-03-30T09:04:38Z" }
      ]
    }),
    without: ["created", "modified", "created_by_ref", "revoked", "lang", "description"]
  },
  unknownType: {
    type: "x-acme-case",
    fields: (draft) => ({
      name: `Case ${draft.index}`,
      severity: 3,
      evidence: { refs: [draft.idOf("domain")] }
    })
  }
}

/** The text of the file that a fixture report has, by the id of the report. */
export const fixtureFile = (id: string): string =>
  `The full report ${id}.\nInvented, like everything in it.\n`

function related(source: string, type: string, target: string): (draft: FixtureDraft) => JsonObject {
  return ({ idOf }) => ({ relationship_type: type, source_ref: idOf(source), target_ref: idOf(target) })
}
