import { toJson, type YamlNode } from "@sallyport/language"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { VocabularyReport } from "../vocabulary/VocabularyReport.ts"
import { Manifest } from "./Manifest.ts"
import type { ManifestProblems } from "./ManifestProblems.ts"

/**
 * Decodes a manifest with its vocabulary. Every place where it does not fit is reported, each key and value at its own
 * place. Undefined when anything does not fit.
 */
export const decodeManifest = (root: YamlNode, problems: ManifestProblems): Manifest | undefined => {
  const decoded = decode(toJson(root))
  if (Result.isSuccess(decoded)) return decoded.success
  new VocabularyReport(root, problems, codes).report(decoded.failure.issue, [])
  return undefined
}

const decode = Schema.decodeUnknownResult(Manifest, { errors: "all", onExcessProperty: "error" })

const codes = {
  unknownKey: "SP0301",
  missingKey: "SP0302",
  wrongKind: "SP0303",
  notAllowed: "SP0304",
  badName: "SP0305"
} as const
