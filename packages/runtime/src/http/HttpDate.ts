const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

const imfFixdate = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/u
const rfc850 = /^[A-Z][a-z]{5,8}, (\d{2})-([A-Z][a-z]{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/u
const asctime = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/u

/**
 * The time of an HTTP date in milliseconds since 1970, in each of the three forms of RFC 9110 §5.6.7. `now`, in the same
 * unit, decides the century of the form with a two-digit year. `undefined` for anything else; the name of the weekday is
 * not compared with the date.
 */
export function parseHttpDate(text: string, now: number): number | undefined {
  const imf = imfFixdate.exec(text)
  if (imf !== null) return time(imf[3], imf[2], imf[1], imf.slice(4))
  const unix = asctime.exec(text)
  if (unix !== null) return time(unix[6], unix[1], unix[2], unix.slice(3, 6))
  const old = rfc850.exec(text)
  return old === null ? undefined : time(fullYear(old[3], now), old[2], old[1], old.slice(4))
}

/** A year that seems more than 50 years away is the last one with these two digits. */
function fullYear(digits: string | undefined, now: number): string {
  const current = new Date(now).getUTCFullYear()
  const year = current - (current % 100) + Number(digits)
  return String(year > current + 50 ? year - 100 : year)
}

function time(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  clock: ReadonlyArray<string>
): number | undefined {
  const index = months.indexOf(month ?? "")
  const [hour, minute, second] = clock.map(Number)
  if (index < 0 || hour === undefined || minute === undefined || second === undefined) return undefined
  // 60 is a leap second.
  if (hour > 23 || minute > 59 || second > 60) return undefined
  const midnight = Date.UTC(Number(year), index, Number(day))
  // `Date.UTC` turns the 31st of February into a day in March.
  if (new Date(midnight).getUTCDate() !== Number(day)) return undefined
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000
}
