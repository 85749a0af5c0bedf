import { errorIndex, errorPage, generatedNotice } from "../packages/language/src/diagnostics/ErrorPage.ts"
import { connectionsJsonSchema, manifestJsonSchema, manifestReference } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import { commandReference } from "../packages/cli/src/CommandReference.ts"
import { codes } from "../packages/cli/src/Codes.ts"
import { connectorDocs } from "./ConnectorDocs.ts"
import { describeEnvironment } from "./ExampleEnvironment.ts"
import { renderExample } from "./ExampleRunner.ts"
import { expressionsPage } from "./ExpressionsPage.ts"

/** A document that is written by `pnpm run docs` and committed; `path` is relative to the repository. */
export interface GeneratedDoc {
  readonly path: string
  readonly content: string
}

/** Directories in which every file is generated: a file that no producer makes any more is removed. */
export const generatedDirectories: ReadonlyArray<string> = ["docs/errors", "docs/connectors"]

/** All generated documents. */
export const generatedDocs = (): ReadonlyArray<GeneratedDoc> => producers.flatMap((produce) => produce())

const errorDocs = (): ReadonlyArray<GeneratedDoc> => [
  { path: "docs/errors/README.md", content: errorIndex(codes, describeEnvironment()) },
  ...[...codes.entries].map(([code, entry]) => ({
    path: `docs/errors/${code}.md`,
    content: errorPage(code, entry, renderExample)
  }))
]

const expressionDocs = (): ReadonlyArray<GeneratedDoc> => [
  { path: "docs/expressions.md", content: expressionsPage() }
]

const manifestDocs = (): ReadonlyArray<GeneratedDoc> => [
  { path: "docs/manifest.md", content: `${generatedNotice}\n\n${manifestReference().trimEnd()}\n` },
  { path: "manifests/manifest.schema.json", content: `${JSON.stringify(manifestJsonSchema(), null, 2)}\n` }
]

const connectionDocs = (): ReadonlyArray<GeneratedDoc> => [
  { path: "docs/connections.schema.json", content: `${JSON.stringify(connectionsJsonSchema(), null, 2)}\n` }
]

const commandDocs = (): ReadonlyArray<GeneratedDoc> => [
  {
    path: "docs/commands.md",
    content: `${generatedNotice}\n\n# Commands\n\nWhat holds for all of them is in [cli.md](cli.md).\n\n${Effect.runSync(commandReference)}`
  }
]

/** One producer a kind of document. */
const producers: ReadonlyArray<() => ReadonlyArray<GeneratedDoc>> = [
  errorDocs,
  expressionDocs,
  manifestDocs,
  connectorDocs,
  connectionDocs,
  commandDocs
]
