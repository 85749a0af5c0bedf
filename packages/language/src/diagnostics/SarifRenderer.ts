import type { Span } from "../source/Span.ts"
import type { CodeEntry } from "./CodeEntry.ts"
import type { CodeRegistry } from "./CodeRegistry.ts"
import { compareDiagnostics, type Code, type Diagnostic, type Fix, type Note } from "./Diagnostic.ts"
import { markdownText, ruleHelp } from "./ErrorPage.ts"
import { fileUri } from "./FileUri.ts"

/** What a SARIF log says about the program that wrote it. */
export interface SarifOptions {
  /** Describes the rules; a code it does not know becomes a rule with an id alone. */
  readonly registry: CodeRegistry
  /** The version of the program, for example `1.4.0`. */
  readonly version: string
  /** An absolute URI about the program. */
  readonly informationUri?: string
  /** The absolute URI of a code's page. */
  readonly helpUri?: (code: Code) => string
}

/**
 * Diagnostics as a SARIF 2.1.0 log with one run (OASIS Standard, errata 01), ending with a line feed. Relative paths
 * become relative URIs, which code scanning services resolve against the root of the repository. Columns count
 * UTF-16 code units. The rules are the codes that occur.
 */
export const renderSarif = (diagnostics: ReadonlyArray<Diagnostic>, options: SarifOptions): string => {
  const rules = [...new Set(diagnostics.map((diagnostic) => diagnostic.code))].toSorted()
  const driver = {
    name: "Sallyport",
    version: options.version,
    informationUri: options.informationUri,
    rules: rules.map((code) => rule(code, options))
  }
  const indexes = new Map(rules.map((code, index) => [code, index]))
  const results = diagnostics
    .toSorted(compareDiagnostics)
    .map((diagnostic) => result(diagnostic, indexes.get(diagnostic.code)))
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }]
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

/** A reportingDescriptor (section 3.49). `undefined` fields are left out when the log is written. */
const rule = (code: Code, options: SarifOptions): object => {
  const entry = options.registry.describe(code)
  return {
    id: code,
    helpUri: options.helpUri?.(code),
    ...(entry === undefined ? {} : described(code, entry))
  }
}

const described = (code: Code, entry: CodeEntry): object => ({
  name: pascalCase(entry.title),
  shortDescription: { text: entry.title },
  fullDescription: { text: markdownText(entry.what), markdown: entry.what },
  help: { text: markdownText(`${entry.what}\n\n${entry.why}`), markdown: ruleHelp(code, entry) },
  defaultConfiguration: { level: entry.severity }
})

/** Section 3.49.7: a name that an end user can understand; the examples of the standard are in Pascal case. */
const pascalCase = (title: string): string =>
  title
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("")

const result = (diagnostic: Diagnostic, ruleIndex: number | undefined): object => {
  const related = distinct(
    diagnostic.notes.flatMap((note) => (note.span === undefined ? [] : [relatedLocation(note, note.span)]))
  )
  return {
    ruleId: diagnostic.code,
    ruleIndex,
    level: diagnostic.severity,
    message: { text: resultText(diagnostic) },
    locations: [{ physicalLocation: physicalLocation(diagnostic.span) }],
    relatedLocations: related.length === 0 ? undefined : related,
    fixes:
      diagnostic.fix === undefined || diagnostic.fix.edits.length === 0
        ? undefined
        : [sarifFix(diagnostic.fix)]
  }
}

/** The message, then what has no place of its own: one paragraph each (section 3.11.3). */
const resultText = (diagnostic: Diagnostic): string =>
  [
    diagnostic.message,
    ...diagnostic.notes.filter((note) => note.span === undefined).map((note) => `note: ${note.message}`),
    ...(diagnostic.help === undefined ? [] : [`help: ${diagnostic.help}`])
  ]
    .map(messageText)
    .join("\n")

/** Section 3.27.22: a set of locations, none twice. */
const distinct = (locations: ReadonlyArray<object>): ReadonlyArray<object> => [
  ...new Map(locations.map((location) => [JSON.stringify(location), location])).values()
]

const relatedLocation = (note: Note, span: Span): object => ({
  physicalLocation: physicalLocation(span),
  message: { text: messageText(note.message) }
})

const physicalLocation = (span: Span): object => ({
  artifactLocation: artifactLocation(span),
  region: region(span)
})

const artifactLocation = (span: Span): object => ({ uri: fileUri(span.file.path) })

/** Section 3.30: `endColumn` is one past the last column, so a point has equal columns. */
const region = (span: Span): object => {
  const start = span.file.position(span.start)
  const end = span.file.position(span.end)
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}

/** A fix object (section 3.55): one artifactChange a file, and at least one. */
const sarifFix = (fix: Fix): object => {
  const changes = Map.groupBy(fix.edits, (edit) => edit.span.file)
  return {
    description: { text: messageText(fix.title) },
    artifactChanges: [...changes].map(([file, edits]) => ({
      artifactLocation: artifactLocation(file.span(0, 0)),
      replacements: edits.map(({ span, text }) => ({
        deletedRegion: region(span),
        insertedContent: { text }
      }))
    }))
  }
}

/**
 * Text from a file must not become a placeholder or a link of the message: section 3.11.5 has braces doubled, and a
 * space keeps `[text](target)` from being the embedded link of section 3.11.6, for which there is no escape.
 */
const messageText = (text: string): string =>
  text.replaceAll("{", "{{").replaceAll("}", "}}").replaceAll("](", "] (")
