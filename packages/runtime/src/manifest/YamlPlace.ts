import { nodeAt, type Span, type YamlMap, type YamlNode } from "@sallyport/language"

/**
 * Where a value begins: the whole of a scalar, the bracket of a flow collection, the first key of a block map or the
 * first character of a block list. For problems about a whole value.
 */
export const openingOf = (value: YamlNode): Span => {
  if (value.kind === "scalar") return value.span
  const { end, file, start } = value.span
  const isFlow = file.text[start] === "{" || file.text[start] === "["
  if (value.kind === "map" && !isFlow) return value.entries[0]?.key.span ?? value.span
  return file.span(start, Math.min(start + 1, end))
}

/** The map at a path of names; undefined when there is none. */
export const mapAt = (node: YamlNode | undefined, ...path: ReadonlyArray<string>): YamlMap | undefined => {
  const found = node === undefined ? undefined : nodeAt(node, path)
  return found?.kind === "map" ? found : undefined
}

/** The text at a path of names; undefined when there is none or it is something else. */
export const textAt = (node: YamlNode | undefined, ...path: ReadonlyArray<string>): string | undefined => {
  const found = node === undefined ? undefined : nodeAt(node, path)
  return found?.kind === "scalar" && typeof found.value === "string" ? found.value : undefined
}

/** Where the key at a path stands; for a list's item, where it begins. */
export const keyAt = (root: YamlNode, path: ReadonlyArray<string | number>): Span => {
  const last = path.at(-1)
  const parent = nodeAt(root, path.slice(0, -1))
  const entry = parent?.kind === "map" && last !== undefined ? parent.entry(String(last)) : undefined
  return entry?.key.span ?? openingOf(nodeAt(root, path) ?? parent ?? root)
}
