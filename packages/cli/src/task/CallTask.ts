import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { connectorFailure } from "../ConnectorFailure.ts"
import { openConnection } from "../ConnectorWiring.ts"
import { Failure } from "../Failure.ts"
import { jsonLine, jsonText } from "../JsonOutput.ts"
import { manifestDirectory, manifestOf } from "../ManifestDirectory.ts"
import { readOperation } from "../Operation.ts"
import { type GivenInput, readInput } from "../OperationInput.ts"
import { anywhere, maskSecrets } from "../SecretMask.ts"
import { type BrokenPipe, StandardStreams } from "../StandardStreams.ts"
import { unknownOperation } from "../UnknownOperation.ts"

/** What is called, and how it is printed. */
export interface CallInput extends GivenInput {
  readonly action: string
  readonly connection: Option.Option<string>
  readonly all: boolean
  readonly showSecrets: boolean
  readonly json: boolean
  readonly manifests: Option.Option<string>
}

/** Calls an action and prints its output; with `all`, the items of all pages, one a line. */
export const call = Effect.fn("call")(function* (input: CallInput) {
  const { err, out } = yield* StandardStreams
  const operation = readOperation(input.action, "action")
  if (operation instanceof Failure) return yield* operation
  const manifest = yield* manifestOf(yield* manifestDirectory(input.manifests), operation.connector)
  const action = manifest.actions.get(operation.name)
  if (action === undefined) return yield* unknownOperation(manifest, operation.name, "action")
  if (input.all && action.paginate === undefined)
    return yield* Failure.wrong(
      "Usage",
      `--all is for paged actions; ${input.action} gives all it has at once`
    )
  const given = yield* readInput(input, action.input, manifest)
  const connection = yield* openConnection(manifest, input.connection)
  const shown = input.showSecrets ? [] : action.secretOutputs
  if (!input.all) {
    const output = yield* connection.call(action.name, given).pipe(Effect.mapError(connectorFailure))
    const masked = maskSecrets(output, shown)
    return yield* out(input.json ? jsonLine(masked) : jsonText(masked))
  }
  yield* connection.pages(action.name, given).pipe(
    Stream.mapError((error): Failure | BrokenPipe => connectorFailure(error)),
    Stream.runForEach(({ items, warning }) =>
      Effect.gen(function* () {
        if (warning !== undefined) yield* err(`sallyport: ${warning}\n`)
        yield* out(items.map((item) => jsonLine(maskSecrets(item, anywhere(shown)))).join(""))
      })
    )
  )
}, Effect.scoped)
