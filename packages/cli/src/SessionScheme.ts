import { type OpenConnection, schemeNeeds, variableName } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Failure } from "./Failure.ts"

/** The scheme whose session is meant: the one that is named, or the only one that the connection can use. */
export const sessionScheme = (
  opened: OpenConnection,
  named: Option.Option<string>
): Effect.Effect<string, Failure> => {
  const { connection, manifest, sessions } = opened
  const declared = [...manifest.auth.values()].flatMap(({ name, session }) =>
    session === undefined ? [] : [name]
  )
  const name = JSON.stringify(connection.name)
  if (declared.length === 0) return wrong(`${name} has no sessions: its connector has none`)
  if (Option.isSome(named) && !declared.includes(named.value))
    return wrong(
      `${name} has no session ${JSON.stringify(named.value.slice(0, 60))}; it has ${declared.join(", ")}`
    )
  const meant = Option.isSome(named) ? [named.value] : declared
  const [only, ...others] = meant.filter((scheme) => sessions.schemes.includes(scheme))
  if (only === undefined)
    return wrong(`${name} can use no session: ${whatIsMissing(opened, meant)}; see: sallyport connections`)
  return others.length === 0
    ? Effect.succeed(only)
    : wrong(
        `${name} has several kinds of sessions; choose one with --scheme: ${[only, ...others].join(", ")}`
      )
}

/** What each scheme needs and does not have, with the variables that would give it. */
const whatIsMissing = ({ connection, manifest }: OpenConnection, schemes: ReadonlyArray<string>): string =>
  schemeNeeds(manifest, schemes, connection)
    .map(({ missing, scheme }) => {
      const list = missing.map(
        (property) => `${property} (${variableName({ connection: connection.name, property })})`
      )
      return list.length === 0
        ? `${scheme} cannot be used with the settings that are given`
        : `${scheme} needs ${list.join(" and ")}`
    })
    .join("; ")

const wrong = (message: string): Effect.Effect<never, Failure> =>
  Effect.fail(Failure.wrong("Session", message))
