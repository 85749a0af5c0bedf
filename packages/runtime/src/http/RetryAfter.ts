import { parseHttpDate } from "./HttpDate.ts"

/**
 * How long a `Retry-After` header (RFC 9110 §10.2.3: seconds or an HTTP date) asks to wait, in milliseconds from `now`;
 * 0 for a date that has passed. `undefined` if there is none or it is neither form. May be huge: the caller caps it.
 */
export function retryAfterMillis(header: string | undefined, now: number): number | undefined {
  const text = header?.trim()
  if (text === undefined || text === "") return undefined
  if (/^\d+$/u.test(text)) return Math.min(Number(text) * 1000, Number.MAX_SAFE_INTEGER)
  const date = parseHttpDate(text, now)
  return date === undefined ? undefined : Math.max(0, date - now)
}
