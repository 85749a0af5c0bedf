import type { ConnectionSummary, Connections } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Result from "effect/Result"
import { connectionFailure, connectorFailure } from "../ConnectorFailure.ts"
import { connectionsFor, openNamed } from "../ConnectorWiring.ts"
import { ExitCode } from "../ExitCode.ts"
import { Failure, type FailureReport } from "../Failure.ts"
import { jsonLine } from "../JsonOutput.ts"
import { allManifests } from "../ManifestCollection.ts"
import { plainText } from "../PlainText.ts"
import { StandardStreams } from "../StandardStreams.ts"

/** How one connection did. */
interface CheckedConnection {
  readonly name: string
  readonly ok: boolean
  /** What the call gave; absent where the manifest names none, so that only the configuration was checked. */
  readonly output?: unknown
  readonly error?: FailureReport
}

/** Tries connections one after another and says how each did; ends with the worst exit code of them. */
export const checkConnections = Effect.fn("checkConnections")(function* (input: {
  readonly names: ReadonlyArray<string>
  readonly json: boolean
  readonly manifests: Option.Option<string>
}) {
  const { out } = yield* StandardStreams
  const manifests = yield* allManifests(input.manifests)
  const connections = yield* connectionsFor([...manifests.values()])
  const names =
    input.names.length > 0 ? input.names : connections.list.filter(isGiven).map(({ name }) => name)
  if (names.length === 0)
    return yield* Failure.wrong(
      "Connection",
      "nothing is given of any connection; see: sallyport connections"
    )
  const checked: Array<CheckedConnection> = []
  let worst: ExitCode = ExitCode.done
  for (const name of names) {
    const connector = connectorOf(connections, name)
    const manifest = connector === undefined ? undefined : manifests.get(connector)
    const tried = Effect.gen(function* () {
      if (manifest === undefined) return yield* notFound(connections, name)
      const connection = yield* openNamed(manifest, connections, name)
      return yield* connection.check.pipe(Effect.mapError(connectorFailure))
    })
    const result = yield* Effect.result(Effect.scoped(tried))
    if (Result.isFailure(result)) worst = worse(worst, result.failure.exitCode)
    const one: CheckedConnection = Result.isFailure(result)
      ? { name, ok: false, error: result.failure.report }
      : { name, ok: true, ...((manifest?.checks.length ?? 0) === 0 ? {} : { output: result.success }) }
    checked.push(one)
    if (!input.json) yield* out(`${plainText(lineOf(one))}\n`)
  }
  if (input.json) yield* out(jsonLine({ connections: checked }))
  if (worst !== ExitCode.done) return yield* Failure.afterOutput(worst)
})

/** Something wrong here goes before something wrong there. */
const worse = (one: ExitCode, other: ExitCode): ExitCode => (one === ExitCode.wrong ? one : other)

/** Not those that nobody has begun to configure. */
const isGiven = ({ isUsable, place, properties }: ConnectionSummary): boolean =>
  !isUsable || place !== undefined || properties.some(({ origin }) => origin.kind === "environment")

const connectorOf = ({ list }: Connections["Service"], name: string): string | undefined =>
  list.find((one) => one.name === name)?.connector

const notFound = ({ get }: Connections["Service"], name: string) =>
  Effect.matchEffect(get(name), {
    onFailure: (error) => Effect.fail(connectionFailure(error)),
    onSuccess: () =>
      Effect.fail(Failure.wrong("Connection", `the connector of ${JSON.stringify(name)} is not known`))
  })

const lineOf = ({ error, name, ok, output }: CheckedConnection): string => {
  if (error !== undefined) return `${name}: ${error.reason}: ${error.message}`
  if (ok && output === undefined) return `${name}: ok (configured; the manifest names no call to try it)`
  return `${name}: ok`
}
