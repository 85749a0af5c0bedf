import { showSummary, summarize } from "@sallyport/language"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { printResult } from "../CommandResult.ts"

import { type FoundManifest, manifestDirectory, manifestPaths, readManifest } from "../ManifestDirectory.ts"
import { StandardStreams } from "../StandardStreams.ts"
import { renderTable } from "../Table.ts"

/** Prints the connectors of the directory of the manifests. One that has errors is named on standard error. */
export const listConnectors = Effect.fn("listConnectors")(function* (input: {
  readonly json: boolean
  readonly manifests: Option.Option<string>
}) {
  const { err } = yield* StandardStreams
  const paths = yield* manifestPaths(yield* manifestDirectory(input.manifests))
  const found = yield* Effect.forEach(paths, readManifest)
  for (const { diagnostics, manifest, path } of found) {
    if (manifest !== undefined) continue
    yield* err(`${path} is left out: ${showSummary(summarize(diagnostics))}; see: sallyport check ${path}\n`)
  }
  const connectors = found.flatMap(describe)
  yield* printResult(input.json, {
    json: { connectors },
    text: ({ width }) => renderTable({ titles: Object.keys(columns), rows: connectors.map(cells) }, width)
  })
})

type ConnectorSummary = ReturnType<typeof describe>[number]

const describe = ({ manifest: checked, path }: FoundManifest) => {
  if (checked === undefined) return []
  const { actions, manifest, triggers } = checked
  return [
    {
      name: manifest.connector,
      title: manifest.title,
      version: manifest.version,
      actions: [...actions.keys()],
      triggers: [...triggers.keys()],
      manifest: path
    }
  ]
}

const columns: { readonly [title: string]: (connector: ConnectorSummary) => string } = {
  NAME: ({ name }) => name,
  TITLE: ({ title }) => title,
  VERSION: ({ version }) => version,
  ACTIONS: ({ actions }) => String(actions.length),
  TRIGGERS: ({ triggers }) => String(triggers.length)
}

const cells = (connector: ConnectorSummary): ReadonlyArray<string> =>
  Object.values(columns).map((column) => column(connector))
