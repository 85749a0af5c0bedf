import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { inspect } from "node:util"
import { BaseUrl, type TargetParts } from "../src/http/BaseUrl.ts"

function href(base: string, parts: TargetParts): string {
  return Result.getOrThrow(Result.getOrThrow(BaseUrl.parse(base)).target(parts)).href
}

function refusal(base: string, parts?: TargetParts): string {
  const parsed = BaseUrl.parse(base)
  if (Result.isFailure(parsed)) return parsed.failure
  const target = parsed.success.target(parts ?? { path: "/" })
  if (Result.isFailure(target)) return target.failure
  throw new Error(`${base} was not refused`)
}

describe("base URL", () => {
  it("keeps the path prefix of the base, with or without a slash at its end", () => {
    const expected = "https://app.fra2.example.com/api/v2/things"
    expect(href("https://app.fra2.example.com/api", { path: "/v2/things" })).toBe(expected)
    expect(href("https://app.fra2.example.com/api/", { path: "/v2/things" })).toBe(expected)
    expect(href("https://app.fra2.example.com/api//", { path: "/v2/things" })).toBe(expected)
    expect(href("https://example.com", { path: "/v2/things" })).toBe("https://example.com/v2/things")
  })

  it("writes /api once where both the base and the path have it", () => {
    expect(href("https://example.com/api", { path: "/api/v2/x" })).toBe("https://example.com/api/v2/x")
    expect(href("https://example.com/region/api/", { path: "/api" })).toBe("https://example.com/region/api")
  })

  it("does not take a longer name or an input for a doubled /api", () => {
    expect(href("https://example.com/api", { path: "/apis/x" })).toBe("https://example.com/api/apis/x")
    expect(href("https://example.com/api", { path: "/{id}/x", params: { id: "api" } })).toBe(
      "https://example.com/api/api/x"
    )
    expect(href("https://example.com/my-api", { path: "/api/x" })).toBe("https://example.com/my-api/api/x")
  })

  it("refuses plain http to another machine unless it is allowed", () => {
    expect(refusal("http://example.com")).toContain("https")
    expect(refusal("http://127.0.0.1.example.com")).toContain("https")
    expect(refusal("http://10.0.0.1")).toContain("https")
    expect(Result.isSuccess(BaseUrl.parse("http://example.com", { allowHttp: true }))).toBe(true)
  })

  it("allows plain http to this machine in every way of writing it", () => {
    for (const host of [
      "localhost:8080",
      "api.localhost",
      "127.0.0.1",
      "127.8.9.1:1",
      "[::1]:80",
      "127.1",
      "2130706433"
    ]) {
      expect(Result.isSuccess(BaseUrl.parse(`http://${host}`)), host).toBe(true)
    }
  })

  it("refuses credentials, queries, fragments and other schemes without repeating them", () => {
    for (const text of [
      "https://user:hunter2@example.com",
      "https:///user:hunter2@example.com",
      "https://hunter2@example.com/api",
      "https://@example.com/hunter2",
      "https://example.com/?key=hunter2",
      "https://example.com/#hunter2",
      "https://example.com/hunter2#",
      "ftp://hunter2.example.com",
      "file:///hunter2",
      "javascript:hunter2",
      "hunter2",
      "//example.com/hunter2",
      "https:/example.com/hunter2",
      "https://",
      "https://exa mple.com/hunter2",
      "https://example.com\\@hunter2.example",
      " https://example.com/hunter2",
      "https://example.com/hunter2\n",
      "https://exam\tple.com/hunter2",
      "https://[::1/hunter2"
    ]) {
      expect(refusal(text), text).not.toContain("hunter2")
    }
  })
})

describe("path parameters", () => {
  it("stay inside their segment, whatever they hold", () => {
    expect(
      href("https://example.com/api", { path: "/f/{id}/x", params: { id: "a/b?c#d%2F é\r\n\0&=+" } })
    ).toBe("https://example.com/api/f/a%2Fb%3Fc%23d%252F%20%C3%A9%0D%0A%00%26%3D%2B/x")
  })

  it("may stand beside each other and beside text", () => {
    expect(href("https://example.com", { path: "/f/{a}-{b}.json", params: { a: 1, b: true } })).toBe(
      "https://example.com/f/1-true.json"
    )
  })

  it("that would leave their place are refused by name, without their value", () => {
    for (const id of ["..", ".", "../secret-id", "a/../secret-id", "a/..", "..\\secret-id", "./a"]) {
      const message = refusal("https://example.com", { path: "/f/{id}/x", params: { id } })
      expect(message).toContain("id")
      expect(message).not.toContain("secret")
    }
    expect(refusal("https://example.com", { path: "/f/{a}{b}", params: { a: ".", b: "." } })).toContain('"a"')
  })

  it("that are missing, empty, not finite or half a surrogate pair are refused by name", () => {
    for (const id of [undefined, null, "", Number.NaN, Number.POSITIVE_INFINITY, "\ud800"]) {
      expect(refusal("https://example.com", { path: "/f/{id}", params: { id } })).toContain('"id"')
    }
    expect(refusal("https://example.com", { path: "/f/{toString}", params: {} })).toContain('"toString"')
    expect(refusal("https://example.com", { path: "/f/{id}" })).toContain('"id"')
  })

  it("cannot be smuggled in through the template", () => {
    const paths = [
      "f",
      "",
      "/f?x=1",
      "/f#x",
      "/f g",
      "/f\\g",
      "/f/{id",
      "/f/id}",
      "/f/../g",
      "/f/%2e%2E/g",
      "/f/."
    ]
    for (const path of paths) {
      expect(refusal("https://example.com", { path, params: { id: "1" } }), path).toContain("path")
    }
  })
})

describe("query", () => {
  it("has each key once, in order, percent-encoded, lists with commas, without what is null", () => {
    expect(
      href("https://example.com", {
        path: "/x",
        query: {
          limit: 2000,
          cursor: Redacted.make("MTY=+/=&x"),
          "match[type]": ["indicator", "malware"],
          modified_after: "2026-01-01T00:00:00+00:00",
          none: null,
          missing: undefined,
          nothing: [],
          flag: false,
          empty: "",
          quotes: "it's (so)!*"
        }
      })
    ).toBe(
      "https://example.com/x?limit=2000&cursor=MTY%3D%2B%2F%3D%26x&match%5Btype%5D=indicator%2Cmalware" +
        "&modified_after=2026-01-01T00%3A00%3A00%2B00%3A00&flag=false&empty=&quotes=it%27s%20%28so%29%21%2A"
    )
  })

  it("refuses list items that would be read as others, and values that cannot be written", () => {
    const base = "https://example.com"
    expect(refusal(base, { path: "/x", query: { types: ["a,b"] } })).toContain('"types"')
    expect(refusal(base, { path: "/x", query: { types: ["a", ""] } })).toContain('"types"')
    expect(refusal(base, { path: "/x", query: { n: Number.NaN } })).toContain('"n"')
    expect(refusal(base, { path: "/x", query: { s: "\udfff" } })).toContain('"s"')
    expect(refusal(base, { path: "/x", query: { "\ud800": 1 } })).toContain("name")
  })

  it("reads own keys only", () => {
    class Query {
      readonly own = "2";
      readonly [key: string]: string
      get inherited(): string {
        return "1"
      }
    }
    expect(href("https://example.com", { path: "/x", query: new Query() })).toBe(
      "https://example.com/x?own=2"
    )
    const hostile = Object.fromEntries([
      ["__proto__", "3"],
      ["constructor", "4"]
    ])
    expect(href("https://example.com", { path: "/x", query: hostile })).toBe(
      "https://example.com/x?__proto__=3&constructor=4"
    )
  })
})

describe("request target", () => {
  it("shows its origin only, and knows what is sensitive in it", () => {
    const cursor = Redacted.make("secret-cursor")
    const target = Result.getOrThrow(
      Result.getOrThrow(BaseUrl.parse("https://example.com/api")).target({
        path: "/x/{id}",
        params: { id: Redacted.make("secret-id") },
        query: { cursor, ids: [Redacted.make("secret-item")] }
      })
    )
    for (const shown of [String(target), JSON.stringify(target), inspect(target), inspect({ target })]) {
      expect(shown).toContain("https://example.com")
      expect(shown).not.toContain("secret")
    }
    expect(target.sensitive.map(Redacted.value).toSorted()).toEqual([
      "secret-cursor",
      "secret-id",
      "secret-item"
    ])
  })
})

describe("a link of the upstream", () => {
  const base = Result.getOrThrow(BaseUrl.parse("https://example.com/api"))
  const from = Result.getOrThrow(base.target({ path: "/v2/things", query: { page: 1 } }))

  it("is followed within the origin, absolute or relative, as it was written", () => {
    const followed = (link: string) => Result.getOrThrow(base.follow(link, from))
    expect(followed("?cursor=a%2Bb").href).toBe("https://example.com/api/v2/things?cursor=a%2Bb")
    expect(followed("/other?x=1#part").href).toBe("https://example.com/other?x=1")
    expect(followed("https://example.com:443/y").href).toBe("https://example.com/y")
    expect(followed("?cursor=a%2Bb").sensitive.map(Redacted.value)).toEqual(["a+b"])
  })

  it("that leaves it, holds credentials or is no address is refused without being repeated", () => {
    const long = `/${"secret".repeat(2000)}`
    const links = [
      "https://secret.example/",
      "//secret.example/x",
      "http://example.com/secret",
      "",
      long,
      "https://["
    ]
    for (const link of [...links, "https://secret@example.com/", "javascript:secret", "\\\\secret.example"]) {
      const result = base.follow(link, from)
      expect(Result.isFailure(result) && !result.failure.includes("secret"), link).toBe(true)
    }
  })
})

const texts = Arbitrary.schema(Schema.String)

describe("any input", () => {
  it.effect("of a path and a query comes back from the wire as it was, and changes nothing else", () =>
    Effect.gen(function* () {
      const inputs = Arbitrary.all({ id: texts, key: texts, value: texts })
      const result = yield* Arbitrary.checkEffect(
        inputs,
        ({ id, key, value }) =>
          Effect.sync(() => {
            const target = Result.flatMap(BaseUrl.parse("https://example.com/p"), (base) =>
              base.target({ path: "/a/{id}/b", params: { id }, query: { [key]: value } })
            )
            if (Result.isFailure(target))
              return isRefusable(id) || key === "" || !value.isWellFormed() || !key.isWellFormed()
            const url = new URL(target.success.href)
            const segments = url.pathname.split("/")
            return (
              url.href === target.success.href &&
              url.hash === "" &&
              segments.length === 5 &&
              segments[1] === "p" &&
              segments[2] === "a" &&
              segments[4] === "b" &&
              decodeURIComponent(segments[3] ?? "") === id &&
              url.searchParams.size === 1 &&
              url.searchParams.get(key) === value &&
              /^[\w\-.~%=]*$/u.test(url.search.slice(1))
            )
          }),
        { runs: 2000, seed: 7 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )
})

function isRefusable(id: string): boolean {
  return id === "" || !id.isWellFormed() || id.split(/[/\\]/u).some((part) => part === "." || part === "..")
}
