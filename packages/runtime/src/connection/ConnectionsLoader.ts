import {
  type Diagnostic,
  hasErrors,
  loadYaml,
  type SourceFile,
  type Span,
  toJson,
  type YamlEntry,
  type YamlNode
} from "@sallyport/language"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { connectionCodes } from "../diagnostics/ConnectionCodes.ts"
import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import { mapAt } from "../manifest/YamlPlace.ts"
import { ProblemList } from "../vocabulary/ProblemList.ts"
import { type VocabularyPath, VocabularyReport } from "../vocabulary/VocabularyReport.ts"
import { ConnectionReader, type ConnectionProblemList } from "./ConnectionReader.ts"
import { ConnectionsFile } from "./ConnectionsFile.ts"
import type { DeclaredConnection } from "./DeclaredConnection.ts"
import { leadingKeys, withHiddenText } from "./HiddenText.ts"
import { readersOf } from "./VariableReaders.ts"
import { sharedVariables } from "./VariableName.ts"

/** The connections of a file and everything that is wrong with them. */
export interface LoadedConnections {
  /** Those with which nothing is wrong; none when something is wrong with the file as a whole. */
  readonly connections: ReadonlyMap<string, DeclaredConnection>
  /** The errors of the others, by name; for a file that is wrong as a whole, all errors for each that was found. */
  readonly refused: ReadonlyMap<string, ReadonlyArray<Diagnostic>>
  /** The errors that are about the file as a whole. */
  readonly fileErrors: ReadonlyArray<Diagnostic>
  /**
   * All problems in the order of the file. Neither their messages nor excerpts at their places show what may be a
   * secret.
   */
  readonly diagnostics: ReadonlyArray<Diagnostic>
}

/**
 * Reads and checks a file of connections: its YAML, its vocabulary, its settings by the schemas of the connectors.
 * Secrets are not read. Never throws, whatever the text.
 */
export const loadConnections = (
  file: SourceFile,
  manifests: ReadonlyMap<string, CheckedManifest>
): LoadedConnections => {
  const { diagnostics, root } = loadYaml(file)
  if (root === undefined || hasErrors(diagnostics)) {
    const shown = withHiddenText(diagnostics, file, leadingKeys(file))
    return { connections: new Map(), refused: new Map(), fileErrors: shown, diagnostics: shown }
  }
  const problems: ConnectionProblemList = new ProblemList(connectionCodes)
  problems.addAll(diagnostics)
  checkShape(root, problems)
  const reader = new ConnectionReader(manifests, problems)
  const entries = mapAt(root, "connections")?.entries ?? []
  const declared = entries.flatMap((entry) => reader.read(entry) ?? [])
  reportSharedVariables(declared, manifests, problems)
  const found = problems.sorted()
  const isPlain = reader.hidesNothing && hasOnlyConnections(root)
  const keys = root.kind === "map" ? root.entries.map(({ key }) => key.span) : []
  const safe = isPlain ? found : withHiddenText(found, file, [...keys, ...reader.shown])
  return sorted(entries, declared, safe)
}

/** Otherwise there is text of which it is not known what it is. */
const hasOnlyConnections = (root: YamlNode): boolean =>
  root.kind === "map" &&
  root.entries.every(({ key, value }) => key.name === "connections" && value.kind === "map")

const checkShape = (root: YamlNode, problems: ConnectionProblemList): void => {
  const decoded = decode(toJson(root))
  if (Result.isSuccess(decoded)) return
  new VocabularyReport(root, problems, codes, { passes: isSecret, hides: () => true }).report(
    decoded.failure.issue,
    []
  )
}

const decode = Schema.decodeUnknownResult(ConnectionsFile, { errors: "all", onExcessProperty: "error" })

/** Sources are looked at by `ConnectionReader`, which knows what must not be shown of them. */
const isSecret = (path: VocabularyPath): boolean =>
  path.length > 3 && path[0] === "connections" && path[2] === "secrets"

const codes = {
  unknownKey: "SP0401",
  missingKey: "SP0402",
  wrongKind: "SP0403",
  notAllowed: "SP0403",
  badName: "SP0404"
} as const

const reportSharedVariables = (
  declared: ReadonlyArray<DeclaredConnection>,
  manifests: ReadonlyMap<string, CheckedManifest>,
  problems: ConnectionProblemList
): void => {
  const spans = new Map(declared.map(({ name, span }) => [name, span]))
  const readers = declared.flatMap((connection) => readersOf(connection, manifests.get(connection.connector)))
  for (const [variable, [first, ...others]] of sharedVariables(readers)) {
    for (const { connection, property } of others) {
      const span = spans.get(connection)
      if (span === undefined || first === undefined) continue
      problems.report(
        "SP0411",
        `the variable ${variable} would be ${property} of "${connection}" and ${first.property} of "${first.connection}"`,
        span,
        { help: "give one of the connections another name, or write down where the property comes from" }
      )
    }
  }
}

/** Which problem is about which connections is told by its place: an alias makes one that of several. */
const sorted = (
  entries: ReadonlyArray<YamlEntry>,
  declared: ReadonlyArray<DeclaredConnection>,
  diagnostics: ReadonlyArray<Diagnostic>
): LoadedConnections => {
  const errors = diagnostics.filter(({ severity }) => severity === "error")
  const refused = new Map<string, ReadonlyArray<Diagnostic>>()
  const attributed = new Set<Diagnostic>()
  for (const entry of errors.length === 0 ? [] : entries) {
    const parts = partsOf(entry)
    const own = errors.filter(({ span }) => parts.some((part) => isWithin(span, part)))
    if (own.length > 0) refused.set(entry.key.name, own)
    for (const error of own) attributed.add(error)
  }
  const fileErrors = errors.filter((error) => !attributed.has(error))
  if (fileErrors.length > 0) {
    const all = new Map(entries.map(({ key }) => [key.name, errors]))
    return { connections: new Map(), refused: all, fileErrors, diagnostics }
  }
  const usable = declared.filter(({ name }) => !refused.has(name))
  const connections = new Map(usable.map((connection) => [connection.name, connection]))
  return { connections, refused, fileErrors, diagnostics }
}

/** The places that a connection is made of: its name, its value, and what aliases in it stand for. */
const partsOf = ({ alias, key, value }: YamlEntry): ReadonlyArray<Span> => {
  const parts: Array<Span> = [key.span, value.span]
  if (alias !== undefined) parts.push(alias)
  const seen = new Set<YamlNode>()
  const waiting = [value]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === "scalar" || seen.has(node)) continue
    seen.add(node)
    const inner = node.kind === "list" ? node.items : node.entries.map(({ value }) => value)
    for (const part of inner) {
      waiting.push(part)
      if (!isWithin(part.span, node.span)) parts.push(part.span)
    }
  }
  return parts
}

const isWithin = (span: Span, part: Span): boolean => span.start >= part.start && span.end <= part.end
