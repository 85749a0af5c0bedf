import type { Diagnostic } from "../diagnostics/Diagnostic.ts"
import { SourceCode } from "../diagnostics/SourceCodes.ts"
import { ScalarReader } from "./ScalarReader.ts"
import type { SourceFile } from "./SourceFile.ts"
import { YamlComposer } from "./YamlComposer.ts"
import { yamlLimits, type YamlLimits } from "./YamlLimits.ts"
import type { YamlNode } from "./YamlNode.ts"
import { YamlProblems } from "./YamlProblems.ts"
import { readTokens } from "./YamlTokens.ts"

/** What was read of a file, and everything that is wrong with it. */
export interface LoadedYaml {
  /**
   * The value. With problems, as much as could be read, null where nothing could. Undefined only when the file
   * passes the limit of size, tokens or depth. A file without a document is null.
   */
  readonly root: YamlNode | undefined
  /** In the order of the file; codes `SP01xx`. */
  readonly diagnostics: ReadonlyArray<Diagnostic>
}

/**
 * Reads a YAML 1.2 file of one document under the core schema into located values. Never throws.
 *
 * Less than YAML on purpose: keys are text (a plain `200:` or `true:` is named as it is written), tags and merge
 * keys are refused, numbers must be JSON numbers, and an alias cannot contain itself.
 */
export const loadYaml = (file: SourceFile, limits?: Partial<YamlLimits>): LoadedYaml => {
  const allLimits = yamlLimits(limits)
  const problems = new YamlProblems(file, allLimits.problems)
  reportControlCharacters(problems)
  const { document, refused } = readTokens(problems, allLimits)
  if (refused) return { root: undefined, diagnostics: problems.diagnostics() }
  const root =
    document === undefined
      ? new ScalarReader(problems).missing(0)
      : new YamlComposer(problems, allLimits).document(document)
  return { root, diagnostics: problems.diagnostics() }
}

/** YAML 1.2.2, 5.1: of the C0 control characters only the tab and line ends are printable. */
const controlCharacter = /[\0-\u0008\v\f\u000e-\u001f]/g

const reportControlCharacters = (problems: YamlProblems): void => {
  const { text } = problems.file
  for (const { 0: character, index } of text.matchAll(controlCharacter)) {
    const code = character.charCodeAt(0).toString(16).padStart(2, "0")
    problems.add(
      SourceCode.controlCharacter,
      index,
      index + 1,
      `the control character \\x${code} is not allowed`,
      {
        help: `delete it, or write it in double quotes as "\\x${code}"`
      }
    )
    if (problems.isFull) return
  }
}
