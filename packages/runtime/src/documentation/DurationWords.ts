import * as Duration from "effect/Duration"

/** A duration in words, in the largest unit that it is a whole number of: `5 minutes`. */
export const durationWords = (duration: Duration.Duration): string => {
  const millis = Duration.toMillis(duration)
  const [name, size] = units.find(([, unit]) => millis >= unit && millis % unit === 0) ?? smallest
  const count = millis / size
  return `${count} ${name}${count === 1 ? "" : "s"}`
}

const smallest = ["millisecond", 1] as const

const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
  smallest
] as const
