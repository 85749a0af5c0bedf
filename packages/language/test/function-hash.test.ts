import { createHash } from "node:crypto"
import { describe, expect, it } from "@effect/vitest"
import { hashFunctions } from "../src/expression/functions/HashFunctions.ts"
import { anyText, FunctionTable, holdsFor, oneOf, textOf } from "./FunctionTable.ts"

const table = new FunctionTable(hashFunctions)
const names = ["md5", "sha1", "sha256", "sha512", "sha3_256"]

/** The same digest by node:crypto, which is OpenSSL. */
const reference = (name: string, text: string): string =>
  createHash(name.replace("_", "-")).update(text, "utf8").digest("hex")

describe("a digest", () => {
  it("of the empty text is that of the standards", () => {
    expect(names.map((name) => table.call(name, ""))).toEqual([
      // RFC 1321 appendix A.5
      "d41d8cd98f00b204e9800998ecf8427e",
      // NIST CSRC examples for FIPS 180-4 and FIPS 202, messages of length 0
      "da39a3ee5e6b4b0d3255bfef95601890afd80709",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
      "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"
    ])
  })

  it("of the two-block message of FIPS 180-4 and RFC 1321 is that of the standards", () => {
    const message = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
    expect(table.call("sha1", message)).toBe("84983e441c3bd26ebaae4aa1f95129e5e54670f1")
    expect(table.call("sha256", message)).toBe(
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    )
    expect(table.call("md5", "message digest")).toBe("f96b697d7cb7938d525a2f31aaf161d0")
  })

  it.effect("of any text is that of node:crypto", () =>
    holdsFor(textOf(anyText, 0, 20), (text) =>
      names.every((name) =>
        text.isWellFormed()
          ? table.call(name, text) === reference(name, text)
          : table.failure(name, text)?.code === "SP1308"
      )
    )
  )

  it("is right at every length around the block sizes", () => {
    for (let length = 50; length <= 140; length++) {
      const text = "é".repeat(length)
      for (const name of names) expect(table.call(name, text)).toBe(reference(name, text))
    }
  })

  it.effect("costs in proportion to the text", () =>
    holdsFor(
      oneOf(...names),
      (name) => table.steps(name, "a".repeat(64_000)) > 9 * table.steps(name, "a".repeat(6_400)) - 1_000,
      20
    )
  )

  it("of half a surrogate pair is refused, and the message has no text", () => {
    expect(table.failure("sha256", "secret\ud800")).toMatchObject({
      code: "SP1308",
      message: "the text has half of a surrogate pair, which UTF-8 cannot express"
    })
  })

  it("of a text that the budget does not cover ends with SP1306", () => {
    expect(table.failure("sha256", "a".repeat(10_000_000))).toMatchObject({ code: "SP1306" })
  })
})
