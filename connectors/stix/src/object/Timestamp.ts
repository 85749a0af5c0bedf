/**
 * A point in time as STIX writes it: RFC 3339 in UTC with `Z`, seconds `00` to `60`, and a fraction of any number of
 * digits. Kept as text, because `Date` cuts a fraction off after three digits and feeds mix widths from 0 to 6 digits.
 */
export interface Timestamp {
  /** `2020-05-25T07:18:29`. */
  readonly seconds: string
  /** The digits behind the point without trailing zeros; empty for none. */
  readonly fraction: string
}

const form =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60))(?:\.(\d+))?Z$/

/** Has the text the form of a STIX timestamp? The day is not compared with the month's length, as in OASIS's grammar. */
export const isTimestampText = (text: string): boolean => form.test(text)

/** The text's timestamp; undefined when it has another form, another offset than `Z` too. */
export const parseTimestamp = (text: string): Timestamp | undefined => {
  const match = form.exec(text)
  if (match === null) return undefined
  const [, seconds = "", fraction = ""] = match
  return { seconds, fraction: withoutTrailingZeros(fraction) }
}

/** The timestamp as text; `parseTimestamp` reads it back as the same. */
export const formatTimestamp = ({ seconds, fraction }: Timestamp): string =>
  fraction === "" ? `${seconds}Z` : `${seconds}.${fraction}Z`

/** Negative when `left` is earlier, positive when it is later, 0 when both are the same point in time. */
export const compareTimestamps = (left: Timestamp, right: Timestamp): number =>
  compareText(left.seconds, right.seconds) || compareFractions(left.fraction, right.fraction)

/** As texts padded with zeros to one width: digits compare as the numbers do. */
const compareFractions = (left: string, right: string): number => {
  const width = Math.max(left.length, right.length)
  return compareText(left.padEnd(width, "0"), right.padEnd(width, "0"))
}

const compareText = (left: string, right: string): number => (left < right ? -1 : Number(left > right))

const zero = 48

const withoutTrailingZeros = (digits: string): string => {
  let end = digits.length
  while (end > 0 && digits.charCodeAt(end - 1) === zero) end--
  return digits.slice(0, end)
}
