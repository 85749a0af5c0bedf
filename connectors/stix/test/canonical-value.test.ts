import { describe, expect, it } from "@effect/vitest"
import { canonicalValue } from "../src/canonical/CanonicalValue.ts"
import type { ObservableKind } from "../src/observable/ObservableKind.ts"
import { digest } from "./Fixtures.ts"
import { anyText, holdsFor, textOf } from "./Property.ts"

const canonical = (kind: ObservableKind, text: string): string | undefined =>
  canonicalValue(kind, text)?.canonical

describe("addresses", () => {
  it.each([
    ["198.51.100.7", "ipv4-addr", "198.51.100.7"],
    [" 198.51.100.7\n", "ipv4-addr", "198.51.100.7"],
    ["198.51.100.7/32", "ipv4-addr", "198.51.100.7"],
    ["1.1.1.1/16", "cidr", "1.1.0.0/16"],
    ["255.255.255.255/0", "cidr", "0.0.0.0/0"],
    ["2001:0DB8:0000:0000:0000:0000:0000:0068", "ipv6-addr", "2001:db8::68"],
    ["2001:db8:0:1:0:0:0:1", "ipv6-addr", "2001:db8:0:1::1"],
    ["2001:db8::1:1:1:1:1", "ipv6-addr", "2001:db8:0:1:1:1:1:1"],
    ["2001:db8:ffff::/33", "cidr", "2001:db8:8000::/33"],
    ["2001:550:2:8::2b:1/128", "ipv6-addr", "2001:550:2:8::2b:1"],
    ["::ffff:8.8.8.8", "ipv4-addr", "8.8.8.8"],
    ["::FFFF:808:808", "ipv4-addr", "8.8.8.8"],
    ["::ffff:8.8.8.8/120", "cidr", "8.8.8.0/24"],
    ["::ffff:8.8.8.8/95", "cidr", "::fffe:0:0/95"],
    ["::1.2.3.4", "ipv6-addr", "::102:304"],
    ["::", "ipv6-addr", "::"]
  ])("%s is %s %s", (text, kind, expected) => {
    for (const asked of ["ipv4-addr", "ipv6-addr", "cidr"] as const) {
      expect(canonicalValue(asked, text)).toEqual({ kind, canonical: expected })
    }
  })

  it.each([
    "010.0.0.1",
    "0x7f.1",
    "127.1",
    "2130706433",
    "256.1.1.1",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.4/33",
    "1.2.3.4/08",
    "1.2.3.4/",
    "1.2.3.4/-1",
    "::1/129",
    "fe80::1%eth0",
    "[::1]",
    "1::2::3",
    "::1.2.3.400",
    "::1.2.3",
    "1:2:3:4:5:6:7:8:9",
    ":::",
    "",
    "x"
  ])("%j is no address", (text) => {
    expect(canonicalValue("ipv4-addr", text)).toBeUndefined()
  })
})

describe("names", () => {
  it.each([
    ["WWW.Example.COM", "www.example.com"],
    ["example.com.", "example.com"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["BÜCHER。example", "xn--bcher-kva.example"],
    ["XN--Bcher-KVA.example", "xn--bcher-kva.example"],
    ["例え.テスト", "xn--r8jz45g.xn--zckzah"],
    ["_dmarc.example.com", "_dmarc.example.com"],
    ["a_b.example.com", "a_b.example.com"],
    ["localhost", "localhost"],
    ["-a-.example", "-a-.example"]
  ])("%s is %s", (text, expected) => {
    expect(canonical("domain-name", text)).toBe(expected)
  })

  it.each([
    "198.51.100.7",
    "１９８.51.100.7",
    "a..example",
    ".example",
    "example..",
    "a b.example",
    "ü b.example",
    "*.example.com",
    "http://example.com",
    "ü.example/path",
    "ü%2e.example",
    "example.com:80",
    "user@ü.example",
    `${"a".repeat(64)}.example`,
    `${"a.".repeat(127)}example`,
    `${"ü".repeat(70)}.example`,
    "ü".repeat(5_000),
    "a\u0000.example",
    "\ud83d.example",
    "."
  ])("%j is no name", (text) => {
    expect(canonical("domain-name", text)).toBeUndefined()
  })
})

describe("URLs", () => {
  it.each([
    ["HTTPS://Example.COM/Path?q=A#F", "https://example.com/Path?q=A#F"],
    ["HTTP://User:Pa@SS@Example.COM:8080", "http://User:Pa@SS@example.com:8080"],
    ["http://EXAMPLE.com?Q=HTTP://X", "http://example.com?Q=HTTP://X"],
    ["http://[2001:DB8::1]/A", "http://[2001:db8::1]/A"],
    ["http://example.com:80/%7e/../A", "http://example.com:80/%7e/../A"],
    ["Example.COM/Path", "Example.COM/Path"],
    ["mailto:A@B.example", "mailto:A@B.example"],
    [" http://a.example ", "http://a.example"]
  ])("%s is %s", (text, expected) => {
    expect(canonical("url", text)).toBe(expected)
  })
})

describe("hashes", () => {
  it.each([
    ["md5", digest.md5],
    ["sha1", digest.sha1],
    ["sha224", digest.sha224],
    ["sha256", digest.sha256],
    ["sha384", digest.sha384],
    ["sha512", digest.sha512],
    ["sha3-224", digest.sha224],
    ["sha3-256", digest.sha256],
    ["sha3-384", digest.sha384],
    ["sha3-512", digest.sha512]
  ] as const)("a digest of %s has its length, and is in lower case", (kind, text) => {
    expect(canonical(kind, text.toUpperCase())).toBe(text)
    expect(canonical(kind, text.slice(1))).toBeUndefined()
    expect(canonical(kind, `${text}0`)).toBeUndefined()
    expect(canonical(kind, text.replace(/.$/, "g"))).toBeUndefined()
  })

  it("half an MD5, which ThreatWinds would take, is no MD5", () => {
    expect(canonical("md5", digest.md5.slice(16))).toBeUndefined()
  })

  it("a fingerprint of a certificate is pairs of digits, with or without colons", () => {
    expect(canonical("certificate-fingerprint", "AA:".repeat(19).concat("BB"))).toBe(
      "aa".repeat(19).concat("bb")
    )
    expect(canonical("certificate-fingerprint", "0xAA")).toBeUndefined()
    expect(canonical("certificate-fingerprint", "aaa".repeat(13))).toBeUndefined()
  })
})

describe("other values", () => {
  it.each([
    ["email-addr", " Test@Example.com ", "test@example.com"],
    ["email-addr", "not an address", "not an address"],
    ["mac-addr", "00-1A-2b-3c-4D-5e", "00:1a:2b:3c:4d:5e"],
    ["mac-addr", "001A.2b3c.4D5e", "00:1a:2b:3c:4d:5e"],
    ["asn", "AS00064496", "64496"],
    ["asn", "+4294967295", "4294967295"],
    ["registry-key", String.raw`HKLM\Software`, String.raw`hklm\software`],
    ["file-name", "Ünder Σ\u0000.EXE", "ünder σ .exe"],
    ["command-line", "Evil\u0007 -X", "Evil  -X"],
    ["user-name", "İstanbul", "istanbul"],
    ["phone-number", "+1 202.555-0155", "+12025550155"]
  ] as const)("of kind %s: %j is %j", (kind, text, expected) => {
    expect(canonical(kind, text)).toBe(expected)
  })

  it.each([
    ["mac-addr", "00-1A-2b-3c-4D"],
    ["mac-addr", "00-1A:2b-3c-4D-5e"],
    ["mac-addr", "00-1A-2b-3c-4D-5g"],
    ["asn", "-1"],
    ["asn", "4294967296"],
    ["asn", "99999999999"],
    ["asn", "1.5"],
    ["phone-number", "202 555 0155"],
    ["phone-number", "+0123456"],
    ["file-name", "\u0000 \u0001"],
    ["url", "  "]
  ] as const)("of kind %s: %j is none", (kind, text) => {
    expect(canonicalValue(kind, text)).toBeUndefined()
  })
})

const kinds: ReadonlyArray<ObservableKind> = [
  "ipv4-addr",
  "domain-name",
  "url",
  "email-addr",
  "mac-addr",
  "asn",
  "md5",
  "certificate-fingerprint",
  "phone-number",
  "command-line",
  "file-name"
]

/** Pieces that values are made of. */
const pieces = [
  ..."1 255 0 :: : . / /24 /128 ffff a B é İ Σ ß 。 １ - _ @ http:// HTTP:// ? # % %20 + AS [ ] ' example.COM".split(
    " "
  ),
  " ",
  "\t",
  "\\",
  "\u0000",
  "\u0301",
  "\u200b",
  "\ud83d",
  "😀",
  "xn--",
  "00:1A:2b:3c:4D:5e",
  "198.51.100.7",
  digest.md5
]

describe("a canonical value", () => {
  const isStable = (text: string): boolean =>
    kinds.every((kind) => {
      const once = canonicalValue(kind, text)
      const twice = once && canonicalValue(once.kind, once.canonical)
      return once?.canonical === twice?.canonical && once?.kind === twice?.kind
    })

  it.effect("stays as it is when it is read again, for any text", () => holdsFor(anyText, isStable, 2_000))

  it.effect("stays as it is when it is read again, for text made of pieces of values", () =>
    holdsFor(textOf(pieces, 6), isStable, 10_000)
  )
})
