import type { EntityProposal } from "@sallyport/connector-stix"
import type { OpenConnection } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { connectorFailure } from "../ConnectorFailure.ts"
import type { Failure } from "../Failure.ts"
import type { DemoProgress } from "./DemoProgress.ts"
import { type MappedIndicator, toEntities } from "./IndicatorMapping.ts"

/** What look-ups gave. */
export interface Lookups {
  readonly asked: number
  /** Values of which Sekoia knows at least one indicator. */
  readonly known: number
  /** Objects that the indicators indicate, such as malware. */
  readonly indicated: number
  /** The indicators again: those that were looked up with what they indicate, as associations and tags. */
  readonly mapped: ReadonlyArray<MappedIndicator>
  /** The ids of the indicators that were looked up. */
  readonly lookedUp: ReadonlySet<string>
}

/** Asks Sekoia for the context of the first values, and maps their indicators again with what they indicate. */
export const lookUpContext = Effect.fn("lookUpContext")(function* (
  { sekoia, stix }: { readonly sekoia: OpenConnection; readonly stix: OpenConnection },
  mapped: ReadonlyArray<MappedIndicator>,
  most: number,
  progress: DemoProgress
): Effect.fn.Return<Lookups, Failure> {
  const result: Array<MappedIndicator> = []
  const lookedUp = new Set<string>()
  let known = 0
  let indicatedCount = 0
  for (const one of mapped) {
    const value = one.proposals.flatMap(({ observables }) => observables).find(canBeAsked)
    if (lookedUp.size >= most || value === undefined || one.id === undefined) {
      result.push(one)
      continue
    }
    yield* progress.show(`Looking up ${value.canonical}`)
    const context = yield* sekoia
      .call("get_indicator_context", { type: value.stix_type, value: value.canonical })
      .pipe(
        Effect.mapError(connectorFailure),
        Effect.flatMap((output) => Effect.orDie(decodeContext(output)))
      )
    lookedUp.add(one.id)
    if (context.items.length > 0) known++
    const indicated = indicatedBy(one.id, context)
    indicatedCount += indicated.length
    const { entities } = yield* toEntities(stix, one.indicator, indicated)
    result.push({ ...one, proposals: entities })
  }
  return { asked: lookedUp.size, known, indicated: indicatedCount, mapped: result, lookedUp }
})

/** Values of these types are what people look up most; all of them can be asked for. */
const askedTypes: ReadonlySet<string> = new Set([
  "ipv4-addr",
  "ipv6-addr",
  "domain-name",
  "url",
  "email-addr",
  "file"
])

const canBeAsked = ({ kind, stix_type }: EntityProposal["observables"][number]): boolean =>
  kind !== "cidr" && kind !== "file-name" && askedTypes.has(stix_type)

/** What is read of a bundle; the runtime has checked all of it. */
const StixLink = Schema.Struct({
  id: Schema.String,
  type: Schema.String,
  relationship_type: Schema.optionalKey(Schema.String),
  source_ref: Schema.optionalKey(Schema.String),
  target_ref: Schema.optionalKey(Schema.String)
})
const Context = Schema.Struct({
  items: Schema.Array(Schema.Struct({ objects: Schema.optionalKey(Schema.Array(Schema.Unknown)) }))
})
const decodeContext = Schema.decodeUnknownEffect(Context)
const isStixLink = Schema.is(StixLink)

/** The objects at the other end of what an indicator indicates, each once. */
const indicatedBy = (id: string, { items }: typeof Context.Type): ReadonlyArray<unknown> => {
  const objects = items.flatMap(({ objects: some = [] }) => some).filter(isStixLink)
  const targets = new Set(
    objects
      .filter(({ relationship_type, source_ref }) => relationship_type === "indicates" && source_ref === id)
      .map(({ target_ref }) => target_ref)
  )
  return [...new Map(objects.map((object) => [object.id, object])).values()].filter((object) =>
    targets.has(object.id)
  )
}
