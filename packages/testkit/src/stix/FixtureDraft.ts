import { SeededRandom } from "../random/SeededRandom.ts"

/** What the fixture at one place is made with. The same for the same seed and index. */
export class FixtureDraft {
  readonly seed: string
  readonly index: number
  readonly random: SeededRandom
  /** The id of the object of that kind in the same round, or of a shared object such as a marking. */
  readonly idOf: (kind: string) => string

  constructor(seed: string, index: number, idOf: (kind: string) => string) {
    this.seed = seed
    this.index = index
    this.random = new SeededRandom(seed, index)
    this.idOf = idOf
  }

  /** When it was changed: later than everything before it. Its fraction has 0 to 6 digits. */
  get modified(): string {
    const width = this.index % 7
    const seconds = new Date((firstChange + this.index * 37) * 1000).toISOString().slice(0, 19)
    return width === 0
      ? `${seconds}Z`
      : `${seconds}.${String(100_000 + ((this.index * 7919) % 900_000)).slice(0, width)}Z`
  }

  /** When it was created: some days before. */
  get created(): string {
    const days = 1 + ((this.index * 13) % 400)
    const seconds = new Date((firstChange + this.index * 37 - days * 86_400) * 1000)
      .toISOString()
      .slice(0, 19)
    return this.index % 3 === 0 ? `${seconds}Z` : `${seconds}.${String(100 + (this.index % 900))}Z`
  }

  /** An address of 203.0.113.0/24 or 198.51.100.0/24. */
  get ipv4(): string {
    return `${this.random.pick(["203.0.113", "198.51.100"])}.${1 + this.random.below(254)}`
  }

  /** An address of 2001:db8::/32, in its canonical form. */
  get ipv6(): string {
    return `2001:db8:${(1 + this.random.below(0xfffe)).toString(16)}::${(1 + this.random.below(0xfffe)).toString(16)}`
  }

  /** A name below `.example` or `.test`, never the same for two places. */
  get domain(): string {
    const place = this.index.toString(36)
    return `${this.random.pick(words)}-${this.random.pick(words)}-${place}.${this.random.pick(["example", "test"])}`
  }

  /** Sentences as analysts write them, of about this length. */
  prose(length: number): string {
    let text = ""
    while (text.length < length) text += `${text === "" ? "" : " "}${this.random.pick(sentences)}`
    return text
  }
}

/** 2026-01-05T06:00:00Z, in seconds. */
const firstChange = 1_767_592_800

const words = [
  "cdn",
  "login",
  "update",
  "static",
  "mail",
  "secure",
  "portal",
  "sync",
  "cloud",
  "billing",
  "status",
  "assets",
  "vpn",
  "docs"
] as const

const sentences = [
  "The infrastructure was first seen serving a loader behind a compromised content management system.",
  "Several hosts of the same cluster share a self-signed certificate and an unusual order of headers.",
  "Victims were asked to sign in again, and their sessions were replayed within minutes.",
  "The operators rotate addresses about every six hours but keep the path of the gate.",
  "Traffic to this observable from a server, as opposed to a workstation, deserves a closer look.",
  "Défense évasion : le chargeur vérifie la langue du système avant de s'exécuter.",
  "A sample that was collected in parallel contacts the same address after a delay of ninety seconds.",
  "No legitimate use of it is known to us at the time of writing."
] as const
