import { Document, isScalar, Scalar, visit } from "yaml"
import type { DraftMap } from "../draft/Draft.ts"

/** The YAML of a manifest, with a comment at its top. The same draft gives the same text. */
export const writeManifest = (draft: DraftMap, header: string): string => {
  const document = new Document(draft, { aliasDuplicateObjects: false })
  document.commentBefore = header.replaceAll(/^/gm, " ")
  visit(document, {
    Scalar(_key, node) {
      // Escapes keep what a plain or block text could change: control characters, line ends, marks at the beginning.
      if (isScalar(node) && typeof node.value === "string" && !isOrdinary(node.value))
        node.type = Scalar.QUOTE_DOUBLE
    }
  })
  return document.toString({
    lineWidth: 0,
    minContentWidth: 0,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
    indent: 2
  })
}

/** Is the text one that YAML can write in any style? */
const isOrdinary = (text: string): boolean =>
  /^[\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\uffef\u{10000}-\u{10ffff}]*$/u.test(
    text
  ) && !/^\s|[ \t]$|[ \t]\n|\n$/.test(text)
