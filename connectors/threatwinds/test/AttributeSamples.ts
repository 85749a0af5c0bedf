import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import type { DataType } from "../src/DataType.ts"

/** Values that are right, in a form that is not always canonical. Two at least for every data type. */
export const samples: Readonly<Record<DataType, readonly [string, string, ...ReadonlyArray<string>]>> = {
  String: ["Doc Dropper Agent", " CVE-2021-44228", "ΟΔΟΣ İ", "e\u0301\u0000x"],
  "Case-sensitive string": ["<CAE01@mail.example.com>", "a\u200bB\r\n", "\ud800x"],
  Adversary: ["APT29", "Fancy Bear", "10 of them"],
  BASE64: ["SGVsbG8=", "QUJD", "QU\r\nJD"],
  CIDR: ["1.1.1.1/16", "2001:DB8::1/33", "::ffff:8.8.8.8/120", "8.8.8.8/32"],
  City: ["new YORK", "l'aquila", "ǆ ß ŉ", "აბ", "saint-denis 3rd"],
  Country: ["united states", "côte d’ivoire", "ΟΣ"],
  Date: ["2024-02-29", "0001-01-31"],
  Datetime: ["2024-02-29T00:00:00.100Z", "2023-12-31T23:59:59+00:00", "2023-12-31T23:59:59.000-05:30"],
  Email: ["User+Tag@Example.com", " jürgen@EXAMPLE.de "],
  FQDN: ["WWW.Example.com", "a--b.c-d.technology"],
  Float: ["40.7128", "-1e-7", "1048576", "+.5", "-0"],
  Hexadecimal: ["DEADBEEF", "00ff"],
  IP: ["8.8.8.8", "2001:0DB8::0:68", "::ffff:1.2.3.4", "::8.8.8.8", "1:0:0:2:0:0:0:3"],
  Integer: ["15169", "+007", "-0"],
  MAC: ["00:1a:2b:3c:4d:5e", "00-1A-2b-3C-4D-5E"],
  MD5: ["D41D8CD98F00B204E9800998ECF8427E", "0123456789abcdef"],
  "MIME type": ["Text/HTML", "application/vnd.ms-excel", "image/svg+xml"],
  Path: ["/Var/LOG/x", "C:\\Windows\\System32"],
  Phone: ["+44 (20) 7946-0958", "+49-30-5550"],
  Port: ["443/TCP", "65535/udp"],
  Regex: [".*\\.exe$", "(?i)a{2,3}|[^\\]a-z]+?"],
  "SHA-1": ["A9".repeat(20), "00".repeat(20)],
  "SHA-224": ["A9".repeat(28), "00".repeat(28)],
  "SHA-256": ["A9".repeat(32), "00".repeat(32)],
  "SHA-384": ["A9".repeat(48), "00".repeat(48)],
  "SHA-512": ["A9".repeat(64), "00".repeat(64)],
  "SHA3-224": ["A9".repeat(28), "00".repeat(28)],
  "SHA3-256": ["A9".repeat(32), "00".repeat(32)],
  "SHA3-384": ["A9".repeat(48), "00".repeat(48)],
  "SHA3-512": ["A9".repeat(64), "00".repeat(64)],
  "SHA512-224": ["A9".repeat(28), "00".repeat(28)],
  "SHA512-256": ["A9".repeat(32), "00".repeat(32)],
  URL: ["HTTPS://Example.COM/Path?q=A#b", "http://u:p%40@Bücher.de:80/a b#c%41", "ftp://[2001:DB8::1]/é"],
  UUID: ["123E4567-e89b-12d3-a456-426655440000", "{123e4567-e89b-12d3-a456-426655440000}"],
  "UUID|MD5|SHA3-256": ["D41D8CD98F00B204E9800998ECF8427E", "urn:uuid:123e4567-e89b-12d3-a456-426655440000"]
}

/** What is put into a sample: what the rules of some data type treat in their own way. */
const pieces = [
  "a",
  "Z",
  "0",
  "9",
  "-",
  ".",
  ":",
  "/",
  "@",
  "%",
  "%41",
  "#",
  "?",
  " ",
  "'",
  "\u0301",
  "\u200b",
  "İ",
  "Σ",
  "ß",
  "ﬃ",
  "ά",
  "ᾳ",
  "ა",
  "中",
  "\ud83d",
  "😀",
  "\n",
  "\u0000",
  "\\",
  "(",
  ")",
  "[",
  "*",
  "_",
  "e1"
] as const

const piece = Arbitrary.schema(Schema.Literals(pieces))
const place = Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 60 })))

/** Samples of the data type, some of them with one or two pieces put in or put over what was there, and other texts. */
export const nearSamples = (dataType: DataType): Arbitrary.Arbitrary<string> =>
  Arbitrary.all([
    Arbitrary.schema(Schema.Literals(samples[dataType])),
    Arbitrary.array(Arbitrary.all([piece, place, Arbitrary.schema(Schema.Boolean)]), { maxLength: 2 }),
    Arbitrary.schema(Schema.String),
    place
  ]).pipe(
    Arbitrary.map(([sample, changes, other, choice]) =>
      choice === 0
        ? other
        : changes.reduce((text, [piece, at, over]) => change(text, piece, at, over), sample)
    )
  )

const change = (text: string, piece: string, at: number, over: boolean): string =>
  text.slice(0, at) + piece + text.slice(over ? at + piece.length : at)
