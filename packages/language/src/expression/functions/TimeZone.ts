/** What it costs to refuse a name: the runtime takes about 40 µs to find that there is no such zone. */
export const unknownZoneSteps = 1_000

/** What a known zone costs: the runtime formats one date. */
export const zoneSteps = 25

const fixedOffset = /^([+-]?)(\d{2}):(\d{2})$/
const longOffset = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/

/** Zones that were asked for, by lower-case name. Only names that exist come in, so it ends with their number. */
const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * Seconds that local time in `zone` is ahead of UTC at the given Unix second. A zone is a fixed offset (`+02:00`,
 * `-09:30`, `02:00`; up to 23:59) or a name of the IANA database (`Europe/Paris`, `UTC`), in any case; its rules are
 * those of the runtime's database. Undefined when there is no such zone.
 */
export const zoneOffset = (zone: string, seconds: number): number | undefined => {
  const fixed = fixedOffset.exec(zone)
  if (fixed !== null) return Number(fixed[2]) <= 23 && Number(fixed[3]) <= 59 ? secondsOf(fixed) : undefined
  const match = longOffset.exec(formatOf(zone)?.format(seconds * 1_000) ?? "")
  return match === null ? undefined : secondsOf(match)
}

const secondsOf = ([, sign, hours = "0", minutes = "0", seconds = "0"]: RegExpExecArray): number => {
  const size = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
  return sign === "-" ? 0 - size : size
}

const formatOf = (zone: string): Intl.DateTimeFormat | undefined => {
  if (zone.length > 64) return undefined
  const key = zone.toLowerCase()
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = makeFormat(zone)
  if (made !== undefined) formats.set(key, made)
  return made
}

/** The offset is the one thing that is read from it: `1970, GMT+05:45`, with seconds for local mean time. */
const makeFormat = (zone: string): Intl.DateTimeFormat | undefined => {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset", year: "numeric" })
  } catch {
    return undefined
  }
}
