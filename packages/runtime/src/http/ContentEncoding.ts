import * as Effect from "effect/Effect"
import * as zlib from "node:zlib"

/** Why a body could not be decoded. */
export interface EncodingProblem {
  readonly _tag: "TooLarge" | "Broken" | "Unsupported"
}

/** More encodings on top of each other are not honest. */
const mostEncodings = 3

/**
 * Undoes the `Content-Encoding` (RFC 9110 §8.4: gzip, deflate, br, identity; several are undone from the last to the
 * first). Never makes more than `limit` bytes: decoding stops there, so that a small body cannot fill the memory.
 */
export function decodeContent(
  bytes: Uint8Array,
  encoding: string,
  limit: number
): Effect.Effect<Uint8Array, EncodingProblem> {
  const names = encoding
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity")
  if (names.length === 0) return Effect.succeed(bytes)
  if (names.length > mostEncodings) return Effect.fail({ _tag: "Unsupported" })
  return Effect.reduce(
    names.toReversed(),
    () => bytes,
    (body, name) => {
      const decoder = decoderOf(name, body)
      // A body of no bytes is what a HEAD or a careless server sends; it decodes to nothing.
      if (decoder === undefined) return Effect.fail<EncodingProblem>({ _tag: "Unsupported" })
      return body.length === 0 ? Effect.succeed(body) : run(decoder, body, limit)
    }
  )
}

type Decoder = (
  bytes: Uint8Array,
  options: { readonly maxOutputLength: number },
  done: (error: Error | null, decoded: Buffer) => void
) => void

function decoderOf(name: string, body: Uint8Array): Decoder | undefined {
  switch (name) {
    case "gzip":
    case "x-gzip":
      return zlib.gunzip
    case "br":
      return zlib.brotliDecompress
    case "deflate":
      // RFC 9110 §8.4.1.2 means the zlib format; some servers send the raw one, whose first byte never looks like this.
      return ((body[0] ?? 0) & 0x0f) === 8 ? zlib.inflate : zlib.inflateRaw
    default:
      return undefined
  }
}

function run(decoder: Decoder, bytes: Uint8Array, limit: number): Effect.Effect<Uint8Array, EncodingProblem> {
  return Effect.callback((resume) => {
    // zlib refuses a limit of 0.
    decoder(bytes, { maxOutputLength: Math.max(1, limit) }, (error, decoded) => {
      if (error === null) return resume(Effect.succeed(decoded))
      const tooLarge = "code" in error && error.code === "ERR_BUFFER_TOO_LARGE"
      return resume(Effect.fail({ _tag: tooLarge ? "TooLarge" : "Broken" }))
    })
  })
}
