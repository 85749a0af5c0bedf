import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import { defang } from "../src/expression/functions/Defang.ts"
import { isDomainName } from "../src/expression/functions/DomainName.ts"
import { indicatorFunctions } from "../src/expression/functions/IndicatorFunctions.ts"
import { iocTypeOf } from "../src/expression/functions/IocType.ts"
import { formatIpAddress, parseIpAddress } from "../src/expression/functions/IpAddress.ts"
import { refang } from "../src/expression/functions/Refang.ts"
import { FunctionTable, holdsFor, oneOf, textOf, wholeNumber } from "./FunctionTable.ts"

const table = new FunctionTable(indicatorFunctions)

const characters = (set: string): Arbitrary.Arbitrary<string> => oneOf(...set.split(""))
const alphanumeric = characters("abcxyzt019")
const label = Arbitrary.all([alphanumeric, textOf(characters("ahtxp09-_"), 0, 6), alphanumeric]).pipe(
  Arbitrary.map((parts) => parts.join(""))
)
const domain = Arbitrary.all([
  Arbitrary.array(label, { minLength: 1, maxLength: 4 }),
  oneOf("com", "org", "co", "zip", "xn--p1ai", "рф", "DE", "museum")
]).pipe(Arbitrary.map(([labels, last]) => [...labels, last].join(".")))
const ipv4 = Arbitrary.array(wholeNumber(0, 255), { minLength: 4, maxLength: 4 }).pipe(
  Arbitrary.map((bytes) => bytes.join("."))
)
const ipv6 = Arbitrary.array(wholeNumber(0, 0xffff), { minLength: 8, maxLength: 8 }).pipe(
  Arbitrary.map((groups) => groups.map((group) => (group % 3 === 0 ? "0" : group.toString(16))).join(":")),
  Arbitrary.map((text) => formatIpAddress(parseIpAddress(text) ?? expect.fail(text)))
)
const anyOf = (...kinds: ReadonlyArray<Arbitrary.Arbitrary<string>>): Arbitrary.Arbitrary<string> =>
  oneOf(...kinds).pipe(Arbitrary.flatMap((kind) => kind))
const bracketed = ipv6.pipe(Arbitrary.map((text) => (text.includes(":") ? `[${text}]` : text)))
const url = Arbitrary.all([
  oneOf("http", "https", "ftp", "ftps", "HTTP", "HTTPS", "FTP", "Http", "hTTps"),
  oneOf("", "", "user@", "user:p.w@"),
  anyOf(domain, ipv4, bracketed),
  oneOf("", ":8080"),
  oneOf("", "/", "?", "#"),
  textOf(oneOf(..."abx.-_~:@!$&'*+=/?%".split(""), "http", "://", "www.evil.com"), 0, 12)
]).pipe(
  Arbitrary.map(
    ([scheme, user, host, port, start, rest]) =>
      `${scheme}://${user}${host}${port}${start}${start === "" ? "" : rest}`
  )
)
const email = Arbitrary.all([textOf(characters("abx09._%+-"), 1, 10), anyOf(domain, ipv4)]).pipe(
  Arbitrary.map(([local, host]) => `${local}@${host}`)
)
const indicator = anyOf(domain, ipv4, ipv6, url, email)
const prose = oneOf(
  "see",
  "e.g. this",
  "i.e.",
  "(and)",
  "[1]",
  "v1.2.3",
  "report.pdf",
  "10:30:00",
  "a/b",
  "é",
  "x: y",
  "..."
)

/** What defanged and live indicators are made of, in any order. */
const soup = textOf(
  oneOf(
    ..."a b.com x é 0 1 ff ffff 10.0.0.1 1.2.3.4.5 . .. [.] (.) {.} [dot] (dot) @ [@] (at) [at] : :: [:] (:) / // [/]".split(
      " "
    ),
    ..."http https hxxp hXXps HTTP HttP ftp fxp :// [://] [:]// :[//] - _ % + , ; ( ) [ ] < > # ? h**p e.g. \\ `".split(
      " "
    ),
    " ",
    "  ",
    "\n"
  ),
  0,
  14
)

describe("refang after defang", () => {
  it.effect("gives back every indicator", () =>
    holdsFor(indicator, (text) => refang(defang(text)) === text, 10_000)
  )

  it.effect("gives back text with indicators in it", () =>
    holdsFor(
      Arbitrary.array(anyOf(indicator, prose), { minLength: 0, maxLength: 6 }),
      (words) => refang(defang(words.join(" "))) === words.join(" "),
      4_000
    )
  )
})

describe("defang", () => {
  it.effect("changes every indicator, whatever stands around it", () =>
    holdsFor(
      Arbitrary.all([
        oneOf("", "(", "<", '"', "[", "see: ", "x,"),
        indicator,
        oneOf("", ")", ">", ",", ". ", "]", "!")
      ]).pipe(Arbitrary.filter(([, text]) => iocTypeOf(text) !== "unknown" && /\d|\.|\//.test(text))),
      ([before, text, after]) => !defang(before + text + after).includes(text),
      5_000
    )
  )

  it.effect("twice is defang once, for any text", () =>
    holdsFor(soup, (text) => defang(defang(text)) === defang(text), 20_000)
  )

  it.effect("leaves no live scheme in any text", () =>
    holdsFor(soup, (text) => !/(?<![\p{L}\p{N}])(?:https?|ftps?):\/\//iu.test(defang(text)), 10_000)
  )

  it.each([
    ["http://evil.com/a.php?x=b.org#c.net", "hxxp://evil[.]com/a.php?x=b.org#c.net"],
    ["https://sub.evil.co.uk:8443", "hxxps://sub[.]evil[.]co[.]uk:8443"],
    ["ftp://evil.com ftps://evil.com", "fxp://evil[.]com fxps://evil[.]com"],
    ["HTTPS://EVIL.COM", "HXXPS://EVIL[.]COM"],
    ["HtTp://evil.com", "HtTp[:]//evil[.]com"],
    ["http://localhost:8080/x", "hxxp://localhost:8080/x"],
    ["http://1.2.3.4/a", "hxxp://1[.]2[.]3[.]4/a"],
    ["http://[2001:db8::1]:80/a", "hxxp://[2001:db8::1]:80/a"],
    ["http://me:p.w@evil.com", "hxxp://me:p[.]w@evil[.]com"],
    ["http://a.com/?u=http://b.com/c.d", "hxxp://a[.]com/?u=hxxp://b[.]com/c.d"],
    ["http://a.com|http://b.com,c.com", "hxxp://a[.]com|hxxp://b[.]com,c[.]com"],
    ["[a.com](http://a.com)", "[a[.]com](hxxp://a[.]com)"],
    ["evil.com, www.evil.org; bad.net.", "evil[.]com, www[.]evil[.]org; bad[.]net."],
    ["evil.com/path/file.so", "evil[.]com/path/file.so"],
    ["//cdn.evil.com/x ws://evil.com", "//cdn[.]evil[.]com/x ws://evil[.]com"],
    ["_dmarc.evil.com xn--80ak6aa92e.com", "_dmarc[.]evil[.]com xn--80ak6aa92e[.]com"],
    ["münchen.de пример.рф", "münchen[.]de пример[.]рф"],
    ["john.doe@evil.com", "john.doe[@]evil[.]com"],
    ["mailto:a+b@evil.com", "mailto:a+b[@]evil[.]com"],
    ["root@10.0.0.1", "root[@]10[.]0[.]0[.]1"],
    ["10.0.0.1:8080 10.0.0.0/8", "10[.]0[.]0[.]1:8080 10[.]0[.]0[.]0/8"],
    ["::1 fe80::1%eth0 2001:db8::/32", "[:][:]1 fe80[:][:]1%eth0 2001[:]db8[:][:]/32"],
    ["[2001:db8::1]:443", "[2001[:]db8[:][:]1]:443"],
    ["::ffff:10.0.0.1", "[:][:]ffff[:]10[.]0[.]0[.]1"],
    ["evil[.]example.com", "evil[.]example[.]com"],
    ["hxxp://evil.com", "hxxp://evil[.]com"],
    ["http:// alone", "hxxp:// alone"],
    ["this.http://evil.com a-https://b.com", "this.hxxp://evil[.]com a-hxxps://b[.]com"],
    ["get evil.zip or README.md", "get evil[.]zip or README[.]md"]
  ])("makes %j harmless", (text, expected) => {
    expect(defang(text)).toBe(expected)
    expect(defang(expected)).toBe(expected)
  })

  it.each([
    "",
    "e.g. this, i.e. that, etc. and so on...",
    "end of sentence.The next one",
    "version 1.2.3, v10.0.1-beta, 1.2.3.4.5, 3.14",
    "report.pdf invoice.docx setup.exe index.html data.json",
    "/usr/lib/libssl.so ./run.sh ../a.py C:\\Users\\evil.com",
    "12:34:56 and 2024-05-01T10:00:00.000Z",
    "00:1a:2b:3c:4d:5e",
    "std::vector a::b ::",
    "user@host @mention",
    "http: https hxxp ://",
    "256.1.1.1 1.2.3 010.0.0.1",
    "hxxp://evil[.]com/x a[@]b[.]com 2001[:]db8[:][:]1"
  ])("leaves %j as it is", (text) => {
    expect(defang(text)).toBe(text)
  })
})

describe("refang", () => {
  it.each([
    ["hxxp://evil[.]com", "http://evil.com"],
    ["hXXps://evil[.]com", "https://evil.com"],
    ["HXXPS://EVIL[.]COM", "HTTPS://EVIL.COM"],
    ["h**p://evil.com h__ps://evil.com htxp://evil.com", "http://evil.com https://evil.com http://evil.com"],
    ["fxp://a[.]com fxps://a[.]com", "ftp://a.com ftps://a.com"],
    ["hxxp[:]//a.com hxxp[://]a.com hxxp(:)//a.com", "http://a.com http://a.com http://a.com"],
    ["http[:]//a.com https:[//]a.com https[:][/][/]a.com", "http://a.com https://a.com https://a.com"],
    ["ws[:]//a[.]com", "ws://a.com"],
    ["a[.]b(.)c{.}d[dot]e(dot)f{DOT}com", "a.b.c.d.e.f.com"],
    ["evil [.] com, evil [ dot ] com, evil(. )com", "evil.com, evil.com, evil.com"],
    ["bob[@]evil[.]com bob[at]evil[.]com bob (at) evil (dot) com", "bob@evil.com bob@evil.com bob@evil.com"],
    ["10[.]0[.]0[.]1[:]8080", "10.0.0.1:8080"],
    ["2001[:]db8[:][:]1 and [:][:]1", "2001:db8::1 and ::1"],
    ["hxxp://[2001[:]db8[:][:]1][:]80/", "http://[2001:db8::1][:]80/"]
  ])("makes %j live", (text, expected) => {
    expect(refang(text)).toBe(expected)
  })

  it.each([
    "",
    "http://evil.com/a b@c.com 10.0.0.1 2001:db8::1",
    "the hxxp scheme",
    "[.]com domains",
    "list[:] and a[:-1]",
    "meet me (at) noon",
    "see [1].",
    "a [ . b"
  ])("leaves %j as it is", (text) => {
    expect(refang(text)).toBe(text)
  })

  it.effect("leaves live indicators as they are", () =>
    holdsFor(indicator, (text) => refang(text) === text, 4_000)
  )
})

describe("ioc.type", () => {
  it.each([
    ["ipv4", "10.0.0.1"],
    ["ipv6", "2001:db8::1"],
    ["ipv6", "::ffff:10.0.0.1"],
    ["md5", "D41D8CD98F00B204E9800998ECF8427E"],
    ["sha1", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
    ["sha256", "0".repeat(64)],
    ["sha512", "f".repeat(128)],
    ["url", "http://evil.com"],
    ["url", "HTTPS://user:pw@evil.com:8443/a?b#c"],
    ["url", "http://[::1]:80/"],
    ["url", "http://localhost/"],
    ["url", "ftp://10.0.0.1/x"],
    ["email", "john.doe+x@evil.com"],
    ["domain", "www.evil.co.uk"],
    ["domain", "xn--80ak6aa92e.com"],
    ["domain", "пример.рф"],
    ["unknown", ""],
    ["unknown", "localhost"],
    ["unknown", "report.pdf"],
    ["unknown", "evil[.]com"],
    ["unknown", "hxxp://evil.com"],
    ["unknown", " evil.com"],
    ["unknown", "evil.com."],
    ["unknown", "-evil.com"],
    ["unknown", "evil-.com"],
    ["unknown", "evil..com"],
    ["unknown", `${"a".repeat(64)}.com`],
    ["unknown", `${"a.".repeat(126)}com`],
    ["unknown", "10.0.0.0/8"],
    ["unknown", "10.0.0.256"],
    ["unknown", "http://"],
    ["unknown", "http://a b"],
    ["unknown", "http://[10.0.0.1]/"],
    ["unknown", "http://evil..com/"],
    ["unknown", "javascript:alert(1)"],
    ["unknown", "a@b@evil.com"],
    ["unknown", "user@localhost"],
    ["unknown", "0".repeat(63)],
    ["unknown", "g".repeat(64)]
  ])("%s is the type of %j", (type, text) => {
    expect(table.call("ioc.type", text)).toBe(type)
  })

  it.effect("tells what an indicator was made as", () =>
    holdsFor(Arbitrary.all([domain, ipv4, ipv6]), ([name, four, six]) => {
      const isDomain = isDomainName(name) ? "domain" : "unknown"
      return (
        iocTypeOf(name) === isDomain &&
        iocTypeOf(four) === "ipv4" &&
        iocTypeOf(six) === (six.includes(":") ? "ipv6" : "ipv4") &&
        iocTypeOf(`https://${name}/x.pdf`) === "url"
      )
    })
  )
})

describe("a megabyte of hostile text", () => {
  const pieces =
    "a|a.|a@|http://|[.]|a[.]|a:|::|a[:]|[:]|hxxp[:]|a [at] | |a \t|a [ |1.|/a.b|http:|http://a@|a%|-|(.|{dot}|[ |a-.|h**|fxp(:)".split(
      "|"
    )

  it.each(pieces)("made of %j is worked through in linear time", (piece) => {
    // A quadratic search takes minutes here; the test only tells minutes from milliseconds.
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
    const started = performance.now()
    for (const suffix of ["", "!", "@", "."]) {
      expect(defang(text + suffix).length).toBeGreaterThanOrEqual(text.length)
      expect(refang(text + suffix).length).toBeLessThanOrEqual(text.length + 1)
      expect(iocTypeOf(text + suffix)).toBe("unknown")
    }
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it("that the budget does not cover ends with SP1306", () => {
    expect(table.failure("defang", "a".repeat(1_000_001))).toMatchObject({ code: "SP1306" })
    expect(table.failure("refang", "a".repeat(1_000_001))).toMatchObject({ code: "SP1306" })
    expect(table.call("defang", "a".repeat(100_000))).toBe("a".repeat(100_000))
  })
})
