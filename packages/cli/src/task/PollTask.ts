import { type Poll, showPath } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { connectorFailure } from "../ConnectorFailure.ts"
import { openConnection } from "../ConnectorWiring.ts"
import { Failure } from "../Failure.ts"
import { jsonLine } from "../JsonOutput.ts"
import { manifestDirectory, manifestOf } from "../ManifestDirectory.ts"
import { readOperation } from "../Operation.ts"
import { type GivenInput, readInput } from "../OperationInput.ts"
import { lockPollState } from "../PollLock.ts"
import { PollProgress } from "../PollProgress.ts"
import { readPollState, writePollState } from "../PollStateFile.ts"
import { openRejectedFile } from "../RejectedFile.ts"
import { maskSecrets } from "../SecretMask.ts"
import { StandardStreams } from "../StandardStreams.ts"
import { unknownOperation } from "../UnknownOperation.ts"

/** What is polled, and where what comes of it goes. */
export interface PollInput extends GivenInput {
  readonly trigger: string
  readonly connection: Option.Option<string>
  readonly state: Option.Option<string>
  readonly maxPages: Option.Option<number>
  readonly rejected: Option.Option<string>
  readonly keys: boolean
  readonly showSecrets: boolean
  readonly json: boolean
  readonly manifests: Option.Option<string>
}

/**
 * Polls a trigger until there is no more, and prints its events, one a line. After each page, in this order: its events
 * are with whoever reads them, what was rejected is in its file, the state is kept. What is interrupted in between comes
 * again the next time: at least once, never not at all.
 */
export const poll = Effect.fn("poll")(function* (input: PollInput) {
  const { out } = yield* StandardStreams
  const operation = readOperation(input.trigger, "trigger")
  if (operation instanceof Failure) return yield* operation
  const manifest = yield* manifestOf(yield* manifestDirectory(input.manifests), operation.connector)
  const trigger = manifest.triggers.get(operation.name)
  if (trigger === undefined) return yield* unknownOperation(manifest, operation.name, "trigger")
  const given = yield* readInput(input, trigger.input, manifest)
  const connection = yield* openConnection(manifest, input.connection)
  const owner = {
    connector: operation.connector,
    trigger: operation.name,
    connection: connection.connection.name
  }
  const path = Option.getOrUndefined(input.state)
  if (path !== undefined) yield* lockPollState(path)
  let state = path === undefined ? undefined : yield* readPollState(path, owner)
  const keepRejected = Option.isSome(input.rejected)
    ? yield* openRejectedFile(input.rejected.value)
    : undefined
  const progress = yield* PollProgress.make(input.trigger)
  const secrets = input.showSecrets ? [] : trigger.secretEvents
  const line = ({ event, key }: Poll["events"][number]): string => {
    const masked = maskSecrets(event, secrets)
    return jsonLine(input.keys ? { key, event: masked } : masked)
  }
  const limit = Option.getOrElse(input.maxPages, () => Number.POSITIVE_INFINITY)
  let more = true
  for (let page = 0; more && page < limit; page++) {
    const polled: Poll = yield* connection.poll(operation.name, given, state).pipe(
      Effect.mapError(connectorFailure),
      Effect.tapError(() => progress.clear)
    )
    yield* progress.note(polled.warnings)
    yield* out(polled.events.map(line).join(""))
    if (keepRejected !== undefined)
      yield* keepRejected(polled.rejected).pipe(Effect.tapError(() => progress.clear))
    yield* progress.note(rejections(polled, page, keepRejected !== undefined))
    state = polled.state
    if (path !== undefined) yield* Effect.uninterruptible(writePollState(path, owner, state))
    more = polled.more
    yield* progress.page(polled)
  }
  yield* progress.end(more, path)
}, Effect.scoped)

/** Where and why, never what: an item may hold a secret. */
const rejections = ({ rejected }: Poll, page: number, isKept: boolean): ReadonlyArray<string> =>
  rejected.map(({ index, problems }) => {
    const why = problems
      .slice(0, 3)
      .map(({ message, path }) => [showPath(path), message].filter(Boolean).join(": "))
    const more = problems.length > 3 ? `; and ${problems.length - 3} more problems` : ""
    const where = isKept ? "set aside" : "left out, see --rejected"
    return `page ${page + 1}, item ${index}: ${where}: ${why.join("; ")}${more}`
  })
