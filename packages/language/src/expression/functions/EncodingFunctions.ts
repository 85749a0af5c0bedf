import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js"
import * as Type from "../../types/Type.ts"
import type { Evaluation } from "../Evaluation.ts"
import { type FunctionDefinition, overload } from "../FunctionDefinition.ts"
import { Base64 } from "./Base64.ts"
import { fn } from "./Define.ts"
import { decodeJson, encodeJson, maxJsonDepth } from "./JsonText.ts"
import { anyValue, text } from "./Params.ts"
import { decodeUtf8, encodeUtf8, requireWellFormed } from "./Utf8.ts"

/**
 * Text to text: base64, percent-encoding, hexadecimal and JSON. There are no bytes in the language: text is taken and
 * given as UTF-8, and what does not decode to UTF-8 is an error.
 */
export const encodingFunctions: ReadonlyArray<FunctionDefinition> = [
  convert("base64.encode", {
    doc: "The UTF-8 bytes of the text in base64 (RFC 4648 section 4), with padding.",
    convert: (value, c) => encodeBase64(Base64.standard, value, c),
    examples: [
      ['base64.encode("hello")', '"aGVsbG8="'],
      ['base64.encode("")', '""']
    ]
  }),
  convert("base64.decode", {
    doc: "The text whose UTF-8 bytes are given in base64. The padding may be left out, line breaks are skipped. Fails when it is not base64 or the bytes are not UTF-8.",
    convert: (value, c) => decodeBase64(Base64.standard, value, c),
    examples: [
      ['base64.decode("aGVsbG8=")', '"hello"'],
      ['base64.decode("aGVsbG8")', '"hello"']
    ]
  }),
  convert("base64.encodeUrl", {
    doc: "The UTF-8 bytes of the text in base64 for URLs and file names (`-` and `_`, RFC 4648 section 5), without padding.",
    convert: (value, c) => encodeBase64(Base64.url, value, c),
    examples: [['base64.encodeUrl("a?>")', '"YT8-"']]
  }),
  convert("base64.decodeUrl", {
    doc: "The text whose UTF-8 bytes are given in base64 for URLs, with or without padding. Fails when it is not that or the bytes are not UTF-8.",
    convert: (value, c) => decodeBase64(Base64.url, value, c),
    examples: [['base64.decodeUrl("YT8-")', '"a?>"']]
  }),
  convert("url.encode", {
    doc: "The text as one component of a URL: everything but letters, digits and `-._~` becomes the percent-encoded UTF-8 bytes (RFC 3986 section 2.1). A space becomes `%20`.",
    convert: encodeUrl,
    examples: [
      ['url.encode("a b&c=d/é")', '"a%20b%26c%3Dd%2F%C3%A9"'],
      ['url.encode("it\'s")', '"it%27s"']
    ]
  }),
  convert("url.decode", {
    doc: "The text with its percent-encoded bytes decoded as UTF-8. A `+` stays a `+`: for form data replace it by `%20` first. Fails on a `%` without two hexadecimal digits and on bytes that are not UTF-8.",
    convert: decodeUrl,
    examples: [
      ['url.decode("a%20b%2Fc")', '"a b/c"'],
      ['url.decode("1+1")', '"1+1"']
    ]
  }),
  convert("hex.encode", {
    doc: "The UTF-8 bytes of the text as lower-case hexadecimal digits.",
    convert: encodeHex,
    examples: [['hex.encode("é!")', '"c3a921"']]
  }),
  convert("hex.decode", {
    doc: "The text whose UTF-8 bytes are given as hexadecimal digits of either case. Fails when it has other characters or an odd number of digits, or the bytes are not UTF-8.",
    convert: decodeHex,
    examples: [['hex.decode("C3a921")', '"é!"']]
  }),
  fn("encoding", "json.encode", {
    doc: `The value as JSON text without spaces, keys in the order of the object. Timestamps become RFC 3339 text, durations \`"1.5s"\`. Fails on an optional, a type and what is nested deeper than ${maxJsonDepth} levels.`,
    overloads: [overload([anyValue("value")], Type.string, encodeJson, { fallible: true })],
    examples: [
      [
        'json.encode({"name": "x", "tags": [1, 2.5, null]})',
        String.raw`"{\"name\":\"x\",\"tags\":[1,2.5,null]}"`
      ],
      ['json.encode(timestamp("2024-05-01T12:00:00+02:00"))', String.raw`"\"2024-05-01T10:00:00Z\""`]
    ]
  }),
  fn("encoding", "json.decode", {
    doc: `The value of JSON text. Fails when the text is not JSON or is nested deeper than ${maxJsonDepth} levels, and on numbers beyond ±(2^53 − 1). Of a key given twice the last counts.`,
    overloads: [overload([text("text")], Type.dyn, decodeJson, { fallible: true })],
    examples: [
      [String.raw`json.decode("{\"a\": [1, true]}").a[0]`, "1"],
      ['json.decode("null")', "null"]
    ]
  })
]

interface Conversion {
  readonly doc: string
  readonly convert: (value: string, c: Evaluation) => string
  readonly examples: ReadonlyArray<readonly [expression: string, result: string]>
}

function convert(name: string, { doc, convert: evaluate, examples }: Conversion): FunctionDefinition {
  return fn("encoding", name, {
    doc,
    overloads: [overload([text("text")], Type.string, evaluate, { fallible: true })],
    examples
  })
}

/*
 * What these take from the budget follows their measured time: up to 20 ns a character, where a step is about 50 ns.
 */

function encodeBase64(alphabet: Base64, value: string, c: Evaluation): string {
  c.spend(value.length >>> 3)
  return alphabet.encode(encodeUtf8(value, c))
}

function decodeBase64(alphabet: Base64, value: string, c: Evaluation): string {
  c.spend(value.length >>> 3)
  const bytes = alphabet.decode(value)
  if (bytes === undefined) return c.fail("SP1304", `the text of ${value.length} characters is not base64`)
  return decodeUtf8(bytes, c)
}

function encodeUrl(value: string, c: Evaluation): string {
  c.spend(value.length >>> 3)
  requireWellFormed(value, c)
  return encodeURIComponent(value).replace(/[!'()*]/g, (character) => `%${hexOf(character)}`)
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase()
}

function decodeUrl(value: string, c: Evaluation): string {
  c.spend(value.length >>> 3)
  try {
    return decodeURIComponent(value)
  } catch {
    return c.fail("SP1304", `the text of ${value.length} characters is not percent-encoded UTF-8`)
  }
}

function encodeHex(value: string, c: Evaluation): string {
  c.spend(value.length >>> 4)
  return bytesToHex(encodeUtf8(value, c))
}

function decodeHex(value: string, c: Evaluation): string {
  c.spend(value.length >>> 4)
  if (value.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(value)) {
    c.fail("SP1304", `the text of ${value.length} characters is not pairs of hexadecimal digits`)
  }
  return decodeUtf8(hexToBytes(value), c)
}
