import { describe, expect, it } from "@effect/vitest"
import { extractBatch } from "../src/observable/ObservableBatch.ts"
import { extractObservables } from "../src/observable/Observables.ts"
import { digest, indicator, observableOf, observablesOf } from "./Fixtures.ts"
import { anyJson, holdsFor } from "./Property.ts"

const skippedOf = (pattern: string): ReadonlyArray<string> =>
  extractObservables(indicator(pattern)).skipped.map(({ reason }) => reason)

const canonicalOf = (pattern: string): ReadonlyArray<string> =>
  observablesOf(pattern).map(({ kind, canonical }) => `${kind} ${canonical}`)

describe("the table of observable types", () => {
  const sha3 = digest.sha256
  it.each([
    ["[ipv4-addr:value = '198.51.100.7']", "ipv4-addr", "198.51.100.7", "ipv4-addr"],
    ["[ipv4-addr:value = '198.51.100.7/32']", "ipv4-addr", "198.51.100.7", "ipv4-addr"],
    ["[ipv4-addr:value = '198.51.100.7/24']", "cidr", "198.51.100.0/24", "ipv4-addr"],
    ["[ipv6-addr:value = '2001:DB8:0:0::7']", "ipv6-addr", "2001:db8::7", "ipv6-addr"],
    ["[ipv6-addr:value = '2001:db8::7/128']", "ipv6-addr", "2001:db8::7", "ipv6-addr"],
    ["[ipv6-addr:value = '2001:db8::7/32']", "cidr", "2001:db8::/32", "ipv6-addr"],
    ["[ipv6-addr:value = '::ffff:198.51.100.7']", "ipv4-addr", "198.51.100.7", "ipv4-addr"],
    ["[domain-name:value = 'WWW.Example.COM.']", "domain-name", "www.example.com", "domain-name"],
    ["[url:value = 'HTTP://Example.COM/Path']", "url", "http://example.com/Path", "url"],
    ["[email-addr:value = 'Someone@Example.com']", "email-addr", "someone@example.com", "email-addr"],
    ["[email-addr:display_name = 'Some One']", "email-display-name", "some one", "email-addr"],
    ["[email-message:subject = 'Your Invoice']", "email-subject", "your invoice", "email-message"],
    [`[file:hashes.MD5 = '${digest.md5.toUpperCase()}']`, "md5", digest.md5, "file"],
    [`[file:hashes.'SHA-1' = '${digest.sha1}']`, "sha1", digest.sha1, "file"],
    [`[file:hashes.'SHA-224' = '${digest.sha224}']`, "sha224", digest.sha224, "file"],
    [`[file:hashes.'SHA-256' = '${digest.sha256}']`, "sha256", digest.sha256, "file"],
    [`[file:hashes.'SHA-384' = '${digest.sha384}']`, "sha384", digest.sha384, "file"],
    [`[file:hashes.'SHA-512' = '${digest.sha512}']`, "sha512", digest.sha512, "file"],
    [`[file:hashes.'SHA3-256' = '${sha3}']`, "sha3-256", sha3, "file"],
    [`[file:hashes.'SHA3-512' = '${digest.sha512}']`, "sha3-512", digest.sha512, "file"],
    ["[file:name = 'Invoice.EXE']", "file-name", "invoice.exe", "file"],
    [String.raw`[directory:path = 'C:\\Temp']`, "path", String.raw`c:\temp`, "directory"],
    [String.raw`[file:parent_directory_ref.path = 'C:\\Temp']`, "path", String.raw`c:\temp`, "directory"],
    ["[mac-addr:value = 'AA-BB-CC-00-11-22']", "mac-addr", "aa:bb:cc:00:11:22", "mac-addr"],
    [
      String.raw`[windows-registry-key:key = 'HKLM\\Software\\Evil']`,
      "registry-key",
      String.raw`hklm\software\evil`,
      "windows-registry-key"
    ],
    ["[autonomous-system:number = 64496]", "asn", "64496", "autonomous-system"],
    ["[autonomous-system:name = 'Example AS']", "as-name", "example as", "autonomous-system"],
    [
      `[x509-certificate:hashes.'SHA-1' = '${digest.sha1}']`,
      "certificate-fingerprint",
      digest.sha1,
      "x509-certificate"
    ],
    ["[x509-certificate:issuer = 'CN=Evil CA']", "certificate-issuer", "cn=evil ca", "x509-certificate"],
    ["[process:command_line = 'Evil.exe -X']", "command-line", "Evil.exe -X", "process"],
    ["[process:name = 'Evil.exe']", "process-name", "evil.exe", "process"],
    ["[user-account:account_login = 'Eve']", "user-name", "eve", "user-account"],
    ["[user-account:user_id = 'Eve']", "user-name", "eve", "user-account"],
    ["[text:value = 'Some Text']", "text", "some text", "text"],
    ["[phone-number:value = '+1 (202) 555-0155']", "phone-number", "+12025550155", "phone-number"],
    ["[address:value = '1 Main St']", "postal-address", "1 main st", "address"]
  ])("%s", (pattern, kind, canonical, stixType) => {
    expect(observableOf(pattern)).toMatchObject({
      kind,
      canonical,
      stixType,
      role: "single",
      compound: false,
      partial: false
    })
  })

  it.each([
    "[file:hashes.SSDEEP = '3:abc:def']",
    "[file:hashes.TLSH = 'T1abc']",
    "[mutex:name = 'evil']",
    "[software:name = 'evil']",
    "[artifact:payload_bin = 'AA==']",
    "[x509-certificate:serial_number = '01']",
    "[individual:value = 'Eve']",
    "[organization:value = 'Evil Ltd']",
    "[x-usb-device:usbdrive.serial_number = '1']",
    "[file:hashes.'a.b' = 'x']",
    "[file:'hashes.MD5' = 'x']",
    "[email-addr:'value.x' = 'x']"
  ])("%s has no look-up and is reported", (pattern) => {
    expect(extractObservables(indicator(pattern))).toMatchObject({
      observables: [],
      partial: true,
      skipped: [{ reason: "unmapped-path", path: pattern.slice(1, pattern.indexOf(" ")) }]
    })
  })
})

describe("which objects are read", () => {
  it.each([
    ["malware", { type: "malware" }, "not-an-indicator"],
    ["an indicator without a pattern", { pattern: undefined }, "no-pattern"],
    ["an indicator whose pattern is no string", { pattern: 5 }, "no-pattern"],
    ["an indicator with an empty pattern", { pattern: "" }, "no-pattern"],
    ["YARA", { pattern_type: "yara", pattern: "rule x { condition: true }" }, "other-pattern-language"],
    ["Snort", { pattern_type: "snort" }, "other-pattern-language"],
    ["Sigma", { pattern_type: "sigma" }, "other-pattern-language"],
    ["PCRE", { pattern_type: "pcre" }, "other-pattern-language"],
    ["Suricata", { pattern_type: "suricata" }, "other-pattern-language"],
    ["SPL", { pattern_type: "spl" }, "other-pattern-language"],
    ["a pattern_type that is no string", { pattern_type: 1 }, "other-pattern-language"]
  ])("%s gives nothing, with the reason", (_, fields, reason) => {
    const extraction = extractObservables(indicator("[url:value = 'http://a.example']", fields))
    expect(extraction).toMatchObject({ observables: [], skipped: [{ reason }] })
  })

  it.each([null, undefined, 5, "indicator", [], [indicator("[url:value = 'http://a.example']")]])(
    "%j is no object and gives nothing",
    (input) => {
      expect(extractObservables(input)).toMatchObject({
        observables: [],
        skipped: [{ reason: "not-an-indicator" }]
      })
    }
  )

  it("an indicator without pattern_type, or with null, has a STIX pattern", () => {
    for (const patternType of [undefined, null]) {
      const input = indicator("[url:value = 'http://a.example']", { pattern_type: patternType })
      expect(extractObservables(input).observables).toHaveLength(1)
    }
  })

  it("a pattern that cannot be read gives its error and no value, and the name is never taken instead", () => {
    const input = indicator("[ipv4-addr:value = '198.51.100.7'", { name: "198.51.100.7" })
    expect(extractObservables(input)).toMatchObject({
      indicatorId: input.id,
      observables: [],
      skipped: [
        {
          reason: "invalid-pattern",
          detail: 'expected "]", "AND" or "OR", found the end of the pattern (line 1, column 34)'
        }
      ],
      error: { offset: 33, line: 1, column: 34 }
    })
  })

  it("malformed fields are reported and count as absent", () => {
    const input = indicator("[url:value = 'http://a.example']", {
      id: 7,
      confidence: 101,
      revoked: "no",
      valid_until: "2024-01-01",
      indicator_types: ["benign", 1],
      kill_chain_phases: [{}, { phase_name: "delivery" }]
    })
    expect(extractObservables(input)).toMatchObject({
      indicatorId: undefined,
      observables: [{ kind: "url" }],
      problems: [
        { field: "id" },
        { field: "revoked" },
        { field: "valid_until" },
        { field: "indicator_types" },
        { field: "confidence", message: '"confidence" is a whole number from 0 to 100' },
        { field: "kill_chain_phases" }
      ]
    })
  })

  it("null means absent and is no problem", () => {
    const input = indicator("[url:value = 'http://a.example']", {
      confidence: null,
      valid_until: null,
      indicator_types: null
    })
    expect(extractObservables(input).problems).toEqual([])
  })

  it("fields of the object's prototype are not read", () => {
    const input: unknown = Object.create(indicator("[url:value = 'http://a.example']"))
    expect(extractObservables(input)).toMatchObject({ skipped: [{ reason: "not-an-indicator" }] })
  })

  it.effect("any JSON is read without throwing", () =>
    holdsFor(anyJson, (input) => extractObservables(input).observables.length === 0)
  )
})

describe("which tests give a value", () => {
  it("equality gives one, IN one for each member", () => {
    expect(canonicalOf("[url:value == 'http://a.example']")).toEqual(["url http://a.example"])
    expect(canonicalOf("[ipv4-addr:value IN ('198.51.100.7', '198.51.100.8/31')]")).toEqual([
      "ipv4-addr 198.51.100.7",
      "cidr 198.51.100.8/31"
    ])
  })

  it.each(["!=", "LIKE", "MATCHES", "ISSUPERSET", "<", ">=", "ISSUBSET"])(
    "%s gives none and makes the rest partial",
    (operator) => {
      const extraction = extractObservables(
        indicator(`[url:value ${operator} 'http://a.example'] OR [domain-name:value = 'b.example']`)
      )
      expect(extraction).toMatchObject({
        partial: true,
        observables: [{ canonical: "b.example", partial: true }],
        skipped: [{ reason: "operator", detail: `${operator} gives no value to look up`, path: "url:value" }]
      })
    }
  )

  it("ISSUBSET of a block of addresses gives the block, of anything else nothing", () => {
    expect(canonicalOf("[ipv4-addr:value ISSUBSET '198.51.100.7/24']")).toEqual(["cidr 198.51.100.0/24"])
    expect(canonicalOf("[network-traffic:dst_ref.value ISSUBSET '2001:db8::/64']")).toEqual([
      "cidr 2001:db8::/64"
    ])
    expect(skippedOf("[ipv4-addr:value ISSUBSET '198.51.100.7']")).toEqual(["operator"])
    expect(skippedOf("[domain-name:value ISSUBSET '198.51.100.0/24']")).toEqual(["operator"])
  })

  it("nothing under NOT gives one", () => {
    expect(skippedOf("[url:value NOT = 'http://a.example']")).toEqual(["negated"])
    expect(skippedOf("[url:value NOT IN ('http://a.example')]")).toEqual(["negated"])
    expect(skippedOf("[NOT EXISTS url:value]")).toEqual(["negated"])
    expect(skippedOf("[EXISTS url:value]")).toEqual(["operator"])
  })

  it("a path into a list gives none, and hashes[*] says why", () => {
    expect(skippedOf("[domain-name:resolves_to_refs[*].value = '198.51.100.7']")).toEqual(["index"])
    expect(skippedOf("[email-message:body_multipart[0].body_raw_ref.name = 'a']")).toEqual(["index"])
    expect(skippedOf(`[file:hashes[*] = '${digest.md5}']`)).toEqual(["untyped-hash"])
    expect(skippedOf(`[file:hashes = '${digest.md5}']`)).toEqual(["untyped-hash"])
    expect(skippedOf(`[file:hashes.MD5[0] = '${digest.md5}']`)).toEqual(["untyped-hash"])
  })

  it("escapes are undone once, and quotes that belong to the value stay", () => {
    expect(observableOf(String.raw`[user-account:user_id = 'O\'Brien']`).value).toBe("O'Brien")
    expect(observableOf(String.raw`[directory:path = 'C:\\\\a\'']`).value).toBe(String.raw`C:\\a'`)
  })

  it("the key of a hash is compared without hyphens and case", () => {
    for (const key of ["'SHA-256'", "SHA256", "'sha-256'", "sha256", "'Sha256'"]) {
      expect(observableOf(`[file:hashes.${key} = '${digest.sha256}']`).kind).toBe("sha256")
    }
    expect(observableOf(`[file:hashes.'sha3-256' = '${digest.sha256}']`).kind).toBe("sha3-256")
  })

  it("a literal of another kind than the property is reported", () => {
    for (const literal of ["1", "true", "h'ff'", "b'AA=='", "t'2020-01-01T00:00:00Z'", "1.5"]) {
      expect(skippedOf(`[url:value = ${literal}]`)).toEqual(["literal-type"])
    }
    expect(skippedOf("[autonomous-system:number = 1.5]")).toEqual(["literal-type"])
    expect(canonicalOf("[autonomous-system:number = 'AS64496']")).toEqual(["asn 64496"])
  })

  it("empty, over-long and impossible values are reported", () => {
    expect(skippedOf("[url:value = '']")).toEqual(["empty-value"])
    expect(skippedOf("[url:value = ' \n']")).toEqual(["empty-value"])
    expect(skippedOf("[url:value IN ()]")).toEqual(["empty-value"])
    expect(skippedOf(`[file:name = '${"€".repeat(30_000)}']`)).toEqual(["value-too-long"])
    expect(extractObservables(indicator("[file:hashes.'SHA-256' = 'f00']")).skipped).toEqual([
      { reason: "invalid-value", detail: '"f00" is no value of kind sha256', path: "file:hashes.'SHA-256'" }
    ])
    expect(skippedOf("[ipv4-addr:value = '198.51.100']")).toEqual(["invalid-value"])
  })

  it("a value is there once, however often the pattern has it", () => {
    expect(canonicalOf("[domain-name:value = 'a.example' OR domain-name:value = 'A.EXAMPLE.']")).toEqual([
      "domain-name a.example"
    ])
  })
})

describe("alternatives", () => {
  const hashes = (...tests: ReadonlyArray<string>): string => `[${tests.join(" OR ")}]`
  const md5 = `file:hashes.MD5 = '${digest.md5}'`
  const sha1 = `file:hashes.'SHA-1' = '${digest.sha1}'`
  const sha256 = `file:hashes.'SHA-256' = '${digest.sha256}'`
  const sha512 = `file:hashes.'SHA-512' = '${digest.sha512}'`
  const roles = (pattern: string): ReadonlyArray<string> =>
    observablesOf(pattern).map(({ kind, role, group }) => `${kind} ${role} ${group ?? "-"}`)

  it("several hashes in one pair of brackets are one file", () => {
    expect(roles(hashes(md5, sha1, sha256, sha512))).toEqual([
      "md5 alternative 0",
      "sha1 alternative 0",
      "sha256 alternative 0",
      "sha512 alternative 0"
    ])
    expect(observablesOf(hashes(md5, sha1)).map(({ compound, partial }) => compound || partial)).toEqual([
      false,
      false
    ])
  })

  it("parentheses around them make no difference", () => {
    expect(roles(`[(${md5} OR ${sha1}) OR ${sha256}]`)).toEqual([
      "md5 alternative 0",
      "sha1 alternative 0",
      "sha256 alternative 0"
    ])
  })

  it("two hashes of one algorithm are two files, whatever the spelling of the key", () => {
    const other = `file:hashes.'md-5' = '${digest.md5.replace("0", "1")}'`
    expect(roles(hashes(md5, other))).toEqual(["md5 single -", "md5 single -"])
    expect(roles(`[file:hashes.MD5 IN ('${digest.md5}', '${digest.md5.replace("0", "1")}')]`)).toEqual([
      "md5 single -",
      "md5 single -"
    ])
  })

  it("hashes in brackets of their own are files of their own, and each pair of brackets is a group", () => {
    expect(roles(`[${md5}] OR [${sha1}]`)).toEqual(["md5 single -", "sha1 single -"])
    const group = `${sha256} OR ${sha512}`
    expect(roles(`[${md5} OR ${sha1}] OR [${group}]`)).toEqual([
      "md5 alternative 0",
      "sha1 alternative 0",
      "sha256 alternative 1",
      "sha512 alternative 1"
    ])
  })

  it("different values joined by OR are observables of their own", () => {
    expect(roles("[domain-name:value = 'a.example' OR ipv4-addr:value = '198.51.100.7']")).toEqual([
      "domain-name single -",
      "ipv4-addr single -"
    ])
    expect(roles(hashes(md5, "file:name = 'a.exe'"))).toEqual(["md5 single -", "file-name single -"])
  })

  it("a hash that is none leaves the others alternatives", () => {
    expect(roles(hashes(md5, "file:hashes.'SHA-1' = 'f00'", sha256))).toEqual([
      "md5 alternative 0",
      "sha256 alternative 0"
    ])
  })

  it("hashes of a file and of a certificate are two things", () => {
    const certificate = `x509-certificate:hashes.'SHA-1' = '${digest.sha1}'`
    expect(roles(hashes(md5, certificate))).toEqual(["md5 single -", "certificate-fingerprint single -"])
  })
})

describe("compound observables", () => {
  const compounds = (pattern: string): ReadonlyArray<boolean> =>
    observablesOf(pattern).map(({ compound }) => compound)
  const [a, b, c] = [
    "url:value = 'http://a.example'",
    "url:value = 'http://b.example'",
    "url:value = 'http://c.example'"
  ]

  it.each([
    ["AND in brackets", `[${a} AND ${b}]`, [true, true]],
    ["AND of observations", `[${a}] AND [${b}]`, [true, true]],
    ["FOLLOWEDBY", `[${a}] FOLLOWEDBY [${b}]`, [true, true]],
    ["WITHIN", `[${a}] WITHIN 5 SECONDS`, [true]],
    ["REPEATS", `[${a}] REPEATS 5 TIMES`, [true]],
    ["START", `[${a}] START t'2020-01-01T00:00:00Z' STOP t'2020-01-02T00:00:00Z'`, [true]],
    ["OR", `[${a} OR ${b}] OR [${c}]`, [false, false, false]],
    ["OR beside AND in brackets", `[${a} OR ${b} AND ${c}]`, [false, true, true]],
    ["OR beside FOLLOWEDBY", `[${a}] OR ([${b}] FOLLOWEDBY [${c}])`, [false, true, true]],
    ["OR under AND", `[(${a} OR ${b}) AND ${c}]`, [true, true, true]]
  ])("%s", (_, pattern, expected) => {
    expect(compounds(pattern)).toEqual(expected)
    expect(extractObservables(indicator(pattern)).compound).toBe(expected.includes(true))
  })

  it("a value beside a test that gives none is compound and partial", () => {
    expect(observableOf(`[${a} AND file:size > 5]`)).toMatchObject({ compound: true, partial: true })
  })

  it("a value that stands alone somewhere is enough there", () => {
    expect(compounds(`[${a} AND ${b}] OR [${a}]`)).toEqual([false, true])
  })
})

describe("network traffic", () => {
  it.each([
    ["198.51.100.7", "ipv4-addr", "198.51.100.7"],
    ["198.51.100.7/32", "ipv4-addr", "198.51.100.7"],
    ["198.51.100.7/24", "cidr", "198.51.100.0/24"],
    ["2001:DB8::7", "ipv6-addr", "2001:db8::7"],
    ["A.Example", "domain-name", "a.example"],
    ["HTTP://A.example/X", "url", "http://a.example/X"],
    ["AA:BB:CC:00:11:22", "mac-addr", "aa:bb:cc:00:11:22"]
  ])("the kind of %s is told by its form", (value, kind, canonical) => {
    for (const end of ["src", "dst"]) {
      expect(observableOf(`[network-traffic:${end}_ref.value = '${value}']`)).toMatchObject({
        kind,
        canonical,
        compound: false,
        stixType: kind === "cidr" ? "ipv4-addr" : kind
      })
    }
  })

  it("the type that the pattern names decides, and asks for nothing more", () => {
    const of = (type: string, value: string): string =>
      `[network-traffic:dst_ref.type = '${type}' AND network-traffic:dst_ref.value = '${value}']`
    expect(observableOf(of("domain-name", "a.example"))).toMatchObject({
      kind: "domain-name",
      compound: false,
      partial: false
    })
    expect(observableOf(of("ipv4-addr", "198.51.100.7/32"))).toMatchObject({
      kind: "ipv4-addr",
      compound: false
    })
    expect(skippedOf(of("ipv4-addr", "a.example"))).toEqual(["invalid-value"])
    expect(skippedOf(of("domain-name", "198.51.100.7"))).toEqual(["invalid-value"])
  })

  it("a type holds for its own end, and inside the AND only", () => {
    expect(
      skippedOf(
        "[network-traffic:src_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = 'a.example']"
      )
    ).toEqual(["unmapped-path"])
    expect(
      canonicalOf(
        "[network-traffic:dst_ref.type = 'ipv4-addr' AND (network-traffic:dst_ref.value = '198.51.100.7' OR network-traffic:dst_ref.value = '198.51.100.8')]"
      )
    ).toEqual(["ipv4-addr 198.51.100.7", "ipv4-addr 198.51.100.8"])
    expect(
      skippedOf("[network-traffic:dst_ref.type = 'ipv4-addr' OR network-traffic:dst_ref.value = 'a.example']")
    ).toEqual(["unmapped-path"])
  })

  it("the port beside an address goes with it and makes it compound", () => {
    expect(
      observableOf("[network-traffic:dst_ref.value = '198.51.100.7' AND network-traffic:dst_port = 82]")
    ).toMatchObject({
      canonical: "198.51.100.7",
      compound: true,
      partial: false,
      ports: ["82/tcp"]
    })
  })

  it("a port has the transport that the pattern names, and may be several", () => {
    const address = "network-traffic:dst_ref.value = '198.51.100.7'"
    const udp = "network-traffic:protocols[*] = 'udp'"
    expect(observableOf(`[${address} AND network-traffic:dst_port IN (53, 5353) AND ${udp}]`)).toMatchObject({
      ports: ["53/udp", "5353/udp"],
      partial: false
    })
    expect(observableOf(`[(${address} AND network-traffic:dst_port = 53) AND ${udp}]`).ports).toEqual([
      "53/udp"
    ])
  })

  it("a port or protocol without an address is reported", () => {
    expect(skippedOf("[network-traffic:dst_port = 82]")).toEqual(["unmapped-path"])
    expect(skippedOf("[network-traffic:dst_port = 82 AND network-traffic:protocols[*] = 'tcp']")).toEqual([
      "unmapped-path",
      "unmapped-path"
    ])
    expect(
      skippedOf("[network-traffic:src_port = 82 AND network-traffic:dst_ref.value = 'a.example']")
    ).toEqual(["unmapped-path"])
  })

  it("more than 32 ports are reported and not carried", () => {
    const pattern = (count: number): string => {
      const ports = Array.from({ length: count }, (_, port) => port).join(", ")
      return `[network-traffic:dst_ref.value = 'a.example' AND network-traffic:dst_port IN (${ports})]`
    }
    expect(observableOf(pattern(32)).ports).toHaveLength(32)
    expect(extractObservables(indicator(pattern(33)))).toMatchObject({
      partial: true,
      skipped: [{ reason: "unmapped-path", path: "network-traffic:dst_port" }]
    })
    expect(observableOf(pattern(33)).ports).toBeUndefined()
  })

  it("a port that is no single number is reported", () => {
    for (const port of ["dst_port > 82", "dst_port = 65536", "dst_port = '82'", "dst_port NOT = 82"]) {
      const pattern = `[network-traffic:dst_ref.value = 'a.example' AND network-traffic:${port}]`
      expect(extractObservables(indicator(pattern))).toMatchObject({
        partial: true,
        observables: [{ canonical: "a.example", compound: true }]
      })
      expect(observableOf(pattern).ports).toBeUndefined()
    }
  })
})

describe("a batch", () => {
  it("has each value once, with every indicator that carries it", () => {
    const first = indicator("[domain-name:value = 'a.example']", { id: "indicator--1", revoked: true })
    const second = indicator("[domain-name:value = 'A.Example.' AND url:value = 'http://b.example']", {
      id: "indicator--2"
    })
    const { observables, extractions } = extractBatch([first, { type: "malware" }, second, null])
    expect(extractions.map((extraction) => extraction.observables.length)).toEqual([1, 0, 2, 0])
    expect(observables).toMatchObject([
      {
        kind: "domain-name",
        canonical: "a.example",
        carriers: [
          { index: 0, indicatorId: "indicator--1", observable: { compound: false } },
          { index: 2, indicatorId: "indicator--2", observable: { compound: true } }
        ]
      },
      { kind: "url", carriers: [{ index: 2 }] }
    ])
  })

  it("tells values of two kinds apart", () => {
    const patterns = [
      `[file:hashes.'SHA-256' = '${digest.sha256}']`,
      `[file:hashes.'SHA3-256' = '${digest.sha256}']`
    ]
    expect(extractBatch(patterns.map((pattern) => indicator(pattern))).observables).toHaveLength(2)
  })
})
