import type { ActionContext, ConnectorError } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import { type EntityReport, readReport, type ReportProblem } from "./EntityReport.ts"
import type {
  IngestEntityInput,
  ReportedEntity,
  ReportEntityInput,
  ThreatwindsOperations
} from "./manifest.gen.ts"

/**
 * Checks a report by the rules of its types, sends it with its values in their canonical form, and gives the id that the
 * entity has by them. Of a report that is wrong nothing is sent, and the error names the place of every problem, up to
 * `shownProblems` of them.
 */
export const reportEntity = Effect.fn("threatwinds.report_entity")(function* (
  input: ReportEntityInput,
  context: ActionContext<ThreatwindsOperations>
): Effect.fn.Return<ReportedEntity, ConnectorError> {
  const reading = readReport(asReported(input))
  if (!reading.ok) return yield* context.error({ _tag: "InvalidInput" }, explained(reading.problems))
  yield* context.call("ingest_entity", asGiven(reading.report))
  return { id: reading.id, unknown_attributes: reading.unknownAttributes }
})

/** How many problems an error names; a hostile report may have thousands. */
const shownProblems = 20

const explained = (problems: ReadonlyArray<ReportProblem>): string => {
  const shown = problems.slice(0, shownProblems).map(({ path, reason }) => `${asWritten(path)}: ${reason}`)
  const left = problems.length - shown.length
  const more = left > 0 ? `; and ${left} more` : ""
  return `was not called: the report is wrong: ${shown.join("; ")}${more}`
}

/** The service writes `visibleBy`, inputs are in small letters. */
const asReported = ({ visible_by, ...report }: ReportEntityInput): unknown =>
  visible_by === undefined ? report : { ...report, visibleBy: visible_by }

const asGiven = ({ visibleBy, ...report }: EntityReport): IngestEntityInput =>
  visibleBy === undefined ? report : { ...report, visible_by: visibleBy }

const asWritten = (path: string): string => path.replace(/^\$\.visibleBy\b/, "$.visible_by")
