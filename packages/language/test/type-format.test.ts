import { describe, expect, it } from "@effect/vitest"
import { hasFormat, isTextFormat, type TextFormat } from "../src/types/TextFormat.ts"

const right: { readonly [F in TextFormat]: ReadonlyArray<string> } = {
  uuid: ["d6092c37-d8d7-45c3-8aff-c4dc26030608", "D6092C37-D8D7-45C3-8AFF-C4DC26030608"],
  uri: [
    "https://api.sekoia.io",
    "https://user:pw@host:8443/a/b%20c?q=1&r#frag",
    "http://[2001:db8::1]:80/",
    "urn:uuid:d6092c37-d8d7-45c3-8aff-c4dc26030608",
    "mailto:a@b.c",
    "file:///etc/hosts"
  ],
  "date-time": ["2026-11-22T14:00:00Z", "2026-11-22T14:00:00.123456789+02:00", "2024-02-29T00:00:00Z"],
  ipv4: ["0.0.0.0", "255.255.255.255"],
  ipv6: ["::", "::1", "2001:db8::1", "::ffff:10.0.0.1"],
  email: ["a@b.c", "first.last+tag@example.com", "o'neil@x-y.org"],
  hostname: ["localhost", "a.b-c.example", "xn--bcher-kva.example", "1.2.3.4"]
}

const wrong: { readonly [F in TextFormat]: ReadonlyArray<string> } = {
  uuid: ["", "d6092c37", "{d6092c37-d8d7-45c3-8aff-c4dc26030608}", "d6092c37d8d745c38affc4dc26030608"],
  uri: [
    "",
    "api.sekoia.io",
    "/path",
    "//host",
    "http://a b",
    "http://a/%zz",
    "http://[::g]/",
    "http://h:99999/",
    "1a:b",
    "a:\n"
  ],
  "date-time": ["", "2026-11-22", "2026-11-22 14:00:00Z", "2026-02-30T00:00:00Z", "2026-11-22T14:00:00"],
  ipv4: ["", "256.0.0.1", "1.2.3", "01.2.3.4", "::1"],
  ipv6: ["", "1.2.3.4", ":::", "fe80::1%eth0", "12345::"],
  email: ["", "a", "a@", "@b", "a b@c.d", ".a@b.c", "a..b@c.d", "a@-b.c", `${"a".repeat(65)}@b.c`],
  hostname: ["", "-a", "a-", "a..b", "a_b", "a.", "ä.de", `${"a".repeat(64)}.de`, `${"a.".repeat(127)}de`]
}

const pairs = (texts: { readonly [format: string]: ReadonlyArray<string> }) =>
  Object.entries(texts).flatMap(([format, all]) => all.map((text) => [format, text] as const))

describe("a format", () => {
  it.each(pairs(right))("%s takes %j", (format, text) => {
    expect(hasFormat(text, formatOf(format))).toBe(true)
  })

  it.each(pairs(wrong))("%s refuses %j", (format, text) => {
    expect(hasFormat(text, formatOf(format))).toBe(false)
  })

  it.each(Object.keys(right))("%s answers at once for a megabyte", (format) => {
    const start = performance.now()
    for (const text of ["a", "1", ":", ".", "a.", "%", "@", "-", "a:", "[", "/"])
      expect(hasFormat(`${text.repeat(1_000_000)} `, formatOf(format))).toBe(false)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

const formatOf = (name: string): TextFormat => {
  if (!isTextFormat(name)) throw new Error(`no format ${name}`)
  return name
}
