import * as Flag from "effect/cli/Flag"
import { manifestsFlag } from "./ManifestsFlag.ts"

/** What `call` and `poll` have in common. */
export const inputFlags = {
  input: Flag.String("input").pipe(
    Flag.withAlias("i"),
    Flag.withMetavar("JSON|@FILE|-"),
    Flag.withDescription("The input: a JSON object, a file with one, or - for standard input"),
    Flag.optional
  ),
  set: Flag.String("set").pipe(
    Flag.withMetavar("NAME=VALUE"),
    Flag.withDescription("One input, typed by its schema; may be given more than once"),
    Flag.between(0, 1000)
  ),
  connection: Flag.String("connection").pipe(
    Flag.withAlias("c"),
    Flag.withMetavar("NAME"),
    Flag.withDescription("The connection; default: the one with the name of the connector, or the only one"),
    Flag.optional
  ),
  showSecrets: Flag.Boolean("show-secrets").pipe(
    Flag.withDescription("Print what the schema marks as secret instead of a mark in its place"),
    Flag.withoutNegation,
    Flag.withDefault(false)
  ),
  manifests: manifestsFlag
}
