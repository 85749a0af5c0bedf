import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { openChosen } from "../ChosenConnection.ts"
import { printResult } from "../CommandResult.ts"
import { connectorFailure } from "../ConnectorFailure.ts"
import { sessionScheme } from "../SessionScheme.ts"

/** Forgets the session of a scheme, or of all. */
export const logout = Effect.fn("logout")(function* (input: {
  readonly name: string
  readonly scheme: Option.Option<string>
  readonly json: boolean
  readonly manifests: Option.Option<string>
}) {
  const opened = yield* openChosen(input.name, input.manifests)
  const { schemes } = opened.sessions
  const chosen =
    Option.isNone(input.scheme) && schemes.length > 0 ? schemes : [yield* sessionScheme(opened, input.scheme)]
  yield* Effect.forEach(
    chosen,
    (scheme) => Effect.mapError(opened.sessions.forget(scheme), connectorFailure),
    {
      discard: true
    }
  )
  yield* printResult(input.json, {
    json: { connection: input.name, forgotten: chosen },
    text: () => `${input.name}: forgotten: ${chosen.join(", ")}\n`
  })
}, Effect.scoped)
