import type { OpenConnection } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Failure } from "./Failure.ts"

/** The scheme whose session is meant: the one that is named, or the only one that the connection can use. */
export const sessionScheme = (
  { connection, sessions: { schemes } }: OpenConnection,
  named: Option.Option<string>
): Effect.Effect<string, Failure> => {
  const [only, ...others] = schemes
  const name = JSON.stringify(connection.name)
  if (only === undefined)
    return wrong(`${name} has no sessions: its connector has none, or not all secrets for them are given`)
  if (Option.isSome(named)) {
    if (schemes.includes(named.value)) return Effect.succeed(named.value)
    return wrong(
      `${name} has no session ${JSON.stringify(named.value.slice(0, 60))}; it has ${schemes.join(", ")}`
    )
  }
  return others.length === 0
    ? Effect.succeed(only)
    : wrong(`${name} has several kinds of sessions; choose one with --scheme: ${schemes.join(", ")}`)
}

const wrong = (message: string): Effect.Effect<never, Failure> =>
  Effect.fail(Failure.wrong("Session", message))
