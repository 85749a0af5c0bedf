import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import { encodingFunctions } from "../src/expression/functions/EncodingFunctions.ts"
import { maxJsonDepth } from "../src/expression/functions/JsonText.ts"
import { Duration, Optional, Timestamp, TypeName, type Value } from "../src/expression/Value.ts"
import { anyText, FunctionTable, holdsFor, oneOf, textOf, unicodeText } from "./FunctionTable.ts"

const table = new FunctionTable(encodingFunctions)
const longText = textOf(unicodeText, 0, 10)

const roundTrips = (encode: string, decode: string) =>
  holdsFor(longText, (text) => table.call(decode, table.call(encode, text)) === text)

describe("base64", () => {
  it("has the vectors of RFC 4648 section 10", () => {
    const vectors = [
      ["", ""],
      ["f", "Zg=="],
      ["fo", "Zm8="],
      ["foo", "Zm9v"],
      ["foob", "Zm9vYg=="],
      ["fooba", "Zm9vYmE="],
      ["foobar", "Zm9vYmFy"]
    ] as const
    for (const [text, encoded] of vectors) {
      expect(table.call("base64.encode", text)).toBe(encoded)
      expect(table.call("base64.decode", encoded)).toBe(text)
      expect(table.call("base64.encodeUrl", text)).toBe(encoded.replaceAll("=", ""))
      expect(table.call("base64.decodeUrl", encoded)).toBe(text)
    }
  })

  it.effect("is that of Buffer for any text", () =>
    holdsFor(longText, (text) => {
      const buffer = Buffer.from(text, "utf8")
      return (
        table.call("base64.encode", text) === buffer.toString("base64") &&
        table.call("base64.encodeUrl", text) === buffer.toString("base64url")
      )
    })
  )

  it.effect("gives back the text", () => roundTrips("base64.encode", "base64.decode"))
  it.effect("for URLs gives back the text", () => roundTrips("base64.encodeUrl", "base64.decodeUrl"))

  it.effect("may come without padding and with line breaks", () =>
    holdsFor(longText, (text) => {
      const encoded = table.text("base64.encode", text)
      const folded = encoded.replace(/.{1,7}/g, "$&\r\n")
      return (
        table.call("base64.decode", folded) === text &&
        table.call("base64.decode", encoded.replace(/=+$/, "")) === text
      )
    })
  )

  it.each(["a", "aaaaa", "Zg=", "Zg===", "=", "====", "Zm8=Zm8=", "Zm9v Zm9v", "Zm9-", "Zm9é", "Zm=v"])(
    "%j is not base64",
    (text) => {
      expect(table.failure("base64.decode", text)).toMatchObject({
        code: "SP1304",
        message: `the text of ${text.length} characters is not base64`
      })
    }
  )

  it("tells its two alphabets apart", () => {
    expect(table.failure("base64.decode", "YT8-")).toMatchObject({ code: "SP1304" })
    expect(table.failure("base64.decodeUrl", "YT8+")).toMatchObject({ code: "SP1304" })
  })

  it("of bytes that are not UTF-8 is refused", () => {
    expect(table.failure("base64.decode", "/w==")).toMatchObject({
      code: "SP1304",
      message: "the 1 decoded bytes are not UTF-8 text"
    })
    expect(table.failure("base64.decode", "7aCA")).toMatchObject({ code: "SP1304" })
  })

  it("keeps a byte order mark", () => {
    expect(table.call("base64.decode", "77u/YQ==")).toBe("\ufeffa")
  })
})

describe("percent-encoding", () => {
  it("keeps the unreserved characters of RFC 3986 and nothing else", () => {
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))
    const kept = ascii.filter((character) => table.call("url.encode", character) === character).join("")
    expect(kept).toBe("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~")
    for (const character of ascii.filter((one) => !kept.includes(one))) {
      const hex = character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")
      expect(table.call("url.encode", character)).toBe(`%${hex}`)
    }
  })

  it.effect("gives back the text", () => roundTrips("url.encode", "url.decode"))

  it("leaves a plus alone when it is decoded", () => {
    expect(table.call("url.decode", "a+b%2B")).toBe("a+b+")
  })

  it.each(["%", "%2", "%zz", "a%", "%ff", "%C3", "%ED%A0%80", "%C0%80"])("%j cannot be decoded", (text) => {
    expect(table.failure("url.decode", text)).toMatchObject({ code: "SP1304" })
  })
})

describe("hexadecimal", () => {
  it.effect("is that of Buffer for any text", () =>
    holdsFor(longText, (text) => table.call("hex.encode", text) === Buffer.from(text, "utf8").toString("hex"))
  )

  it.effect("gives back the text, in either case", () =>
    holdsFor(longText, (text) => {
      const encoded = table.text("hex.encode", text)
      return (
        table.call("hex.decode", encoded) === text && table.call("hex.decode", encoded.toUpperCase()) === text
      )
    })
  )

  it.each(["6", "616", "0x61", "6g", "61 62", "ff", "６１"])("%j cannot be decoded", (text) => {
    expect(table.failure("hex.decode", text)).toMatchObject({ code: "SP1304" })
  })
})

describe("every encoding", () => {
  it.effect("of half a surrogate pair is refused", () =>
    holdsFor(textOf(anyText, 0, 5), (text) =>
      ["base64.encode", "base64.encodeUrl", "url.encode", "hex.encode"].every(
        (name) => (table.failure(name, text)?.code === "SP1308") === !text.isWellFormed()
      )
    )
  )

  it("of a text that the budget does not cover ends with SP1306", () => {
    const text = "a".repeat(20_000_000)
    for (const { name } of encodingFunctions.filter((definition) => !definition.name.startsWith("json."))) {
      expect(table.failure(name, text)).toMatchObject({ code: "SP1306" })
    }
  })
})

describe("JSON", () => {
  const leaf: Arbitrary.Arbitrary<Value> = oneOf<Value>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    2 ** 53 - 1,
    1e-300,
    "",
    'é\n"\\'
  )
  const values = (depth: number): Arbitrary.Arbitrary<Value> => {
    if (depth === 0) return leaf
    const inner = values(depth - 1)
    const keys = textOf(oneOf("a", "__proto__", "constructor", "toJSON", "1", "\ud800"), 0, 2)
    const entries = Arbitrary.array(Arbitrary.all([keys, inner]), { minLength: 0, maxLength: 4 })
    return oneOf("leaf", "list", "object").pipe(
      Arbitrary.flatMap((kind): Arbitrary.Arbitrary<Value> => {
        if (kind === "leaf") return leaf
        if (kind === "list") return Arbitrary.array(inner, { minLength: 0, maxLength: 4 })
        return entries.pipe(Arbitrary.map((pairs): Value => Object.fromEntries(pairs)))
      })
    )
  }

  it.effect("is what JSON.stringify writes, and gives back the value", () =>
    holdsFor(values(4), (value) => {
      const text = table.text("json.encode", value)
      return (
        text === JSON.stringify(value) && table.text("json.encode", table.call("json.decode", text)) === text
      )
    })
  )

  it.effect("text is read exactly when JSON.parse reads it", () => {
    const token = oneOf(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"',
      "1",
      "-",
      "1e2",
      "null",
      " ",
      "\\",
      "\u0000",
      "tru"
    )
    return holdsFor(
      textOf(token, 0, 8),
      (text) => {
        let valid = true
        try {
          JSON.parse(text)
        } catch {
          valid = false
        }
        return (table.failure("json.decode", text)?.code === "SP1304") === !valid
      },
      5_000
    )
  })

  it("writes timestamps and durations as text", () => {
    expect(table.call("json.encode", [new Timestamp(0, 1), new Duration(-1, -500_000_000)])).toBe(
      '["1970-01-01T00:00:00.000000001Z","-1.5s"]'
    )
  })

  it.each([
    ["an optional", Optional.none],
    ["a type", new TypeName("int")],
    ["a number that is not finite", Infinity],
    ["not a number", Number.NaN]
  ])("does not write %s", (_what, value) => {
    expect(table.failure("json.encode", [value])).toMatchObject({ code: "SP1308" })
  })

  it("reads objects that have no prototype, whatever their keys", () => {
    const value = table.call("json.decode", '{"__proto__": {"admin": true}, "constructor": 1, "a": {}}')
    expect(Object.getPrototypeOf(value)).toBeNull()
    expect(Object.keys(value ?? {})).toEqual(["__proto__", "constructor", "a"])
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined()
  })

  it("takes the last of a key that is given twice", () => {
    expect(table.call("json.encode", table.call("json.decode", '{"a":1,"b":2,"a":3}'))).toBe('{"a":3,"b":2}')
  })

  it.each(["9007199254740992", "-9007199254740992", "[1e300]", '{"a": 1e999}', "12345678901234567890"])(
    "does not read the number in %s",
    (text) => {
      expect(table.failure("json.decode", text)).toMatchObject({ code: "SP1305" })
    }
  )

  const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth)

  it("is read and written up to its depth and not beyond", () => {
    const deepest = table.call("json.decode", nested(maxJsonDepth))
    expect(table.call("json.encode", deepest)).toBe(nested(maxJsonDepth))
    expect(table.failure("json.encode", [deepest])).toMatchObject({ code: "SP1308" })
    expect(table.failure("json.decode", nested(maxJsonDepth + 1))).toMatchObject({ code: "SP1304" })
    expect(table.call("json.decode", JSON.stringify("[".repeat(1_000)))).toBe("[".repeat(1_000))
  })

  it.each([
    ["brackets", "[".repeat(1_000_000)],
    ["objects", '{"a":'.repeat(200_000)],
    ["open quotes", '"\\'.repeat(500_000)],
    ["quotes", '"'.repeat(1_000_000)]
  ])("that is a megabyte of %s is refused", (_what, text) => {
    expect(table.failure("json.decode", text)).toMatchObject({ code: "SP1304" })
  })

  it("says nothing of the text that it refuses", () => {
    expect(table.failure("json.decode", "hunter2")?.message).toBe("the text of 7 characters is not JSON")
  })

  it("costs a step for each element", () => {
    const text = JSON.stringify(Array.from({ length: 1_000 }, () => 1))
    expect(table.steps("json.decode", text)).toBeGreaterThanOrEqual(1_000)
    expect(table.steps("json.encode", table.call("json.decode", text))).toBeGreaterThanOrEqual(1_000)
  })
})
