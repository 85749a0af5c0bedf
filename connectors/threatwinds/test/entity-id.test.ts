import { describe, expect, it } from "@effect/vitest"
import { createHash } from "node:crypto"
import { entityId, parseEntityId, relationId } from "../src/EntityId.ts"

const id = (type: string, value: unknown): string => {
  const result = entityId(type, value)
  return result.ok ? result.id : expect.fail(result.reason)
}
/** By OpenSSL, so that it is no second opinion of the same library. */
const hash = (text: string): string => createHash("sha3-256").update(text, "utf8").digest("hex")

describe("the id of an entity", () => {
  it("is the published one", () => {
    // threatwinds/api-docs, use cases and search pages of 2023.
    expect(id("ip", "8.8.8.8")).toBe("ip-ba7fa36bff8d58ee45b973615e83d9aaeb921f1cc477d9c156e8a9cae8cca16e")
    expect(id("malware", "Doc Dropper Agent")).toBe(
      "malware-354f478ccf22fdb49d2c4fd1e112bd05960bd9976f9709cbb46a7b04297d2b5a"
    )
    expect(id("md5", "2ed56a78d957dcde2db76e830f5f0741")).toBe(
      "md5-2bef618643db4b0f1b8631b1567abf2262dc4161e94f671c5a9197d3b22a2c52"
    )
  })

  it("is that of the canonical value, for every way of writing it", () => {
    expect(id("ip", "::ffff:8.8.8.8")).toBe(id("ip", "8.8.8.8"))
    expect(id("ip", "2001:0DB8::0068")).toBe(`ip-${hash("2001:db8::68")}`)
    expect(id("cidr", "1.1.1.1/16")).toBe(`cidr-${hash("1.1.0.0/16")}`)
    expect(id("mac-address", "00:1a:2b:3c:4d:5e")).toBe(`mac-address-${hash("00-1A-2B-3C-4D-5E")}`)
    expect(id("city", "new york")).toBe(`city-${hash("New York")}`)
    expect(id("text", "ÉTÉ\ud83d")).toBe(`text-${hash("été\ufffd")}`)
  })

  it("of a number is that of Go's text of it", () => {
    expect(id("asn", "15169")).toBe(`asn-${hash("15169")}`)
    expect(id("cc-number", 4111111111111111)).toBe(`cc-number-${hash("4111111111111111")}`)
    const floats: ReadonlyArray<readonly [number, string]> = [
      [40.7128, "40.7128"],
      [-74.006, "-74.006"],
      [100, "100"],
      [999999.5, "999999.5"],
      [1_000_000, "1e+06"],
      [1_048_576, "1.048576e+06"],
      [1e21, "1e+21"],
      [1e100, "1e+100"],
      [0.0001, "0.0001"],
      [0.00001, "1e-05"],
      [0.0000012, "1.2e-06"],
      [1.5e-7, "1.5e-07"],
      [-0, "0"]
    ]
    for (const [value, text] of floats) expect(id("latitude", value)).toBe(`latitude-${hash(text)}`)
  })

  it("does not exist for a value that ThreatWinds refuses, or a type that it does not have", () => {
    expect(entityId("ip", "10.0.0.1")).toEqual({
      ok: false,
      reason: "must be a public address, not one that is private"
    })
    expect(entityId("address", "8.8.8.8")).toEqual({ ok: false, reason: 'unknown entity type "address"' })
  })
})

describe("the id of a relation", () => {
  it("is the published one", () => {
    const related = relationId(
      "md5-2bef618643db4b0f1b8631b1567abf2262dc4161e94f671c5a9197d3b22a2c52",
      "malware-efefabf74562def7d4fba5e384896ef59a08ba45b54c98fb98a3772f96a6d3cb"
    )
    expect(related).toBe("84a7a37a89a3e444caa9ffed78363cbcc5092db455fb938ee39799dfd4bad49d")
  })

  it("has a direction, and takes ids of any form", () => {
    expect(relationId("a", "b")).toBe(hash("ab"))
    expect(relationId("b", "a")).toBe(hash("ba"))
    expect(relationId("f47ac10b-58cc-4372-a567-0e02b2c3d479", "ip-zz")).toBe(
      hash("f47ac10b-58cc-4372-a567-0e02b2c3d479ip-zz")
    )
  })
})

describe("an id taken apart", () => {
  it("is cut at its last hyphen", () => {
    expect(parseEntityId(`sha3-256-${hash("x")}`)).toEqual({ type: "sha3-256", hash: hash("x") })
    expect(parseEntityId(id("email-address", "a@b"))).toEqual({ type: "email-address", hash: hash("a@b") })
    expect(parseEntityId(`new-type-${hash("x")}`)?.type).toBe("new-type")
  })

  it("is nothing when it has another form", () => {
    for (const text of ["", "-", "ip", `-${hash("x")}`, hash("x"), `ip-${hash("x").toUpperCase()}`]) {
      expect(parseEntityId(text)).toBeUndefined()
    }
    for (const text of [
      `ip-${hash("x").slice(1)}`,
      "ip-f47ac10b-58cc-4372-a567-0e02b2c3d479",
      `ip-${hash("x")}\n`
    ]) {
      expect(parseEntityId(text)).toBeUndefined()
    }
    expect(parseEntityId("-".repeat(1_000_000))).toBeUndefined()
  })
})
