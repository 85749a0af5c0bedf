import {
  type Diagnostic,
  hasErrors,
  loadYaml,
  type SourceFile,
  toJson,
  type YamlMap,
  type YamlNode
} from "@sallyport/language"
import { checkActions } from "./ActionChecker.ts"
import { checkAuth } from "./AuthChecker.ts"
import { checkCall } from "./CallChecker.ts"
import type { CheckedManifest } from "./CheckedManifest.ts"
import { checkHttp } from "./HttpChecker.ts"
import { ManifestContext } from "./ManifestContext.ts"
import { ManifestProblems } from "./ManifestProblems.ts"
import { decodeManifest } from "./ManifestStructure.ts"
import { checkTriggers } from "./TriggerChecker.ts"
import { reportUnusedTypes } from "./UnusedTypes.ts"
import { mapAt, textAt } from "./YamlPlace.ts"

/** A manifest and everything that is wrong with it. */
export interface LoadedManifest {
  /** Undefined when a diagnostic is an error. */
  readonly manifest: CheckedManifest | undefined
  /** In the order of the file. At most 200 of manifests, besides those of YAML. */
  readonly diagnostics: ReadonlyArray<Diagnostic>
}

/**
 * Reads and checks a manifest: its YAML, its vocabulary, its schemas, its expressions, and how all of it fits together.
 * Every mistake is reported at its place, never only the first. Never throws, whatever the text.
 */
export const loadManifest = (file: SourceFile): LoadedManifest => {
  const { diagnostics, root } = loadYaml(file)
  if (root === undefined || (root.kind !== "map" && hasErrors(diagnostics)))
    return { manifest: undefined, diagnostics }
  const problems = new ManifestProblems()
  problems.addAll(diagnostics)
  const manifest = decodeManifest(root, problems)
  const checked = checkParts(root, problems)
  reportName(file, root, problems)
  const found = problems.sorted()
  if (manifest === undefined || hasErrors(found)) return { manifest: undefined, diagnostics: found }
  return { manifest: { file, source: toJson(root), manifest, ...checked }, diagnostics: found }
}

/** Checks what the parts mean. Each part is passed over where it has another shape than the vocabulary says. */
const checkParts = (
  root: YamlNode,
  problems: ManifestProblems
): Omit<CheckedManifest, "file" | "source" | "manifest"> => {
  const context = new ManifestContext(root, problems)
  const { config, secrets, types } = context
  const auth = checkAuth(context)
  const http = checkHttp(context)
  const actions = checkActions(context, http?.auth ?? [])
  const triggers = checkTriggers(context, actions)
  const checks = trialsOf(root).flatMap(
    (trial) => checkCall(context, trial, { config: config.applied }) ?? []
  )
  // What could not be read may be what refers to a type.
  if (!context.problems.isPartial) reportUnusedTypes(context)
  return { config, secrets, checks, types, http, auth, actions, triggers }
}

/** The calls under `connection.check`: one, or a list. */
const trialsOf = (root: YamlNode): ReadonlyArray<YamlMap> => {
  const node = mapAt(root, "connection")?.get("check")
  const trials = node?.kind === "list" ? node.items : node === undefined ? [] : [node]
  return trials.filter((trial) => trial.kind === "map")
}

/** `acme.yaml` holds the connector `acme`, so that one finds the other. */
const reportName = (file: SourceFile, root: YamlNode, problems: ManifestProblems): void => {
  const name = textAt(root, "connector")
  const node = mapAt(root)?.get("connector")
  const stem = /([^/\\]+)\.ya?ml$/.exec(file.path)?.[1]
  if (name === undefined || node === undefined || stem === undefined || name === stem) return
  problems.report(
    "SP0333",
    `the connector is called "${name.slice(0, 60)}" and its file "${stem.slice(0, 60)}"`,
    node.span,
    {
      help: "give both the same name"
    }
  )
}
