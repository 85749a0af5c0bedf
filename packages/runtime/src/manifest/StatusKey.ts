import { patternText } from "./PatternText.ts"

/** The statuses that a response rule is for: one, `404`, or a class of them, `2xx`. */
export const StatusKey = patternText({
  identifier: "StatusKey",
  code: "SP0309",
  expected: "a status such as 200 or 404, or a class of them such as 2xx",
  description: "An HTTP status from 200 to 599, or a class of them: `2xx`, `3xx`, `4xx`, `5xx`.",
  pattern: /^[2-5](?:xx|[0-9]{2})$/
})

/**
 * The rule for a status among the keys of `response`: its own, or else that of its class. Undefined when there is none.
 */
export const statusKeyFor = (status: number, keys: Iterable<string>): string | undefined => {
  const own = String(status)
  const group = `${own.charAt(0)}xx`
  let found: string | undefined
  for (const key of keys) {
    if (key === own) return key
    if (key === group) found = key
  }
  return found
}
