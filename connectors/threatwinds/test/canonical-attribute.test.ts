import { describe, expect, it } from "@effect/vitest"
import { canonicalAttribute, maxAttributeBytes } from "../src/CanonicalAttribute.ts"

const canonical = (type: string, value: unknown): string | number => {
  const result = canonicalAttribute(type, value)
  return result.ok ? result.value : expect.fail(`${type} refused: ${result.reason}`)
}
const reason = (type: string, value: unknown): string => {
  const result = canonicalAttribute(type, value)
  return result.ok ? expect.fail(`${type} accepted as ${result.value}`) : result.reason
}
const refuses = (type: string, values: ReadonlyArray<unknown>): void => {
  for (const value of values) reason(type, value)
}

describe("any attribute", () => {
  it("of an unknown type is refused, with the type that is meant", () => {
    expect(reason("ipv4", "8.8.8.8")).toBe('unknown entity type "ipv4"; did you mean "ip"?')
    expect(reason("\u001b[31mx\u202e", "x")).toBe(String.raw`unknown entity type "\u001b[31mx\u{202e}"`)
    expect(reason("x".repeat(1_000_000), "x").length).toBeLessThan(120)
  })

  it("must be of the kind of its type, and a number is not made into text", () => {
    expect(reason("zip-code", 90210)).toBe("must be text: put the number in quotes")
    expect(reason("ip", null)).toBe("must be text, not null")
    expect(reason("ip", ["8.8.8.8"])).toBe("must be text, not a list")
    expect(reason("ip", { toString: () => "8.8.8.8" })).toBe("must be text, not an object")
    expect(reason("asn", true)).toBe("must be a number, not a boolean")
    expect(reason("asn", undefined)).toBe("must be a number, not of type undefined")
  })

  it("must not be empty or white space", () => {
    for (const type of ["text", "value", "ip", "path", "city", "hex", "base64", "adversary", "asn"]) {
      expect(reason(type, "")).toBe("must not be empty")
      expect(reason(type, " \t\u00a0\u2003")).toBe("must not be empty")
    }
  })

  it("has 65,536 bytes at most, counted in UTF-8", () => {
    expect(canonical("value", "a".repeat(maxAttributeBytes))).toHaveLength(65_536)
    expect(reason("value", "a".repeat(maxAttributeBytes + 1))).toBe("must not be longer than 65536 bytes")
    expect(canonical("value", "é".repeat(32_768))).toHaveLength(32_768)
    refuses("value", ["é".repeat(32_769)])
  })

  it("is refused when only its canonical form is too long", () => {
    // U+023A has two bytes, its lower case three.
    refuses("text", ["\u023a".repeat(32_768)])
    expect(canonical("value", "\u023a".repeat(32_768))).toHaveLength(32_768)
    refuses("url", [`http://a.example/ ${"é".repeat(20_000)}`])
  })

  it("is never quoted in the reason of its refusal", () => {
    const secret = "S3cr3t_hunter2"
    for (const type of [
      "ip",
      "cidr",
      "domain",
      "url",
      "email-address",
      "md5",
      "hex",
      "uuid",
      "port",
      "phone"
    ]) {
      const result = canonicalAttribute(type, secret)
      if (!result.ok) expect(result.reason).not.toContain("hunter2")
    }
    expect(reason("pattern-in-file", "(?=hunter2)")).not.toContain("hunter2")
  })

  it("with half a surrogate pair is what arrives at the other end of JSON", () => {
    expect(canonical("value", "a\ud83d")).toBe("a\ufffd")
  })
})

describe("text", () => {
  it("is in lower case, and keeps its case where that matters", () => {
    expect(canonical("malware", "Doc Dropper Agent")).toBe("doc dropper agent")
    expect(canonical("cve", "CVE-2021-44228")).toBe("cve-2021-44228")
    expect(canonical("btc", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")).toBe("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")
    expect(canonical("email", "<CAE01+9=7sg@Mail.example.com>")).toBe("<CAE01+9=7sg@Mail.example.com>")
  })

  it("is put in lower case as Go does it, character by character", () => {
    expect(canonical("text", "ΟΔΟΣ")).toBe("οδοσ")
    expect(canonical("text", "İX")).toBe("ix")
  })

  it("has a space for what does not print, and keeps spaces and line ends", () => {
    expect(canonical("value", "a\u0000b\u200bc\u0301d\ue000e\u{fe0f}")).toBe("a b c d e ")
    expect(canonical("value", " a\r\n\tb\u00a0\u0085")).toBe(" a\r\n\tb\u00a0\u0085")
    expect(canonical("value", "½²Ⅷ€😀«»")).toBe("½²Ⅷ€😀«»")
  })

  it("of nothing that prints is refused", () => {
    expect(reason("value", "\u0000\u200b")).toBe("has no printable character")
    expect(reason("text", "\ufeff")).toBe("has no printable character")
  })
})

describe("an IP address", () => {
  it("has one form", () => {
    expect(canonical("ip", "8.8.8.8")).toBe("8.8.8.8")
    expect(canonical("ip", "2001:0DB8:0000:0000:0000:0000:0000:0068")).toBe("2001:db8::68")
    expect(canonical("ip", "2001:db8:0:1:1:1:1:1")).toBe("2001:db8:0:1:1:1:1:1")
    expect(canonical("ip", "2001:0:0:1:0:0:0:1")).toBe("2001:0:0:1::1")
    expect(canonical("ip", "::FFFF:8.8.8.8")).toBe("8.8.8.8")
    expect(canonical("ip", "::ffff:808:808")).toBe("8.8.8.8")
    expect(canonical("ip", "::8.8.8.8")).toBe("::808:808")
    expect(canonical("ip", "64:ff9b::8.8.8.8")).toBe("64:ff9b::808:808")
  })

  it("of the documentation and shared ranges passes", () => {
    for (const ip of ["192.0.2.1", "198.51.100.7", "203.0.113.1", "2001:db8::1", "100.64.0.1", "0.0.0.1"]) {
      expect(canonical("ip", ip)).toBe(ip)
    }
  })

  it("that others cannot reach is refused, with its kind", () => {
    const kinds = {
      private: ["10.0.0.1", "172.31.255.255", "192.168.1.1", "fd00::1", "::ffff:10.0.0.1"],
      loopback: ["127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1"],
      "link-local": ["169.254.0.1", "fe80::1", "febf::1"],
      multicast: ["224.0.0.1", "239.255.255.255", "ff01::1", "ff02::1"],
      unspecified: ["0.0.0.0", "::"]
    }
    for (const [kind, addresses] of Object.entries(kinds)) {
      for (const ip of addresses) {
        expect(reason("ip", ip)).toBe(`must be a public address, not one that is ${kind}`)
      }
    }
  })

  it("just outside of those ranges passes", () => {
    for (const ip of ["172.32.0.1", "172.15.255.255", "169.253.0.1", "11.0.0.1", "fec0::1", "fbff::1"]) {
      expect(canonical("ip", ip)).toBe(ip)
    }
  })

  it("in another notation is refused", () => {
    refuses("ip", [
      "8.8.8",
      "08.8.8.8",
      "0x8.8.8.8",
      "134744072",
      "8.8.8.8 ",
      "8.8.8.256",
      "2001:db8::1%eth0"
    ])
    refuses("ip", ["[2001:db8::1]", ":::", "1::2::3", "00001::", "1:2:3:4:5:6:7", "::8.8.8.08", "８.8.8.8"])
    expect(reason("ip", "8.8.8.0/24")).toBe('is not one address; report a network as type "cidr"')
  })
})

describe("a network", () => {
  it("begins with its first address", () => {
    expect(canonical("cidr", "1.1.1.1/16")).toBe("1.1.0.0/16")
    expect(canonical("cidr", "8.8.8.255/31")).toBe("8.8.8.254/31")
    expect(canonical("cidr", "8.8.8.8/32")).toBe("8.8.8.8/32")
    expect(canonical("cidr", "2001:DB8:ffff::1/33")).toBe("2001:db8:8000::/33")
    expect(canonical("cidr", "::ffff:8.8.8.8/120")).toBe("8.8.8.0/24")
  })

  it("that is not public is refused, also by its first address", () => {
    refuses("cidr", ["10.0.0.0/24", "192.168.0.0/16", "fe80::/10", "11.0.0.0/7"])
    expect(reason("cidr", "8.8.8.8/0")).toBe("must be a public network, not one that is unspecified")
  })

  it("in another notation is refused, as is a URL that ends like one", () => {
    refuses("cidr", ["8.8.8.8", "8.8.8.8/33", "8.8.8.8/024", "8.8.8/24", "8.8.8.8/255.0.0.0", "8.8.8.8/-1"])
    refuses("cidr", ["http://x/12", "x/12", "2001:db8::/129", "::ffff:8.8.8.8/95", "/12", "8.8.8.8/24/24"])
  })
})

describe("a domain name", () => {
  it("is in lower case, of any depth, as domain and as hostname", () => {
    for (const type of ["domain", "hostname"]) {
      expect(canonical(type, "EXAMPLE.com")).toBe("example.com")
      expect(canonical(type, "a.b.c.d.Example.technology")).toBe("a.b.c.d.example.technology")
      expect(canonical(type, "xn--bcher-kva.de")).toBe("xn--bcher-kva.de")
    }
  })

  it("that is none is refused, with what to do", () => {
    expect(reason("domain", "bücher.de")).toContain("punycode")
    expect(reason("domain", "example.com.")).toContain("ends in a dot")
    expect(reason("domain", "_dmarc.example.com")).toContain("underscore")
    expect(reason("domain", "localhost")).toContain("has no dot")
    expect(reason("domain", "https://example.com")).toContain('type "url"')
    expect(reason("domain", "example.xn--p1ai")).toContain("top-level domain")
    refuses("domain", [
      "example.c",
      `example.${"a".repeat(21)}`,
      "a---b.com",
      "-a.com",
      "a-.com",
      "a..com",
      ".com"
    ])
    refuses("domain", ["8.8.8.8", "example.com:80", "a b.com", "example.com!", "\u212a.example.com"])
  })
})

describe("a URL", () => {
  it("has scheme and host in lower case, and all else as it is", () => {
    expect(canonical("url", "HTTPS://Example.COM/Path?q=A")).toBe("https://example.com/Path?q=A")
    expect(canonical("url", "http://177.22.84.44:49467/.i")).toBe("http://177.22.84.44:49467/.i")
    expect(canonical("url", "FTP://User:Pw@Example.com:21?X")).toBe("ftp://User:Pw@example.com:21?X")
    expect(canonical("url", "http://[2001:DB8::1]:80/A/../B//")).toBe("http://[2001:db8::1]:80/A/../B//")
    expect(canonical("url", "http://example.com/%2f%41(a)?")).toBe("http://example.com/%2f%41(a)?")
  })

  it("is escaped as Go does it: in the path and host, never in the query", () => {
    expect(canonical("url", "http://example.com/a b/é(1)")).toBe("http://example.com/a%20b/%C3%A9%281%29")
    expect(canonical("url", "http://example.com/a%2Fb c")).toBe("http://example.com/a/b%20c")
    expect(canonical("url", "http://example.com/a#Top")).toBe("http://example.com/a%23Top")
    expect(canonical("url", "http://example.com/?q=é 'x'#y")).toBe("http://example.com/?q=é 'x'#y")
    expect(canonical("url", "http://BÜCHER.de/")).toBe("http://b%C3%BCcher.de/")
    expect(canonical("url", "http://B%C3%9Ccher.de/")).toBe("http://b%C3%BCcher.de/")
    expect(canonical("url", "http://u(1):p@x@example.com/")).toBe("http://u%281%29:p%40x@example.com/")
  })

  it("without scheme or host is refused", () => {
    refuses("url", ["example.com", "//example.com/a", "/path", "http:///x", "http://", "http://:80/", "*"])
    refuses("url", ["mailto:a@example.com", "example.com:8080", "file:///etc/passwd", "1http://example.com"])
  })

  it("with what no URL can have is refused", () => {
    expect(reason("url", "http://example.com/%zz")).toContain("write %25")
    expect(reason("url", "http://example.com/\n")).toBe("has control characters")
    refuses("url", ["http://a b/", "http://example.com:8a/", "http://a:1:2/", "http://%41/", "http://a%ff/"])
    refuses("url", [
      "http://[::1/",
      "http://[8.8.8.8]/",
      "http://[fe80::1%25en0]/",
      "http://u^v@example.com/"
    ])
  })
})

describe("an e-mail address", () => {
  it("is in lower case, without spaces around it", () => {
    expect(canonical("email-address", " Eve+1@Mail.Example ")).toBe("eve+1@mail.example")
    expect(canonical("jabber-id", "user@localhost")).toBe("user@localhost")
    expect(canonical("eppn", "Jürgen@example.de")).toBe("jürgen@example.de")
  })

  it("that is none, or more than one, is refused", () => {
    refuses("email-address", [
      "notanemail",
      "test@",
      "@example.com",
      "a @example.com",
      "a@b@c",
      "a..b@c",
      ".a@b"
    ])
    refuses("email-address", ["a@b.", "a@[8.8.8.8]", '"a b"@c.de', "a@b, c@d"])
    expect(reason("email-address", "Bob <bob@example.com>")).toContain("display name")
  })
})

describe("hashes and hexadecimal", () => {
  const digits = (count: number): string => "aF09".repeat(32).slice(0, count)
  const lengths = {
    md5: [32, 16],
    "ja3-fingerprint": [32, 16],
    sha1: [40],
    sha224: [56],
    sha256: [64],
    sha384: [96],
    sha512: [128],
    "sha512-224": [56],
    "sha512-256": [64],
    "sha3-224": [56],
    "sha3-256": [64],
    payload: [64],
    "sha3-384": [96],
    "sha3-512": [128]
  }

  it("have their exact number of digits and are in lower case", () => {
    for (const [type, allowed] of Object.entries(lengths)) {
      for (let count = 1; count <= 128; count++) {
        const result = canonicalAttribute(type, digits(count))
        expect([type, count, result.ok]).toEqual([type, count, allowed.includes(count)])
        if (result.ok) expect(result.value).toBe(digits(count).toLowerCase())
      }
      refuses(type, [`${digits(lengths.md5[0] ?? 0).slice(1)}g`, ` ${digits(allowed[0] ?? 0)}`])
    }
    expect(reason("md5", "abc")).toBe("is not a MD5 hash, which has 32 or 16 digits: it has 3")
  })

  it("of any length have whole bytes, no prefix and no separators", () => {
    expect(canonical("hex", "DEADBEEF")).toBe("deadbeef")
    expect(canonical("jarm-fingerprint", "27D4".repeat(15) + "AB")).toBe(`${"27d4".repeat(15)}ab`)
    expect(reason("hex", "0xDEADBEEF")).toContain('"0x"')
    expect(reason("hex", "abc")).toContain("odd number")
    expect(reason("certificate-fingerprint", "5E:FF:56:A2")).toContain("separators")
    refuses("hex", ["xyz0", "ab cdef"])
  })

  it("of a file are an MD5, a SHA3-256 or a UUID", () => {
    expect(canonical("file", digits(32))).toBe(digits(32).toLowerCase())
    expect(canonical("file", digits(64))).toBe(digits(64).toLowerCase())
    expect(canonical("file", "123E4567-E89B-12D3-A456-426655440000")).toBe(
      "123e4567-e89b-12d3-a456-426655440000"
    )
    refuses("file", ["invoice.pdf", digits(40)])
  })

  it("of a UUID may have braces, a prefix or no hyphens", () => {
    const uuid = "123e4567-e89b-12d3-a456-426655440000"
    for (const text of [uuid.toUpperCase(), `{${uuid}}`, `URN:UUID:${uuid}`, uuid.replaceAll("-", "")]) {
      expect(canonical("breach", text)).toBe(uuid)
    }
    refuses("breach", [`{${uuid}`, `(${uuid})`, uuid.slice(1), `${uuid} `, uuid.replace("1", "g")])
  })
})

describe("an adversary", () => {
  it("has any name, as it is given", () => {
    for (const name of ["APT29", "Fancy Bear", "Юрий", "10.5 times", "Group 123"]) {
      expect(canonical("adversary", name)).toBe(name)
      expect(canonical("group", name)).toBe(name)
    }
  })

  it("is nothing that has a type of its own", () => {
    refuses("adversary", ["https://example.com", "/path", "123e4567-e89b-12d3-a456-426655440000"])
    refuses("adversary", [
      "test@example.com",
      "Bob <bob@example.com>",
      "192.0.2.1",
      "10.0.0.1",
      "2001:db8::1"
    ])
    refuses("adversary", ["+44-20-7946-0958", "evil.example"])
    expect(reason("adversary", "APT28: Sofacy")).toContain("a word and a colon")
  })
})

describe("names and numbers of the network", () => {
  it("write a MAC address in upper case with hyphens", () => {
    expect(canonical("mac-address", "00:1a:2b:3c:4d:5e")).toBe("00-1A-2B-3C-4D-5E")
    expect(canonical("mac-address", "00-1a-2b-3c-4d-5e")).toBe("00-1A-2B-3C-4D-5E")
    refuses("mac-address", ["001a.2b3c.4d5e", "00-1A-2B-3C-4D", "00-1A:2B-3C-4D-5E", "00-1A-2B-3C-4D-5G"])
  })

  it("write a port with its protocol", () => {
    expect(canonical("port", "443/TCP")).toBe("443/tcp")
    expect(canonical("port", "65535/udp")).toBe("65535/udp")
    refuses("port", ["443", "0/tcp", "65536/tcp", "0443/tcp", "udp/53", "53 udp", "53/sctp", "443/tcp "])
  })

  it("write a path in lower case, and refuse a URL", () => {
    expect(canonical("path", "/Var/Log File")).toBe("/var/log file")
    expect(reason("path", "https://example.com/a")).toContain('type "url"')
  })

  it("write a media type in lower case, without parameters", () => {
    expect(canonical("mime-type", "Application/JSON")).toBe("application/json")
    expect(canonical("mime-type", "application/vnd.ms-excel")).toBe("application/vnd.ms-excel")
    expect(reason("mime-type", "text/html; charset=utf-8")).toContain("parameters")
    refuses("mime-type", [
      "text",
      "te-xt/html",
      "image/png-",
      "image/-png",
      "image/png--x",
      "text/js",
      "a/b/c"
    ])
    refuses("mime-type", ["application/x.y.zip", "text/"])
  })

  it("keep a telephone number as it is", () => {
    for (const phone of ["+49-30-5550", "+44 (20) 7946-0958", "+353 1 234 5678", "+1 (800) 55-5-019"]) {
      expect(canonical("phone", phone)).toBe(phone)
    }
    refuses("phone", ["+ 49-30", "+49 3 0 555 0-12", "+44 (2 0) 79", "0221 12345", "+1\u00a0222", "+0 123"])
  })
})

describe("places", () => {
  it("are in title case, word by word", () => {
    expect(canonical("country", "UNITED states")).toBe("United States")
    expect(canonical("city", "port-au-prince")).toBe("Port-Au-Prince")
    expect(canonical("issuing-country", "cote d'ivoire")).toBe("Cote D'ivoire")
    expect(canonical("country", "u.s.a")).toBe("U.s.a")
    expect(canonical("city", "são paulo (sp)")).toBe("São Paulo (Sp)")
    expect(canonical("city", "3rd place")).toBe("3Rd Place")
    expect(canonical("city", "x''y 京a")).toBe("X''Y 京A")
  })

  it("have the title case of letters that differ from their capitals", () => {
    expect(canonical("city", "ǆǆ ßa ŉa")).toBe("ǅǆ Ssa ʼNa")
    expect(canonical("city", "თბილისი")).toBe("თბილისი")
    expect(canonical("city", "İZMİR")).toBe("Izmir")
  })
})

describe("numbers", () => {
  it("are numbers, also when they are given as text", () => {
    expect(canonical("asn", 15169)).toBe(15169)
    expect(canonical("asn", "+0015169")).toBe(15169)
    expect(canonical("cc-number", "4111111111111111")).toBe(4111111111111111)
    expect(canonical("latitude", "-74.0060")).toBe(-74.006)
    expect(canonical("size-in-bytes", "1e3")).toBe(1000)
    expect(Object.is(canonical("asn", -0), 0)).toBe(true)
    expect(Object.is(canonical("latitude", "-0"), 0)).toBe(true)
  })

  it("that ThreatWinds would take for 0 are refused", () => {
    refuses("asn", [
      "AS15169",
      "1.5",
      1.5,
      "1e3",
      "0x10",
      "1_000",
      " 1",
      Number.NaN,
      Number.POSITIVE_INFINITY
    ])
    refuses("latitude", ["north", "1,5", "1e999", "NaN", "Infinity", "0x1p-2", ".", "1e", Number.NaN])
  })

  it("that JSON cannot carry exactly are refused", () => {
    expect(canonical("bank-account-nr", "9007199254740991")).toBe(9007199254740991)
    expect(reason("bank-account-nr", "9007199254740992")).toContain("cannot be sent exactly")
    expect(reason("bank-account-nr", -9007199254740992)).toContain("cannot be sent exactly")
  })
})

describe("days and times", () => {
  it("are days that exist", () => {
    expect(canonical("date", "2024-02-29")).toBe("2024-02-29")
    expect(canonical("breach-date", "2000-02-29")).toBe("2000-02-29")
    refuses("date", [
      "2023-02-29",
      "1900-02-29",
      "2024-04-31",
      "2024-13-01",
      "2024-00-01",
      "2024-01-00",
      "2024-1-1"
    ])
    refuses("date", ["2024-02-29T00:00:00Z", "29.02.2024", "2024-02-29 "])
  })

  it("are points in time without zeros at the end, and with Z for no offset", () => {
    expect(canonical("datetime", "2024-02-29T12:30:00.120000000Z")).toBe("2024-02-29T12:30:00.12Z")
    expect(canonical("last-analysis", "2023-06-15T10:30:00.000Z")).toBe("2023-06-15T10:30:00Z")
    expect(canonical("datetime", "2023-06-15T10:30:00+00:00")).toBe("2023-06-15T10:30:00Z")
    expect(canonical("datetime", "2023-06-15T10:30:00-05:30")).toBe("2023-06-15T10:30:00-05:30")
    refuses("datetime", ["2023-06-15", "2023-06-15 10:30:00Z", "2023-06-15T10:30:00", "2023-06-15T24:00:00Z"])
    refuses("datetime", ["2023-06-15T10:30:60Z", "2023-02-30T10:30:00Z", "2023-06-15T10:30:00.Z"])
    refuses("datetime", [
      "2023-06-15T10:30:00.1234567890Z",
      "2023-06-15t10:30:00z",
      "2023-06-15T10:30:00+2400"
    ])
  })
})

describe("Base64", () => {
  it("is standard, with padding, as it is given", () => {
    expect(canonical("base64", "SGVsbG8=")).toBe("SGVsbG8=")
    expect(canonical("email-thread-index", "AQHS\r\nR8AA")).toBe("AQHS\r\nR8AA")
    expect(reason("base64", "SGVsbG8")).toContain("standard")
    expect(reason("base64", "a-_b")).toContain("standard")
    refuses("base64", ["QUJD===", "====", "A===", "AA=A", "QU JD", "AAAA BBBB"])
  })
})
