import { describe, expect, it } from "@effect/vitest"
import { SecretSearch } from "./SecretSearch.ts"

const value = String.raw`K?y/9+ "q"\%&=é~`

describe("the search for secrets", () => {
  const search = new SecretSearch()
  search.add("key", value)

  it("finds a secret however it is written", () => {
    const bytes = Buffer.from(value)
    const written = [
      value,
      encodeURIComponent(value),
      encodeURIComponent(value).toLowerCase().replace("k", "K"),
      new URLSearchParams({ q: value }).toString(),
      JSON.stringify({ message: value }),
      JSON.stringify(JSON.stringify({ message: value })),
      bytes.toString("hex"),
      bytes.toString("hex").toUpperCase(),
      Buffer.from(`a:${value}:z`).toString("base64"),
      Buffer.from(`ab:${value}:z`).toString("base64"),
      Buffer.from(`abc:${value}:z`).toString("base64url")
    ]
    for (const text of written) expect(search.in("here", `x${text}x`), text).not.toEqual([])
    expect(search.in("here", `x${value}x`)).toMatchObject([{ secret: "key", form: "plain", place: "here" }])
  })

  it("finds nothing where there is none, and takes no secret that stands anywhere by chance", () => {
    expect(search.in("here", value.slice(0, -1) + value.slice(1))).toEqual([])
    expect(() => search.add("pin", "12345")).toThrow("pin is too short")
  })
})
