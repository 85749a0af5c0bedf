import type { Evaluation } from "../Evaluation.ts"

const encoder = new TextEncoder()
/** `ignoreBOM` keeps a byte order mark as the character it is, so that decoding is the exact inverse of encoding. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/**
 * The text as UTF-8. A lone surrogate has no UTF-8 form and fails with SP1308: were it replaced, as `TextEncoder` does,
 * different texts would have the same bytes and the same hash.
 */
export const encodeUtf8 = (text: string, c: Evaluation): Uint8Array => {
  requireWellFormed(text, c)
  return encoder.encode(text)
}

/** Fails with SP1308 when the text has half of a surrogate pair. */
export const requireWellFormed = (text: string, c: Evaluation): void => {
  c.spend(text.length >>> 6)
  if (!text.isWellFormed())
    c.fail("SP1308", "the text has half of a surrogate pair, which UTF-8 cannot express")
}

/** The text that the bytes are in UTF-8; fails with SP1304 when they are not UTF-8 (RFC 3629). */
export const decodeUtf8 = (bytes: Uint8Array, c: Evaluation): string => {
  try {
    return decoder.decode(bytes)
  } catch {
    return c.fail("SP1304", `the ${bytes.length} decoded bytes are not UTF-8 text`)
  }
}
