import { formatDuration } from "./functions/DurationText.ts"
import { formatTimestamp } from "./functions/TimestampText.ts"
import { Duration, Timestamp, type Value } from "./Value.ts"

/**
 * A value as it stands in a text: strings as they are, numbers as JSON writes them, timestamps as RFC 3339, durations
 * as seconds. Undefined for what has no one way to be written: null, lists, objects, optionals and types.
 */
export const textOf = (value: Value): string | undefined => {
  switch (typeof value) {
    case "string":
      return value
    case "number":
    case "boolean":
      return String(value)
    default:
      if (value instanceof Timestamp) return formatTimestamp(value)
      return value instanceof Duration ? formatDuration(value) : undefined
  }
}
