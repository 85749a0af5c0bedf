import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import { actionSection, actionTable } from "./ActionSection.ts"
import { connectSection } from "./ConnectSection.ts"
import { blocks, code, inline, link, prose } from "./MarkdownText.ts"
import { SchemaWords } from "./SchemaWords.ts"
import { triggerSection, triggerTable } from "./TriggerSection.ts"
import { typeSection } from "./TypeSection.ts"

/**
 * The page of a connector as Markdown: how to connect, every action, trigger and type with all inputs, and the examples
 * as commands. Texts of the manifest are shown as they are meant where they are code spans, lists, `**strong**` or links
 * to `https`, and otherwise as they are written: they bring no HTML, break no table, make no heading.
 */
export const connectorPage = (manifest: CheckedManifest): string => {
  const { actions, manifest: vocabulary, source, triggers } = manifest
  const words = new SchemaWords(source, Object.keys(vocabulary.types ?? {}))
  const types = Object.entries(vocabulary.types ?? {})
  const sections: ReadonlyArray<readonly [title: string, body: string]> = [
    ["Connect", connectSection(manifest, words)],
    [
      "Actions",
      blocks(
        actionTable(manifest),
        actions.size === 0 ? "" : outcomeLine,
        ...[...actions.values()].map((action) => actionSection(manifest, action, words))
      )
    ],
    [
      "Triggers",
      blocks(
        triggerTable(manifest),
        ...[...triggers.values()].map((trigger) => triggerSection(manifest, trigger, words))
      )
    ],
    ["Types", blocks(...types.map(([name, schema]) => typeSection(name, schema, words)))]
  ]
  const filled = sections.filter(([, body]) => body !== "")
  return `${blocks(
    `# ${inline(vocabulary.title)}`,
    identityLine(manifest),
    prose(vocabulary.description ?? ""),
    `On this page: ${filled.map(([title]) => link(title, `#${title.toLowerCase()}`)).join(" · ")}`,
    ...filled.map(([title, body]) => blocks(`## ${title}`, body))
  )}\n`
}

/** The connector's name and version, and where the service documents itself. */
export const identityLine = ({ manifest: { connector, docs, version } }: CheckedManifest): string =>
  `Connector ${code(connector)}, version ${version}.${docs === undefined ? "" : ` ${link("Documentation of the service", docs)}.`}`

const outcomeLine =
  "An outcome is unknown when a request was sent and no answer came: it may have been done. What is never repeated then is left to whoever called."
