import { describe, expect, it } from "@effect/vitest"
import { dataTypes } from "../src/DataType.ts"
import { entityType, entityTypes, similarEntityType } from "../src/EntityType.ts"

describe("entity types", () => {
  it("are 129, each once", () => {
    expect(entityTypes).toHaveLength(129)
    expect(new Set(entityTypes.map(({ name }) => name)).size).toBe(129)
  })

  it("use every data type, and have its rule", () => {
    expect(new Set(entityTypes.map(({ dataType }) => dataType))).toEqual(new Set(Object.keys(dataTypes)))
    for (const { dataType, rule } of entityTypes) expect(rule).toBe(dataTypes[dataType])
  })

  it("are found by their exact name only", () => {
    expect(entityType("email-address")?.dataType).toBe("Email")
    expect(entityType("email")?.dataType).toBe("Case-sensitive string")
    expect(entityType("ja3-fingerprint")?.dataType).toBe("MD5")
    for (const name of ["IP", "ip ", "", "constructor", "__proto__", "toString"]) {
      expect(entityType(name)).toBeUndefined()
    }
  })

  it("are suggested for a name in another spelling or of another product", () => {
    const similar = (name: string): string | undefined => similarEntityType(name)?.name
    expect(similar("SHA-256")).toBe("sha256")
    expect(similar("emailAddress")).toBe("email-address")
    expect(similar("mac_addr")).toBe("mac-address")
    expect(similar("ipv4-addr")).toBe("ip")
    expect(similar("sha3_512")).toBe("sha3-512")
    expect(similar("constructor")).toBeUndefined()
    expect(similar("nothing of the kind")).toBeUndefined()
    expect(similar("ip".repeat(1_000_000))).toBeUndefined()
  })
})
