import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import { code, inline, link, table } from "./MarkdownText.ts"

/** The table of connectors, with links to `NAME.md` beside it. Escaped as `connectorPage` is; empty without any. */
export const connectorIndex = (manifests: ReadonlyArray<CheckedManifest>): string =>
  table(
    ["connector", "service", "actions", "triggers"],
    manifests.map(({ actions, manifest: { connector, title }, triggers }) => [
      link(code(connector), `${connector}.md`),
      inline(title),
      String(actions.size),
      String(triggers.size)
    ])
  )
