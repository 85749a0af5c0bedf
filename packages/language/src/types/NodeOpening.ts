import type { Span } from "../source/Span.ts"
import type { YamlNode } from "../source/YamlNode.ts"

/**
 * Where a value begins: the whole of a scalar, the bracket of a flow collection, the first key of a block map or the
 * opening of a block list's first item. For problems about a whole value, so that no page of carets is drawn.
 */
export const openingOf = (value: YamlNode): Span => {
  if (value.kind === "scalar") return value.span
  const { file, start, end } = value.span
  const first = file.text[start]
  if (first === "{" || first === "[") return { file, start, end: Math.min(start + 1, end) }
  if (value.kind === "map") return value.entries[0]?.key.span ?? value.span
  return { file, start, end: Math.min(start + 1, end) }
}
