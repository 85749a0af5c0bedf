import type { ConnectionSummary, PropertyOrigin, PropertySummary } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { printResult } from "../CommandResult.ts"
import { connectionsFile, connectionsFor } from "../ConnectorWiring.ts"
import { allManifests } from "../ManifestCollection.ts"
import { StandardStreams } from "../StandardStreams.ts"
import { renderTable } from "../Table.ts"

/** Prints all connections without any value. */
export const listConnections = Effect.fn("listConnections")(function* (input: {
  readonly json: boolean
  readonly manifests: Option.Option<string>
}) {
  const manifests = yield* allManifests(input.manifests)
  const { list } = yield* connectionsFor([...manifests.values()])
  if (list.some(({ isUsable }) => !isUsable)) {
    const { err } = yield* StandardStreams
    yield* err(
      `sallyport: some connections are declared wrongly; see: sallyport check ${yield* connectionsFile}\n`
    )
  }
  yield* printResult(input.json, {
    json: { connections: list },
    text: ({ width }) => renderTable({ titles, rows: list.flatMap(rowsOf) }, width)
  })
})

const titles = ["CONNECTION", "CONNECTOR", "PROPERTY", "FROM"]

/** The name stands once, in the first row. */
const rowsOf = ({ connector, isUsable, name, place, properties }: ConnectionSummary) => {
  if (!isUsable) return [[name, connector ?? "?", "", `declared wrongly at ${place ?? "?"}`]]
  if (properties.length === 0) return [[name, connector ?? "?", "", "needs nothing"]]
  return properties.map((property, index) => [
    index === 0 ? name : "",
    index === 0 ? (connector ?? "?") : "",
    `${property.name}${property.isRequired ? "" : "?"}`,
    originOf(property)
  ])
}

const originOf = ({ isRequired, origin }: PropertySummary): string => {
  if (origin.kind === "missing" && !isRequired) return `not set (${origin.variable})`
  return describeOrigin(origin)
}

const describeOrigin = (origin: PropertyOrigin): string => {
  switch (origin.kind) {
    case "file":
      return origin.source === undefined ? origin.place : `${origin.source} (${origin.place})`
    case "environment":
      return `$${origin.variable}`
    case "default":
      return "default"
    case "missing":
      return `MISSING: set ${origin.variable}`
  }
}
