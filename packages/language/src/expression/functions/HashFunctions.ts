import { md5, sha1 } from "@noble/hashes/legacy.js"
import { sha256, sha512 } from "@noble/hashes/sha2.js"
import { sha3_256 } from "@noble/hashes/sha3.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import * as Type from "../../types/Type.ts"
import { type FunctionDefinition, overload } from "../FunctionDefinition.ts"
import { fn } from "./Define.ts"
import { text } from "./Params.ts"
import { encodeUtf8 } from "./Utf8.ts"

const weak = "Identifies known files and messages; it is broken as a proof that nobody changed them."

/** Digests of the UTF-8 bytes of text, as lower-case hexadecimal digits. */
export const hashFunctions: ReadonlyArray<FunctionDefinition> = [
  hash("md5", `MD5 (RFC 1321), 32 hexadecimal digits. ${weak}`, md5, "900150983cd24fb0d6963f7d28e17f72"),
  hash(
    "sha1",
    `SHA-1 (FIPS 180-4), 40 hexadecimal digits. ${weak}`,
    sha1,
    "a9993e364706816aba3e25717850c26c9cd0d89d"
  ),
  hash(
    "sha256",
    "SHA-256 (FIPS 180-4), 64 hexadecimal digits.",
    sha256,
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  ),
  hash(
    "sha512",
    "SHA-512 (FIPS 180-4), 128 hexadecimal digits.",
    sha512,
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
  ),
  hash(
    "sha3_256",
    "SHA3-256 (FIPS 202), 64 hexadecimal digits.",
    sha3_256,
    "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"
  )
]

/** Steps a digest costs whatever the text, and for 64 characters: it is far more work than looking at them. */
const startSteps = 100
const blockSteps = 20

function hash(
  name: string,
  algorithm: string,
  digest: (bytes: Uint8Array) => Uint8Array,
  ofAbc: string
): FunctionDefinition {
  return fn("hashing", name, {
    doc: `The digest of the text's UTF-8 bytes, in lower case: ${algorithm} Fails on a text with half of a surrogate pair.`,
    overloads: [
      overload(
        [text("text")],
        Type.string,
        (value, c) => {
          c.spend(startSteps + blockSteps * (value.length >>> 6))
          return bytesToHex(digest(encodeUtf8(value, c)))
        },
        { fallible: true }
      )
    ],
    examples: [[`${name}("abc")`, `"${ofAbc}"`]]
  })
}
