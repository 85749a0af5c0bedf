const ascii = new TextDecoder()

/** An alphabet of RFC 4648: section 4, or section 5 for URLs and file names. */
export class Base64 {
  static readonly standard = new Base64("+/", true)
  static readonly url = new Base64("-_", false)

  /** Character code of each of the 64 digits. */
  readonly #digits: Uint8Array
  /** Value of each ASCII character, 64 for those that are not in the alphabet. */
  readonly #values: Uint8Array
  readonly #pads: boolean

  private constructor(last: string, pads: boolean) {
    const digits = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${last}`
    this.#digits = new TextEncoder().encode(digits)
    this.#values = new Uint8Array(128).fill(64)
    for (let value = 0; value < 64; value++) this.#values[digits.charCodeAt(value)] = value
    this.#pads = pads
  }

  /** The bytes as text: padded in the standard alphabet, not in that of URLs. */
  encode(bytes: Uint8Array): string {
    const out = new Uint8Array(Math.ceil((bytes.length * 4) / 3))
    let bits = 0
    let count = 0
    let length = 0
    for (const byte of bytes) {
      bits = ((bits << 8) | byte) & 0xffff
      count += 8
      while (count >= 6) {
        count -= 6
        out[length++] = this.#digit(bits >>> count)
      }
    }
    if (count > 0) out[length] = this.#digit(bits << (6 - count))
    const text = ascii.decode(out)
    return this.#pads ? text + "=".repeat((4 - (text.length % 4)) % 4) : text
  }

  #digit(bits: number): number {
    return this.#digits[bits & 63] ?? 0
  }

  /**
   * The bytes that the text stands for; undefined when it is not base64. The padding may be left out but not be wrong.
   * Line breaks (`\r`, `\n`) are skipped and left-over bits of the last digit ignored, as Go and so cel-go do.
   */
  decode(text: string): Uint8Array | undefined {
    const compact = text.replace(/[\r\n]+/g, "")
    const digits = withoutPadding(compact)
    if (digits === undefined || digits.length % 4 === 1) return undefined
    const out = new Uint8Array(Math.floor((digits.length * 3) / 4))
    let bits = 0
    let count = 0
    let length = 0
    for (let at = 0; at < digits.length; at++) {
      const value = this.#values[digits.charCodeAt(at)] ?? 64
      if (value === 64) return undefined
      bits = ((bits << 6) | value) & 0xffff
      count += 6
      if (count >= 8) {
        count -= 8
        out[length++] = (bits >>> count) & 255
      }
    }
    return out
  }
}

/** Without its padding when that fills the last group of four exactly; undefined when it does not. */
const withoutPadding = (text: string): string | undefined => {
  if (!text.endsWith("=")) return text
  if (text.length % 4 !== 0) return undefined
  return text.slice(0, text.endsWith("==") ? -2 : -1)
}
