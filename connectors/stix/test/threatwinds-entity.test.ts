import { describe, expect, it } from "@effect/vitest"
import { entityValueOf } from "../src/threatwinds/EntityValue.ts"
import { contextEntityOf } from "../src/threatwinds/ContextEntity.ts"
import type { SubmissionOptions } from "../src/threatwinds/Submission.ts"
import {
  type ThreatWindsEntity,
  type ThreatWindsMapping,
  toThreatWindsEntities,
  toThreatWindsEntity
} from "../src/threatwinds/ThreatWindsEntity.ts"
import { at, digest, indicator, observableOf, tlp } from "./Fixtures.ts"
import { anyJson, holdsFor } from "./Property.ts"

const now = at("2024-06-01T00:00:00Z")
const ip = "[ipv4-addr:value = '203.0.113.9']"

const mapping = (
  pattern: string,
  fields: Readonly<Record<string, unknown>> = {},
  options: Partial<SubmissionOptions> = {}
): ThreatWindsMapping =>
  toThreatWindsEntity(observableOf(pattern), indicator(pattern, fields), { at: now, ...options })

const entity = (...args: Parameters<typeof mapping>): ThreatWindsEntity => {
  const result = mapping(...args)
  return result.mappable ? result.entity : expect.fail(result.detail)
}

describe("the entity type and attribute of a value", () => {
  it.each([
    [ip, "ip", "203.0.113.9"],
    ["[ipv4-addr:value = '8.8.8.8/32']", "ip", "8.8.8.8"],
    ["[ipv4-addr:value = '1.1.1.1/16']", "cidr", "1.1.0.0/16"],
    ["[ipv6-addr:value = '2001:0DB8::0068']", "ip", "2001:db8::68"],
    ["[ipv6-addr:value = '2606:4700::/32']", "cidr", "2606:4700::/32"],
    ["[ipv6-addr:value = '::ffff:8.8.8.8']", "ip", "8.8.8.8"],
    ["[domain-name:value = 'Evil.Example']", "domain", "evil.example"],
    ["[domain-name:value = 'evil.co.uk']", "domain", "evil.co.uk"],
    ["[domain-name:value = 'www.evil.example']", "hostname", "www.evil.example"],
    ["[domain-name:value = 'www.evil.co.uk']", "hostname", "www.evil.co.uk"],
    ["[domain-name:value = 'bücher.example']", "domain", "xn--bcher-kva.example"],
    ["[url:value = 'HTTPS://Evil.Example/Path?q=A']", "url", "https://evil.example/Path?q=A"],
    ["[email-addr:value = 'Eve@Evil.example']", "email-address", "eve@evil.example"],
    ["[email-addr:display_name = 'Eve']", "email-display-name", "eve"],
    ["[email-message:subject = 'Invoice']", "email-subject", "invoice"],
    [`[file:hashes.MD5 = '${digest.md5}']`, "md5", digest.md5],
    [`[file:hashes.'SHA-1' = '${digest.sha1}']`, "sha1", digest.sha1],
    [`[file:hashes.'SHA-256' = '${digest.sha256}']`, "sha256", digest.sha256],
    [`[file:hashes.'SHA-512' = '${digest.sha512}']`, "sha512", digest.sha512],
    [`[file:hashes.'SHA3-256' = '${digest.sha256}']`, "sha3-256", digest.sha256],
    [`[file:hashes.'SHA3-512' = '${digest.sha512}']`, "sha3-512", digest.sha512],
    ["[file:name = 'Evil.EXE']", "filename", "evil.exe"],
    [String.raw`[directory:path = 'C:\\Temp']`, "path", String.raw`c:\temp`],
    ["[mac-addr:value = 'aa:bb:cc:00:11:22']", "mac-address", "AA-BB-CC-00-11-22"],
    [String.raw`[windows-registry-key:key = 'HKLM\\Evil']`, "regkey", String.raw`hklm\evil`],
    ["[autonomous-system:number = 64496]", "asn", 64_496],
    ["[autonomous-system:name = 'Evil AS']", "aso", "evil as"],
    [`[x509-certificate:hashes.'SHA-1' = '${digest.sha1}']`, "certificate-fingerprint", digest.sha1],
    ["[x509-certificate:issuer = 'CN=Evil']", "issuer", "cn=evil"],
    ["[process:command_line = 'Evil -X']", "command", "Evil -X"],
    ["[process:name = 'Evil.exe']", "process", "evil.exe"],
    ["[user-account:user_id = 'Eve']", "username", "eve"],
    ["[network-traffic:dst_ref.value = 'a.example']", "domain", "a.example"],
    ["[text:value = 'Evil']", "text", "evil"],
    ["[phone-number:value = '+1-202-555-0155']", "phone", "+12025550155"],
    ["[address:value = '1 Main St']", "postal-address", "1 main st"]
  ])("%s", (pattern, type, value) => {
    expect(entity(pattern)).toMatchObject({ type, attributes: { [type]: value } })
    expect(Object.keys(entity(pattern).attributes)).toEqual([type])
  })

  it("the port of a connection is associated", () => {
    const pattern = "[network-traffic:dst_ref.value = '203.0.113.9' AND network-traffic:dst_port = 82]"
    expect(mapping(pattern)).toMatchObject({
      entity: {
        type: "ip",
        associations: [{ mode: "association", type: "port", attributes: { port: "82/tcp" } }]
      },
      flags: ["compound"]
    })
  })
})

describe("values that ThreatWinds refuses", () => {
  it.each([
    ["[ipv4-addr:value = '10.0.0.1']", "a private address"],
    ["[ipv4-addr:value = '172.31.255.255']", "a private address"],
    ["[ipv4-addr:value = '192.168.0.0/24']", "a private address"],
    ["[ipv4-addr:value = '8.0.0.0/5']", "a private address"],
    ["[ipv4-addr:value = '127.0.0.1']", "a loopback address"],
    ["[ipv4-addr:value = '169.254.1.1']", "a link-local address"],
    ["[ipv4-addr:value = '224.0.0.1']", "a multicast address"],
    ["[ipv4-addr:value = '0.0.0.0']", "an unspecified address"],
    ["[ipv4-addr:value = '10.0.0.0/0']", "an unspecified address"],
    ["[ipv6-addr:value = '::']", "an unspecified address"],
    ["[ipv6-addr:value = '::1']", "a loopback address"],
    ["[ipv6-addr:value = 'fe80::1']", "a link-local address"],
    ["[ipv6-addr:value = 'fd00::1']", "a private address"],
    ["[ipv6-addr:value = 'ff02::1']", "a multicast address"],
    ["[ipv6-addr:value = '::ffff:10.0.0.1']", "a private address"],
    ["[domain-name:value = 'a_b.example']", "a name with an underscore"],
    ["[domain-name:value = 'localhost']", "a name of one label"],
    ["[domain-name:value = '例え.テスト']", "a name under an internationalised top-level domain"],
    ["[domain-name:value = 'evil.a1']", "a name whose top-level domain is not 2 to 20 letters"],
    ["[domain-name:value = 'evil.x']", "a name whose top-level domain is not 2 to 20 letters"],
    ["[domain-name:value = '-evil.example']", "a name with a malformed label"],
    ["[domain-name:value = 'e---vil.example']", "a name with a malformed label"],
    ["[url:value = 'evil.example/path']", "a URL without a scheme"],
    ["[url:value = 'file:///etc/passwd']", "a URL without a host"],
    ["[url:value = 'http://evil.example/a b']", "a URL with a blank or a control character"],
    ["[url:value = 'http://evil.example/%zz']", "a URL with a malformed percent escape"],
    ["[email-addr:value = 'eve']", "a malformed e-mail address"],
    ["[email-addr:value = '@evil.example']", "a malformed e-mail address"],
    ["[email-addr:value = 'eve@']", "a malformed e-mail address"],
    ["[email-addr:value = 'e ve@evil.example']", "a malformed e-mail address"],
    ["[email-addr:value = 'e..ve@evil.example']", "a malformed e-mail address"],
    ["[directory:path = 'http://evil.example']", "a path that is a URL"]
  ])("%s is not mappable: %s", (pattern, what) => {
    expect(mapping(pattern)).toEqual({
      mappable: false,
      reason: "refused-value",
      detail: `ThreatWinds takes no such value: ${what}`
    })
  })

  it("addresses for documentation are taken", () => {
    for (const address of ["192.0.2.1", "203.0.113.1", "198.51.100.1", "2001:db8::1"]) {
      expect(entityValueOf("ipv4-addr", address)).toEqual({ type: "ip", value: address })
    }
  })

  it("a value that is none of its kind, and one that is too long, are refused whoever gives them", () => {
    expect(entityValueOf("md5", "f00")).toEqual({ refused: "a value that is none of kind md5" })
    expect(entityValueOf("file-name", "€".repeat(30_000))).toEqual({
      refused: "a value of more than 65536 bytes"
    })
  })
})

describe("reputation", () => {
  it.each([
    [["benign"], 79, 1],
    [["benign"], null, 1],
    [["benign"], 80, 2],
    [["malicious-activity"], 100, -3],
    [["malicious-activity"], 80, -3],
    [["malicious-activity"], 79, -2],
    [["malicious-activity"], 50, -2],
    [["malicious-activity"], 49, -1],
    [["malicious-activity"], 0, -1],
    [["malicious-activity"], null, -1],
    [["attribution"], 80, -3],
    [["compromised"], 50, -2],
    [["anomalous-activity"], 100, -1],
    [["anonymization"], null, -1],
    [["anomalous-activity", "malicious-activity"], 100, -3],
    [[], 80, -2],
    [[], 50, -1],
    [[], 49, 0],
    [[], null, 0],
    [undefined, 100, -2],
    [["unknown"], 100, -2],
    [["malicious-activity"], 101, -1],
    [["malicious-activity"], "100", -1],
    [["malicious-activity"], 99.5, -1]
  ])("of %j with confidence %j is %i", (types, confidence, reputation) => {
    const result = mapping(ip, { indicator_types: types, confidence })
    expect(result).toMatchObject({ mappable: true, entity: { reputation }, flags: [] })
  })

  it.each([[["benign", "malicious-activity"]], [["benign", "anonymization"]]])(
    "of %j is 0, and the conflict is told",
    (types) => {
      const result = mapping(ip, { indicator_types: types, confidence: 100 })
      expect(result).toMatchObject({ entity: { reputation: 0 }, flags: ["conflict"] })
    }
  )
})

describe("life cycle", () => {
  it.each([
    ["revoked", { revoked: true, indicator_types: ["benign"] }],
    ["expired", { valid_until: "2024-06-01T00:00:00Z" }],
    ["not-yet-active", { valid_from: "2024-06-02T00:00:00Z" }]
  ])("an indicator that is %s is never submitted", (reason, fields) => {
    expect(mapping(ip, fields)).toMatchObject({ mappable: false, reason })
    expect(mapping(ip, fields, { overrideMarking: true, visibleBy: ["group"] })).toMatchObject({ reason })
  })

  it("a deprecated one is, with the flag", () => {
    expect(mapping(ip, { x_ic_deprecated: true })).toMatchObject({ mappable: true, flags: ["deprecated"] })
  })
})

describe("marking", () => {
  it.each([
    ["TLP:WHITE", [tlp.white]],
    ["TLP:GREEN", [tlp.green]],
    ["TLP:CLEAR of version 2", [tlp.clear2]],
    ["TLP:GREEN of version 2", [tlp.green2]],
    ["a statement beside TLP:WHITE", ["marking-definition--d81f86b9-975b-4c0b-875e-810c5ad45a4f", tlp.white]]
  ])("%s may leave", (_, markings) => {
    expect(mapping(ip, { object_marking_refs: markings })).toMatchObject({ mappable: true, flags: [] })
  })

  it.each([
    ["TLP:AMBER", [tlp.amber]],
    ["TLP:RED", [tlp.red]],
    ["TLP:AMBER", [tlp.amber2]],
    ["TLP:AMBER+STRICT", [tlp.amberStrict2]],
    ["TLP:RED", [tlp.red2]],
    ["TLP:RED", [tlp.white, tlp.red, tlp.green]],
    ["not marked, which counts as TLP:AMBER", undefined],
    ["not marked, which counts as TLP:AMBER", null],
    ["not marked, which counts as TLP:AMBER", []],
    ["not marked, which counts as TLP:AMBER", "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"],
    ["not marked, which counts as TLP:AMBER", ["marking-definition--d81f86b9-975b-4c0b-875e-810c5ad45a4f"]],
    ["not marked, which counts as TLP:AMBER", [tlp.white, 5]]
  ])("%s may not: %j", (text, markings) => {
    expect(mapping(ip, { object_marking_refs: markings })).toEqual({
      mappable: false,
      reason: "marking",
      detail: `the indicator is ${text}`
    })
  })

  it("a part that is marked stricter makes the whole stricter, one that is marked more open does not open it", () => {
    const part = (id: string) => ({ granular_markings: [{ marking_ref: id, selectors: ["pattern"] }] })
    expect(mapping(ip, part(tlp.red))).toMatchObject({ reason: "marking" })
    expect(mapping(ip, part(tlp.white))).toMatchObject({ mappable: true })
    expect(mapping(ip, { object_marking_refs: [], ...part(tlp.white) })).toMatchObject({ reason: "marking" })
  })

  it("an override needs both the word and the groups that may see the entity", () => {
    const fields = { object_marking_refs: [tlp.red] }
    expect(mapping(ip, fields, { overrideMarking: true })).toMatchObject({ reason: "marking" })
    expect(mapping(ip, fields, { overrideMarking: true, visibleBy: [] })).toMatchObject({ reason: "marking" })
    expect(mapping(ip, fields, { visibleBy: ["group"] })).toMatchObject({ reason: "marking" })
    expect(mapping(ip, fields, { overrideMarking: true, visibleBy: ["group"] })).toMatchObject({
      entity: { visibleBy: ["group"] },
      flags: ["marking-overridden"]
    })
  })
})

describe("what goes along", () => {
  const malware = {
    type: "malware",
    id: "malware--1",
    name: "Evil Bot",
    is_family: false,
    object_marking_refs: [tlp.green]
  }

  it("the whole entity, in the form of the ingest request", () => {
    const fields = {
      indicator_types: ["malicious-activity"],
      confidence: 100,
      kill_chain_phases: [{ kill_chain_name: "lockheed-martin-cyber-kill-chain", phase_name: "Delivery" }]
    }
    expect(mapping(ip, fields, { visibleBy: ["group"], indicated: [malware] })).toEqual({
      mappable: true,
      entity: {
        type: "ip",
        attributes: { ip: "203.0.113.9" },
        associations: [{ mode: "association", type: "malware", attributes: { malware: "evil bot" } }],
        reputation: -3,
        correlate: [],
        tags: ["malicious-activity", "delivery", "evil bot"],
        visibleBy: ["group"]
      },
      flags: []
    })
  })

  it("tags are in lower case, each once, none empty", () => {
    const fields = {
      indicator_types: ["Benign", "benign"],
      kill_chain_phases: [{ phase_name: " " }, { phase_name: "C2" }]
    }
    expect(entity(ip, fields).tags).toEqual(["benign", "c2"])
  })

  it("visibleBy is left out when the caller names no groups", () => {
    expect(Object.keys(entity(ip))).not.toContain("visibleBy")
  })

  it("an indicated object that may not leave, or has no type, is left out and told", () => {
    const amber = { ...malware, name: "Secret", object_marking_refs: [tlp.amber] }
    const result = mapping(
      ip,
      {},
      { indicated: [amber, { type: "tool", name: "x", object_marking_refs: [tlp.green] }, null] }
    )
    expect(result).toMatchObject({ entity: { associations: [], tags: [] }, flags: ["indicated-left-out"] })
    expect(
      entity(ip, {}, { indicated: [amber], overrideMarking: true, visibleBy: ["group"] }).associations
    ).toEqual([])
  })

  it("compound and partial observables are told", () => {
    const pattern = "[ipv4-addr:value = '203.0.113.9' AND file:size > 5]"
    expect(mapping(pattern)).toMatchObject({ mappable: true, flags: ["compound", "partial"] })
  })
})

describe("objects with a name", () => {
  it.each([
    [
      { type: "malware", name: "Evil Bot" },
      { type: "malware", value: "evil bot" }
    ],
    [
      { type: "malware", name: "Evil", is_family: true },
      { type: "malware-family", value: "evil" }
    ],
    [
      { type: "intrusion-set", name: "APT 99" },
      { type: "adversary", value: "apt 99" }
    ],
    [
      { type: "threat-actor", name: "Evil Ltd" },
      { type: "adversary", value: "evil ltd" }
    ],
    [
      { type: "vulnerability", name: "CVE-2021-44228" },
      { type: "cve", value: "cve-2021-44228" }
    ],
    [{ type: "vulnerability", name: "Log4Shell" }, { refused: "a vulnerability without a CVE number" }],
    [{ type: "malware", name: " " }, { refused: "an object without a name" }],
    [{ type: "malware" }, { refused: "an object without a name" }]
  ])("%j", (object, expected) => {
    expect(contextEntityOf(object)).toEqual(expected)
  })

  it.each([
    "tool",
    "campaign",
    "attack-pattern",
    "course-of-action",
    "identity",
    "marking-definition",
    "report",
    "note"
  ])("%s has no entity type", (type) => {
    expect(contextEntityOf({ type, name: "Evil" })).toEqual({ refused: "an object without an entity type" })
  })

  it.each([
    "evil.example",
    "eve@evil.example",
    "https://evil.example",
    "123e4567-e89b-12d3-a456-426655440000",
    "192.0.2.1",
    "+1-202-555-0155"
  ])("an adversary is not called %s", (name) => {
    expect(contextEntityOf({ type: "intrusion-set", name })).toEqual({
      refused: "an adversary whose name looks like an observable"
    })
  })
})

describe("all entities of an indicator", () => {
  const all = (pattern: string): ReadonlyArray<ThreatWindsEntity> =>
    toThreatWindsEntities(indicator(pattern), { at: now }).map(({ mapping }) =>
      mapping.mappable ? mapping.entity : expect.fail(mapping.detail)
    )
  const md5 = `file:hashes.MD5 = '${digest.md5}'`
  const sha1 = `file:hashes.'SHA-1' = '${digest.sha1}'`
  const sha256 = `file:hashes.'SHA-256' = '${digest.sha256}'`
  const sha512 = `file:hashes.'SHA-512' = '${digest.sha512}'`

  it("a file known by several hashes is one entity, identified by its MD5", () => {
    expect(all(`[${md5} OR ${sha1} OR ${sha256} OR ${sha512}]`)).toMatchObject([
      {
        type: "file",
        attributes: { file: digest.md5, md5: digest.md5, sha1: digest.sha1, sha256: digest.sha256 },
        correlate: ["sha256", "sha1", "md5"],
        associations: [{ mode: "aggregation", type: "sha512", attributes: { sha512: digest.sha512 } }]
      }
    ])
  })

  it("SHA3-256 identifies a file before MD5 does", () => {
    const [file] = all(`[${md5} OR file:hashes.'SHA3-256' = '${digest.sha256}']`)
    expect(file?.attributes).toEqual({ file: digest.sha256, md5: digest.md5, "sha3-256": digest.sha256 })
  })

  it("without either the strongest hash is the entity, and the others are parts of it: never a file by SHA-256", () => {
    expect(all(`[${sha1} OR ${sha256}]`)).toMatchObject([
      {
        type: "sha256",
        attributes: { sha256: digest.sha256 },
        correlate: [],
        associations: [{ mode: "aggregation", type: "sha1", attributes: { sha1: digest.sha1 } }]
      }
    ])
  })

  it("values that are not of one file are entities of their own, in order", () => {
    const certificates = `x509-certificate:hashes.MD5 = '${digest.md5}' OR x509-certificate:hashes.'SHA-1' = '${digest.sha1}'`
    const pattern = `[domain-name:value = 'a.example' OR ${md5} OR ${sha1}] OR [${certificates}]`
    expect(all(pattern).map(({ type }) => type)).toEqual([
      "domain",
      "file",
      "certificate-fingerprint",
      "certificate-fingerprint"
    ])
  })

  it("each refused value is told beside its observable, and one refusal of the indicator is told for all", () => {
    const pattern = "[ipv4-addr:value = '10.0.0.1' OR ipv4-addr:value = '8.8.8.8']"
    expect(toThreatWindsEntities(indicator(pattern), { at: now })).toMatchObject([
      { observables: [{ canonical: "10.0.0.1" }], mapping: { reason: "refused-value" } },
      { observables: [{ canonical: "8.8.8.8" }], mapping: { mappable: true } }
    ])
    const revoked = toThreatWindsEntities(indicator(pattern, { revoked: true }), { at: now })
    expect(revoked.map(({ mapping }) => mapping.mappable)).toEqual([false, false])
  })

  it.effect("any JSON is mapped to nothing, without throwing", () =>
    holdsFor(anyJson, (input) => {
      const { mappable } = toThreatWindsEntity(observableOf(ip), input, { at: now, indicated: [input] })
      return !mappable && toThreatWindsEntities(input, { at: now }).length === 0
    })
  )
})
