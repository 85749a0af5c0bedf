import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import { patternText } from "./PatternText.ts"

/**
 * The milliseconds of a duration as manifests write it: a whole number of at most nine digits and a unit, `ms`, `s`, `m`,
 * `h` or `d`. Undefined for any other text. Zero is a duration here; whether a place takes it is checked there.
 */
export const durationMillis = (text: string): number | undefined => {
  const [, digits, unit] = pattern.exec(text) ?? []
  const factor = unit === undefined ? undefined : factors.get(unit)
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor
}

/** An optional key whose text decodes to a `Duration`, with what it is for. */
export const durationKey = (description: string) => Schema.optionalKey(described(description))

/** A key that must be there and whose text decodes to a `Duration`, with what it is for. */
export const requiredDurationKey = (description: string) => described(description)

const pattern = /^(\d{1,9})(ms|s|m|h|d)$/

const factors: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000]
])

const DurationText = patternText({
  identifier: "Duration",
  code: "SP0307",
  expected: "a duration such as 500ms, 30s, 5m, 1h or 7d",
  description: "A whole number and a unit: `ms`, `s`, `m`, `h` or `d`.",
  pattern
})

/** The description is put on the encoded side: that is the one that editors see. */
const described = (description: string) =>
  DurationText.annotateKey({ description }).pipe(
    Schema.decodeTo(Schema.Duration, {
      decode: SchemaGetter.transform((text: string) => Duration.millis(durationMillis(text) ?? 0)),
      encode: SchemaGetter.transform(
        (duration: Duration.Duration) => `${Math.round(Duration.toMillis(duration))}ms`
      )
    })
  )
