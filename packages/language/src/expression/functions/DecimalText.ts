/*
 * Numbers as text with a given number of digits. JavaScript's own `toFixed` and `toExponential` round an exact half
 * up, CEL (as Go and C) to the even digit: "%.0f" of 2.5 is 2. So the digits are computed exactly.
 */

/** `digits` after the point, never an exponent: C's `%.2f` for 2. NaN and ±Infinity as these words. */
export const fixedText = (value: number, digits: number): string => {
  if (!Number.isFinite(value)) return String(value)
  const scaled = scale(Math.abs(value), digits)
    .toString()
    .padStart(digits + 1, "0")
  const point = scaled.length - digits
  const fraction = digits === 0 ? "" : `.${scaled.slice(point)}`
  return `${signOf(value)}${scaled.slice(0, point)}${fraction}`
}

/** One digit, `digits` after the point, an exponent of at least two digits: C's `%.2e` for 2. */
export const scientificText = (value: number, digits: number): string => {
  if (!Number.isFinite(value)) return String(value)
  const magnitude = Math.abs(value)
  // The exponent of the shortest text is that of the exact value or, when the shortest was rounded up, one more.
  let exponent = magnitude === 0 ? 0 : Number(magnitude.toExponential().split("e")[1])
  let mantissa = scale(magnitude, digits - exponent)
  if (magnitude !== 0 && mantissa < 10n ** BigInt(digits)) mantissa = scale(magnitude, digits - --exponent)
  if (mantissa >= 10n ** BigInt(digits + 1)) {
    exponent++
    mantissa /= 10n
  }
  const text = mantissa.toString().padStart(digits + 1, "0")
  const fraction = digits === 0 ? "" : `.${text.slice(1)}`
  const power = String(Math.abs(exponent)).padStart(2, "0")
  return `${signOf(value)}${text.charAt(0)}${fraction}e${exponent < 0 ? "-" : "+"}${power}`
}

/** The fewest digits that give the number back, never an exponent. NaN and ±Infinity as these words. */
export const plainText = (value: number): string => {
  const [mantissa = "", power] = String(value).split("e")
  if (power === undefined) return mantissa
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".")
  const point = whole.length + Number(power)
  const digits = whole + fraction
  return `${signOf(value)}${point <= 0 ? `0.${"0".repeat(-point)}${digits}` : digits.padEnd(point, "0")}`
}

/** value · 10^power, rounded to a whole number, halves to even. The value is finite and not negative. */
const scale = (value: number, power: number): bigint => {
  const exact = exactly(value)
  const numerator = exact.numerator * 10n ** BigInt(Math.max(power, 0))
  const denominator = exact.denominator * 10n ** BigInt(Math.max(-power, 0))
  const quotient = numerator / denominator
  const rest = 2n * (numerator % denominator)
  if (rest < denominator || (rest === denominator && quotient % 2n === 0n)) return quotient
  return quotient + 1n
}

/** A double is a fraction with a power of two below (IEEE 754 binary64). */
const exactly = (value: number): { readonly numerator: bigint; readonly denominator: bigint } => {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const biased = Number((bits >> 52n) & 0x7ffn)
  const stored = bits & 0xfffffffffffffn
  const mantissa = biased === 0 ? stored : stored | 0x10000000000000n
  const exponent = Math.max(biased, 1) - 1_075
  return exponent >= 0
    ? { numerator: mantissa << BigInt(exponent), denominator: 1n }
    : { numerator: mantissa, denominator: 1n << BigInt(-exponent) }
}

const signOf = (value: number): string => (value < 0 ? "-" : "")
