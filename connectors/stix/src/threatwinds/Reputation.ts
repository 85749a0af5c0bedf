import type { Indicator } from "../object/Indicator.ts"

/** What ThreatWinds takes on ingest: from −3, extremely bad, to 3, excellent; 0 is unknown. */
export type Reputation = -3 | -2 | -1 | 0 | 1 | 2 | 3

/** A reputation, and whether the indicator contradicts itself. */
export interface ReputationVerdict {
  readonly reputation: Reputation
  /** It is called benign and something else at once. */
  readonly conflict: boolean
}

/**
 * The reputation by the indicator's types and its confidence. Types that are none of Sekoia's six count as none; without
 * any the reputation is one step milder than for malicious activity.
 */
export const reputationOf = ({
  indicatorTypes,
  confidence
}: Pick<Indicator, "indicatorTypes" | "confidence">): ReputationVerdict => {
  const has = (types: ReadonlyArray<string>): boolean => types.some((type) => indicatorTypes.includes(type))
  const bad = has(malicious) || has(suspicious)
  if (has(["benign"])) {
    const reputation = bad ? 0 : (confidence ?? 0) >= 80 ? 2 : 1
    return { reputation, conflict: bad }
  }
  if (has(suspicious) && !has(malicious)) return { reputation: -1, conflict: false }
  const [known, unknown] = maliciousReputations[confidenceBand(confidence)]
  return { reputation: bad ? known : unknown, conflict: false }
}

const malicious = ["malicious-activity", "attribution", "compromised"]
const suspicious = ["anomalous-activity", "anonymization"]

type Band = "high" | "medium" | "low"

/** No holes between the bands; no confidence is a low one. */
const confidenceBand = (confidence: number | undefined): Band => {
  if (confidence === undefined || confidence < 50) return "low"
  return confidence < 80 ? "medium" : "high"
}

/** With a malicious type, and one step milder without any type. */
const maliciousReputations: Readonly<Record<Band, readonly [Reputation, Reputation]>> = {
  high: [-3, -2],
  medium: [-2, -1],
  low: [-1, 0]
}
