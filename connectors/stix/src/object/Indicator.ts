import { FieldReader, type FieldProblem, fieldOf, isJsonObject, type JsonObject } from "./FieldReader.ts"
import type { Timestamp } from "./Timestamp.ts"

/** The fields of a STIX indicator that this package reads. What is missing, null or malformed is undefined or empty. */
export interface Indicator {
  /** The object as it came, unknown fields included; empty when the input was no object. */
  readonly source: JsonObject
  readonly type: string | undefined
  readonly id: string | undefined
  readonly pattern: string | undefined
  readonly patternType: string | undefined
  readonly revoked: boolean
  readonly validFrom: Timestamp | undefined
  readonly validUntil: Timestamp | undefined
  readonly indicatorTypes: ReadonlyArray<string>
  /** 0 to 100. */
  readonly confidence: number | undefined
  /** The `phase_name` of each kill-chain phase. */
  readonly killChainPhases: ReadonlyArray<string>
  /** Sekoia's `x_ic_deprecated`: treat as of low priority. */
  readonly deprecated: boolean
  readonly problems: ReadonlyArray<FieldProblem>
}

/** Reads an indicator, or what claims to be one: never throws, and says in `problems` what could not be read. */
export const readIndicator = (input: unknown): Indicator => {
  const source = isJsonObject(input) ? input : {}
  const reader = new FieldReader(source)
  return {
    source,
    type: reader.text("type"),
    id: reader.text("id"),
    pattern: reader.text("pattern"),
    patternType: reader.text("pattern_type"),
    revoked: reader.flag("revoked") ?? false,
    validFrom: reader.timestamp("valid_from"),
    validUntil: reader.timestamp("valid_until"),
    indicatorTypes: reader.texts("indicator_types"),
    confidence: reader.wholeNumber("confidence", 0, 100),
    killChainPhases: reader.objects("kill_chain_phases", "kill-chain phases", phaseName),
    deprecated: reader.flag("x_ic_deprecated") ?? false,
    problems: reader.problems
  }
}

const phaseName = (phase: JsonObject): string | undefined => {
  const name = fieldOf(phase, "phase_name")
  return typeof name === "string" && name !== "" ? name : undefined
}
