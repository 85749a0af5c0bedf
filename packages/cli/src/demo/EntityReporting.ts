import { Threatwinds } from "@sallyport/connector-threatwinds"
import type { EntityProposal } from "@sallyport/connector-stix"
import type { OpenConnection } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { connectorFailure } from "../ConnectorFailure.ts"
import type { Failure } from "../Failure.ts"
import type { DemoProgress } from "./DemoProgress.ts"

/** What came of the reports. */
export interface Reporting {
  /** Reports that ThreatWinds took. */
  readonly reported: number
  /** Different entities among them: two indicators may be about the same value. */
  readonly entities: number
  /** Reports that break a rule of ThreatWinds' types, of which nothing was sent; by sentence. */
  readonly refused: ReadonlyArray<string>
  readonly comments: number
}

/** An entity, and what to say of it. */
export interface PlannedReport {
  readonly proposal: EntityProposal
  /** Undefined: nothing. */
  readonly comment: string | undefined
}

/** Reports entities one after another, each with its comment. A failure of the service ends it. */
export const reportEntities = Effect.fn("reportEntities")(function* (
  threatwinds: OpenConnection,
  planned: ReadonlyArray<PlannedReport>,
  progress: DemoProgress
): Effect.fn.Return<Reporting, Failure> {
  const ids: Array<string> = []
  const refused: Array<string> = []
  let comments = 0
  for (const { comment, proposal } of planned) {
    yield* progress.show(`Reporting: ${ids.length + refused.length + 1} of ${planned.length}`)
    const answer = yield* Effect.result(threatwinds.call("report_entity", proposal.entity))
    if (Result.isFailure(answer)) {
      const { attempts, message, reason } = answer.failure
      if (reason._tag !== "InvalidInput" || attempts > 0) return yield* connectorFailure(answer.failure)
      refused.push(message)
      continue
    }
    const { id } = yield* Effect.orDie(decodeReported(answer.success))
    ids.push(id)
    if (comment === undefined) continue
    yield* threatwinds.call("add_comment", { entity_id: id, comment }).pipe(Effect.mapError(connectorFailure))
    comments++
  }
  return { reported: ids.length, entities: new Set(ids).size, refused, comments }
})

const decodeReported = Schema.decodeUnknownEffect(Threatwinds.output("report_entity"))
