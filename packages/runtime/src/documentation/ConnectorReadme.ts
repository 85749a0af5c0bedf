import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import { actionTable } from "./ActionSection.ts"
import { connectionSnippet } from "./ConnectSection.ts"
import { identityLine } from "./ConnectorPage.ts"
import { blocks, fenced, inline, link, prose } from "./MarkdownText.ts"
import { triggerTable } from "./TriggerSection.ts"

/** What a README says besides its manifest. */
export interface ReadmeParts {
  /** The address of the connector's page, from where the README is. */
  readonly page: string
  /** Markdown that people wrote; it stands at the end as it is. */
  readonly notes: string | undefined
}

/** The README of a connector's folder: what it is, what it can do, how to connect. Escaped as `connectorPage` is. */
export const connectorReadme = (manifest: CheckedManifest, { notes, page }: ReadmeParts): string => {
  const { config, manifest: vocabulary, secrets } = manifest
  const needsNothing = config.properties.size === 0 && secrets.size === 0
  const actions = actionTable(manifest, page)
  const triggers = triggerTable(manifest, page)
  return `${blocks(
    `# ${inline(vocabulary.title)}`,
    identityLine(manifest),
    prose(vocabulary.description ?? ""),
    `Inputs, outputs and examples are on ${link("its page", page)}.`,
    "## Connect",
    needsNothing
      ? "There is nothing to fill in: it has no settings and no secrets."
      : blocks(
          fenced("yaml", connectionSnippet(manifest)),
          `This is \`connections.yaml\`. All settings and secrets, with the variables that are read without such a file, are ${link("here", `${page}#connect`)}.`
        ),
    actions === "" ? "" : blocks("## Actions", actions),
    triggers === "" ? "" : blocks("## Triggers", triggers),
    notes?.trim() ?? ""
  )}\n`
}
