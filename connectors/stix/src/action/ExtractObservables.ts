import * as Effect from "effect/Effect"
import type { FieldProblem, JsonObject } from "../object/FieldReader.ts"
import type { Skipped } from "../observable/Observable.ts"
import { type Extraction, extractObservables as extract } from "../observable/Observables.ts"
import type { PatternError } from "../pattern/PatternError.ts"
import { type ObservableRecord, observableRecord } from "./ObservableRecord.ts"

/** The input of `extract_observables`. */
export interface ExtractObservablesInput {
  readonly object: JsonObject
}

/** What was not taken from an object, and what is wrong with it. */
export interface ExtractionRemarks {
  readonly indicator_id?: string
  readonly skipped: ReadonlyArray<Skipped>
  readonly error?: PatternError
  readonly problems: ReadonlyArray<FieldProblem>
}

/** The output of `extract_observables`. */
export interface ExtractObservablesOutput extends ExtractionRemarks {
  readonly observables: ReadonlyArray<ObservableRecord>
  readonly partial: boolean
  readonly compound: boolean
}

/** `extract_observables`: the values of one indicator that can be looked up; see `extractObservables`. Never fails. */
export const extractObservables = ({
  object
}: ExtractObservablesInput): Effect.Effect<ExtractObservablesOutput> =>
  Effect.sync(() => {
    const extraction = extract(object)
    const { observables, partial, compound } = extraction
    return {
      ...remarksOf(extraction),
      observables: observables.map(observableRecord),
      partial,
      compound
    }
  })

/** What an extraction has to say besides its observables. */
export const remarksOf = ({ indicatorId, skipped, error, problems }: Extraction): ExtractionRemarks => ({
  ...(indicatorId === undefined ? {} : { indicator_id: indicatorId }),
  skipped,
  ...(error === undefined ? {} : { error }),
  problems
})
