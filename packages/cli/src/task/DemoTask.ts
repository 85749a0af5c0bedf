import type { EntityProposal } from "@sallyport/connector-stix"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import type { OpenConnection } from "@sallyport/runtime"
import { printResult } from "../CommandResult.ts"
import { connectorFailure } from "../ConnectorFailure.ts"
import { connectionsFile } from "../ConnectorWiring.ts"
import { callCounters } from "../demo/CallCounters.ts"
import { lookUpContext } from "../demo/ContextLookup.ts"
import { counted } from "../demo/CountedNoun.ts"
import { type DemoConnections, demoConnections } from "../demo/DemoConnections.ts"
import { DemoProgress } from "../demo/DemoProgress.ts"
import { type DemoReport, demoText } from "../demo/DemoReport.ts"
import { type PlannedReport, reportEntities } from "../demo/EntityReporting.ts"
import { type FeedRequest, readFeed } from "../demo/FeedReading.ts"
import { mapFeed } from "../demo/IndicatorMapping.ts"
import { simulatedServices } from "../demo/SimulatedServices.ts"
import { Environment } from "../Environment.ts"
import { Failure } from "../Failure.ts"

/** What the demo is asked to do. */
export interface DemoInput {
  readonly live: boolean
  readonly write: boolean
  readonly objects: Option.Option<number>
  readonly json: boolean
  readonly manifests: Option.Option<string>
}

/** Runs the demo and prints what it did: see the description of the command. */
export const demo = Effect.fn("demo")(function* (input: DemoInput) {
  if (input.write && !input.live)
    return yield* Failure.wrong(
      "Usage",
      "--write is for --live; the simulated services are always written to"
    )
  const progress = yield* DemoProgress.make
  const run = input.live ? live(input, progress) : simulated(input, progress)
  const report = yield* run.pipe(
    // Of its own, so that the counters are those of the demo alone.
    Effect.provideService(Metric.MetricRegistry, new Map()),
    Effect.ensuring(progress.clear)
  )
  yield* printResult(input.json, { json: report, text: (style) => demoText(report, style) })
}, Effect.scoped)

/** Objects in a page of the simulated feed: few, so that there are several pages. */
const simulatedPage = 50

const simulated = Effect.fnUntraced(function* ({ manifests, objects }: DemoInput, progress: DemoProgress) {
  const environment = yield* Environment
  const services = yield* simulatedServices(Option.getOrElse(objects, () => 240))
  yield* progress.say(
    "Sekoia and ThreatWinds are simulated on this machine. On purpose, some requests fail and one item is broken."
  )
  // The variables of the simulation and no others: neither keys nor proxies of the person who looks at it.
  const simulation = Environment.fromVariables({
    ...services.variables,
    SALLYPORT_MANIFESTS: environment.manifests
  })
  const connections = yield* demoConnections(manifests, undefined).pipe(
    Effect.provideService(Environment, simulation)
  )
  const feed: FeedRequest = {
    limit: simulatedPage,
    maxPages: Number.POSITIVE_INFINITY,
    modifiedAfter: undefined
  }
  const report = yield* steps(connections, { feed, isWritten: true, services: "simulated" }, progress)
  return { ...report, recorded: services.records() }
})

const live = Effect.fnUntraced(function* (input: DemoInput, progress: DemoProgress) {
  const connections = yield* demoConnections(input.manifests, yield* connectionsFile)
  yield* progress.show("Checking the connection to ThreatWinds")
  yield* connections.threatwinds.check.pipe(Effect.mapError(connectorFailure))
  const since = DateTime.subtract(yield* DateTime.now, { days: liveDays })
  const feed: FeedRequest = {
    limit: Option.getOrElse(input.objects, () => 50),
    maxPages: 1,
    modifiedAfter: DateTime.formatIso(since)
  }
  yield* progress.say(
    `Reading one page of Sekoia's feed: what changed in the last ${liveDays} days. ` +
      (input.write ? "ThreatWinds is written to." : "Nothing is written.")
  )
  return yield* steps(connections, { feed, isWritten: input.write, services: "live" }, progress)
})

/** How far back the demo looks in the real feed, which begins in 2019. */
const liveDays = 7

/** Look-ups of context, and comments: enough to see them. */
const mostLookups = 8
const mostComments = 3

interface Steps {
  readonly feed: FeedRequest
  readonly isWritten: boolean
  readonly services: DemoReport["services"]
}

const steps = Effect.fnUntraced(function* (
  connections: DemoConnections,
  { feed, isWritten, services }: Steps,
  progress: DemoProgress
) {
  const started = yield* Clock.currentTimeMillis
  const { objects, ...reading } = yield* readFeed(connections.sekoia, feed, progress)
  yield* progress.say(
    `Read ${counted(objects.length, "object")} of sekoia.feed in ${counted(reading.pages, "page")}.`
  )
  const mapping = yield* mapFeed(connections.stix, objects)
  yield* progress.say(
    `Found ${counted(mapping.kinds.total, "observable")} in ${counted(mapping.indicators, "indicator")}; ${mapping.reportable} may be reported.`
  )
  const lookups = yield* lookUpContext(connections, mapping.mapped, mostLookups, progress)
  yield* progress.say(
    `Looked up ${counted(lookups.asked, "value")}; Sekoia relates them to ${counted(lookups.indicated, "threat")}.`
  )
  const planned = plannedReports(lookups)
  const reports = isWritten ? yield* send(connections.threatwinds, planned, progress) : nothingSent
  const ended = yield* Clock.currentTimeMillis
  return {
    services,
    feed: { ...reading, objects: objects.length },
    objects: { indicators: mapping.indicators, others: mapping.others },
    observables: {
      found: mapping.kinds.total,
      kinds: mapping.kinds.counts,
      reportable: mapping.reportable,
      refused: mapping.refused.counts,
      without: mapping.without.counts
    },
    lookups: { asked: lookups.asked, known: lookups.known, indicated: lookups.indicated },
    reports: { sent: isWritten, planned: planned.length, ...reports },
    calls: yield* callCounters,
    seconds: (ended - started) / 1000,
    ...(isWritten ? {} : { wouldSend: planned.map(({ proposal }) => proposal.entity) })
  } satisfies DemoReport
})

const nothingSent = { reported: 0, entities: 0, refused: [], comments: 0 }

const send = (
  threatwinds: OpenConnection,
  planned: ReadonlyArray<PlannedReport>,
  progress: DemoProgress
): ReturnType<typeof reportEntities> => {
  const what = `Reporting ${counted(planned.length, "entity")} to ThreatWinds`
  return Effect.andThen(
    progress.say(`${what}${paceOf(threatwinds, planned.length)}.`),
    reportEntities(threatwinds, planned, progress)
  )
}

/** What the rate limit of a manifest means for so many requests. */
const paceOf = ({ manifest }: OpenConnection, requests: number): string => {
  const { rate } = manifest.manifest.http ?? {}
  if (rate === undefined || requests <= rate.requests) return ""
  const window = Duration.toSeconds(rate.per)
  const seconds = Math.ceil((requests / rate.requests) * window)
  const span = window === 1 ? "a second" : `in ${window} seconds`
  return `, at most ${rate.requests} ${span}: that takes about ${counted(seconds, "second")}`
}

/** All that may be reported. The first that were looked up and are related to a threat are commented on, too. */
const plannedReports = ({
  lookedUp,
  mapped
}: Effect.Success<ReturnType<typeof lookUpContext>>): ReadonlyArray<PlannedReport> => {
  let comments = 0
  return mapped.flatMap(({ id, proposals }) =>
    proposals.map((proposal, index): PlannedReport => {
      const isAsked = index === 0 && id !== undefined && lookedUp.has(id) && comments < mostComments
      const comment = isAsked ? commentOn(proposal) : undefined
      if (comment !== undefined) comments++
      return { proposal, comment }
    })
  )
}

/** Only names of associations, which are those whose marking allows it. */
const commentOn = ({ entity }: EntityProposal): string | undefined => {
  const threats = entity.associations
    .filter(({ type }) => threatTypes.has(type))
    .map(({ attributes, type }) => `${String(attributes[type] ?? "")} (${type})`)
  return threats.length === 0 ? undefined : `Sekoia's feed relates it to ${threats.join(", ")}.`
}

/** Other associations are parts of the entity itself, such as the hashes of a file. */
const threatTypes: ReadonlySet<string> = new Set(["malware", "malware-family", "adversary", "cve"])
