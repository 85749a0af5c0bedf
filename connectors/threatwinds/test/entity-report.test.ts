import { describe, expect, it } from "@effect/vitest"
import { entityId } from "../src/EntityId.ts"
import {
  maxAssociationDepth,
  maxAssociations,
  maxAttributes,
  maxListItems,
  maxReportText,
  readReport,
  type ReadReport
} from "../src/EntityReport.ts"

type Read = Extract<ReadReport, { ok: true }>

const read = (input: unknown): Read => {
  const result = readReport(input)
  return result.ok ? result : expect.fail(JSON.stringify(result.problems))
}
const problems = (input: unknown): ReadonlyArray<readonly [path: string, reason: string]> => {
  const result = readReport(input)
  return result.ok
    ? expect.fail("it was accepted")
    : result.problems.map(({ path, reason }) => [path, reason])
}
const paths = (input: unknown): ReadonlyArray<string> => problems(input).map(([path]) => path)

const ip = { type: "ip", attributes: { ip: "203.0.113.1" } }
const part = { mode: "aggregation", type: "domain", attributes: { domain: "example.com" } }
const nested = (depth: number): object =>
  depth === 0 ? ip : { ...ip, associations: [association(depth - 1)] }
const association = (depth: number): object =>
  depth === 0 ? part : { ...part, associations: [association(depth - 1)] }

describe("a report that is right", () => {
  it("is canonical at every depth and has the id of its main attribute", () => {
    const { id, report, unknownAttributes } = read({
      type: "ip",
      attributes: { ip: "::ffff:8.8.8.8", asn: "15169", country: "united states" },
      associations: [
        {
          mode: "aggregation",
          type: "domain",
          attributes: { domain: "DNS.Google" },
          associations: [{ mode: "association", type: "malware", attributes: { malware: "Agent" } }]
        }
      ],
      reputation: -3,
      correlate: ["asn"],
      tags: ["scanner"],
      visibleBy: ["public"]
    })
    expect(id).toBe("ip-ba7fa36bff8d58ee45b973615e83d9aaeb921f1cc477d9c156e8a9cae8cca16e")
    expect(unknownAttributes).toEqual([])
    expect(JSON.parse(JSON.stringify(report))).toEqual({
      type: "ip",
      attributes: { ip: "8.8.8.8", asn: 15169, country: "United States" },
      associations: [
        {
          mode: "aggregation",
          type: "domain",
          attributes: { domain: "dns.google" },
          associations: [{ mode: "association", type: "malware", attributes: { malware: "agent" } }]
        }
      ],
      reputation: -3,
      correlate: ["asn"],
      tags: ["scanner"],
      visibleBy: ["public"]
    })
  })

  it("has no field that was not given", () => {
    expect(Object.keys(read(ip).report)).toEqual(["type", "attributes"])
    expect(Object.keys(read({ ...ip, reputation: undefined, tags: [] }).report)).toEqual([
      "type",
      "attributes",
      "tags"
    ])
  })

  it("read again is the same", () => {
    const first = read({ type: "city", attributes: { city: "new york", latitude: "40.70" }, reputation: -0 })
    expect(read(first.report)).toEqual(first)
    expect(Object.is(first.report.reputation, 0)).toBe(true)
  })

  it("keeps an attribute that we do not know, and says so", () => {
    const { report, unknownAttributes } = read({
      type: "ip",
      attributes: { ip: "8.8.8.8", "new kind": "A", flag: true, count: 2 }
    })
    expect({ ...report.attributes }).toEqual({ ip: "8.8.8.8", "new kind": "A", flag: true, count: 2 })
    expect(unknownAttributes).toEqual(['$.attributes["new kind"]', "$.attributes.flag", "$.attributes.count"])
  })

  it("takes names such as __proto__ for ordinary keys", () => {
    const { report } = read(
      JSON.parse('{"type":"ip","attributes":{"ip":"8.8.8.8","__proto__":"a","constructor":"b"}}')
    )
    expect(JSON.stringify(report.attributes)).toBe('{"ip":"8.8.8.8","__proto__":"a","constructor":"b"}')
    expect(paths(JSON.parse('{"__proto__":{"type":"ip","attributes":{"ip":"8.8.8.8"}}}'))).toEqual([
      "$.__proto__",
      "$.type",
      "$.attributes"
    ])
  })

  it("may have every reputation from -3 to 3", () => {
    for (const reputation of [-3, -2, -1, 0, 1, 2, 3]) {
      expect(read({ ...ip, reputation }).report.reputation).toBe(reputation)
    }
  })
})

describe("a report that is wrong", () => {
  it("is refused with everything that is wrong, each with its path", () => {
    const input = {
      type: "ip",
      value: "8.8.8.8",
      attributes: { ip: "10.0.0.1", asn: "AS1", "email-address": "nobody" },
      associations: [
        { mode: "part", type: "domain", attributes: { domain: "localhost" } },
        { mode: "association", type: "md5", attributes: { sha1: "x" }, tags: [], associations: [null] },
        "x"
      ],
      reputation: -80,
      correlate: ["asn", "nope"],
      tags: ["", 1],
      visibleBy: "public"
    }
    expect(problems(input)).toEqual([
      ["$.value", 'unknown field "value" in the report; attributes belong under "attributes"'],
      ["$.attributes.ip", "the ip must be a public address, not one that is private"],
      ["$.attributes.asn", "the asn is not a whole number, such as 15169"],
      [
        '$.attributes["email-address"]',
        "the email-address is not an e-mail address, such as user@example.com"
      ],
      ["$.associations[0].mode", 'the mode must be "aggregation" or "association"'],
      [
        "$.associations[0].attributes.domain",
        "the domain has no dot; a name within its domain is needed, such as www.example.com"
      ],
      ["$.associations[1].tags", 'unknown field "tags" in the association'],
      ["$.associations[1].attributes.sha1", "the sha1 is not a SHA-1 hash: only 0-9 and a-f"],
      ["$.associations[1].attributes", 'the value belongs under "md5", the type of the entity'],
      ["$.associations[1].associations[0]", "an association must be an object"],
      ["$.associations[2]", "an association must be an object"],
      ["$.reputation", "the reputation must be a whole number from -3 (worst) to 3 (best)"],
      ["$.correlate[1]", 'there is no such attribute: unknown entity type "nope"'],
      ["$.tags[0]", "a text must not be empty"],
      ["$.tags[1]", "an item must be a text"],
      ["$.visibleBy", '"visibleBy" must be a list of texts']
    ])
  })

  it("is refused whatever it is", () => {
    for (const input of [undefined, null, 1, "ip", [], [ip], true]) {
      expect(problems(input)).toEqual([["$", "the report must be an object"]])
    }
    expect(paths({})).toEqual(["$.type", "$.attributes"])
    expect(paths({ type: 1, attributes: [] })).toEqual(["$.type", "$.attributes"])
    expect(paths({ ...ip, associations: {}, tags: null, reputation: "-1" })).toEqual([
      "$.associations",
      "$.reputation",
      "$.tags"
    ])
  })

  it("names the type that is probably meant", () => {
    expect(problems({ type: "IPv4", attributes: { IPv4: "8.8.8.8" } })).toEqual([
      ["$.type", 'unknown entity type "IPv4"; did you mean "ip"?']
    ])
  })

  it("has its value under another name than its type", () => {
    expect(problems({ type: "ip", attributes: { value: "8.8.8.8" } })).toEqual([
      ["$.attributes", 'the value belongs under "ip", the type of the entity']
    ])
  })

  it("has a reputation that is no whole number within the scale", () => {
    for (const reputation of [-4, 4, 0.5, -80, Number.NaN, "1", null, true]) {
      expect(paths({ ...ip, reputation })).toEqual(["$.reputation"])
    }
  })

  it("has an unknown attribute that is no plain value", () => {
    for (const value of [null, {}, [], Number.NaN, undefined, "x".repeat(65_537)]) {
      expect(paths({ type: "ip", attributes: { ip: "8.8.8.8", other: value } })).toEqual([
        "$.attributes.other"
      ])
    }
  })

  it("never shows the value of an attribute", () => {
    const secret = "hunter2-hunter2"
    const result = readReport({
      type: "sha256",
      attributes: { sha256: secret, ip: secret, url: secret, asn: secret }
    })
    expect(result.ok).toBe(false)
    expect(JSON.stringify(result)).not.toContain("hunter2")
  })
})

describe("the limits of a report", () => {
  it("are kept to the last", () => {
    expect(read(nested(maxAssociationDepth)).id).toBe(read(ip).id)
    expect(
      read({ ...ip, associations: Array.from({ length: maxAssociations }, () => part) }).report.associations
    ).toHaveLength(maxAssociations)
    expect(read({ ...ip, tags: Array.from({ length: maxListItems }, String) }).report.tags).toHaveLength(
      maxListItems
    )
  })

  it("on depth hold where the next association would begin", () => {
    const path = `$${".associations[0]".repeat(maxAssociationDepth)}.associations`
    expect(problems(nested(maxAssociationDepth + 1))).toEqual([[path, "associations may nest 8 deep"]])
    expect(paths(nested(5_000))).toEqual([path])
  })

  it("on number hold for all depths together, and are said once", () => {
    const many = Array.from({ length: 600 }, () => part)
    const wide = { ...part, associations: many }
    expect(problems({ ...ip, associations: [wide, wide, wide] })).toEqual([
      ["$.associations[1].associations", "a report may have 1000 associations in all"]
    ])
  })

  it("on attributes, lists and texts hold", () => {
    const attributes = Object.fromEntries(
      Array.from({ length: maxAttributes }, (_, index) => [`a${index}`, "x"])
    )
    expect(paths({ type: "ip", attributes: { ip: "8.8.8.8", ...attributes } })).toEqual(["$.attributes"])
    expect(paths({ ...ip, tags: Array.from({ length: maxListItems + 1 }, String) })).toEqual(["$.tags"])
    expect(paths({ ...ip, tags: ["x".repeat(1_025), "a\u0000b", " "] })).toEqual([
      "$.tags[0]",
      "$.tags[1]",
      "$.tags[2]"
    ])
  })

  it("on all text together hold, and are said once", () => {
    const text = "x".repeat(65_536)
    const attributes = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`a${index}`, text]))
    expect(80 * text.length).toBeGreaterThan(maxReportText)
    expect(paths({ type: "ip", attributes: { ip: "8.8.8.8", ...attributes } })).toEqual(["$.attributes.a63"])
  })

  it("hold for a report that holds itself", () => {
    const looping: Record<string, unknown> = { ...part }
    looping["associations"] = [looping, looping]
    expect(problems({ ...ip, associations: [looping] }).length).toBeGreaterThan(0)
    expect(problems({ ...ip, associations: [looping] }).length).toBeLessThan(1_000)
  })

  it("on unknown fields hold, with the number of the rest", () => {
    const fields = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`f${index}`, 1]))
    const found = problems({ ...ip, ...fields })
    expect(found).toHaveLength(maxAttributes + 1)
    expect(found.at(-1)).toEqual(["$", "99744 more unknown fields in the report"])
  })
})

describe("traps of other clients", () => {
  it("do not catch: an IPv6 address with a zero group is one", () => {
    expect(read({ type: "ip", attributes: { ip: "2001:db8::1" } }).report.attributes["ip"]).toBe(
      "2001:db8::1"
    )
  })

  it("do not catch: a URL that ends like a network is none", () => {
    expect(paths({ type: "cidr", attributes: { cidr: "http://x/12" } })).toEqual(["$.attributes.cidr"])
  })

  it("do not catch: a deep name is a domain as well as a hostname, each with its own id", () => {
    const name = "a.b.c.example.com"
    expect(read({ type: "domain", attributes: { domain: name } }).id).toMatch(/^domain-/)
    expect(read({ type: "hostname", attributes: { hostname: name } }).id).toMatch(/^hostname-/)
    expect(entityId("domain", name)).not.toEqual(entityId("hostname", name))
  })

  it("do not catch: false and 0 arrive", () => {
    const { report } = read({ type: "asn", attributes: { asn: 0, flag: false }, reputation: 0, tags: [] })
    expect(JSON.stringify(report)).toBe(
      '{"type":"asn","attributes":{"asn":0,"flag":false},"reputation":0,"tags":[]}'
    )
  })
})
