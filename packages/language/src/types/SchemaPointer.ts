import { nodeAt, type YamlNode } from "../source/YamlNode.ts"

/** What a `$ref` names: a schema and its name, or the reason why there is none. */
export type PointerTarget =
  | { readonly node: YamlNode; readonly name: string }
  | { readonly problem: string; readonly names: ReadonlyArray<string> }

/**
 * Looks up a local reference: `#` for the whole document, otherwise a JSON pointer in a fragment (JSON Schema core
 * 8.2.3.1, RFC 6901 section 6). The name is the pointer's last part.
 */
export const followPointer = (pointer: string, document: YamlNode): PointerTarget => {
  if (pointer === "#") return { node: document, name: "#" }
  const shown = pointer.length > 80 ? `${pointer.slice(0, 79)}…` : pointer
  if (!pointer.startsWith("#/")) return { problem: `"${shown}" is not a local reference`, names: [] }
  const path = pointer.slice(2).split("/").map(decode)
  const name = path.at(-1)
  if (name === undefined || path.includes(undefined))
    return { problem: `"${shown}" is not a JSON pointer`, names: [] }
  const node = walk(document, path)
  if (node !== undefined) return { node, name }
  const parent = walk(document, path.slice(0, -1))
  const prefix = pointer.slice(0, pointer.lastIndexOf("/") + 1)
  const names = parent?.kind === "map" ? parent.entries.map(({ key }) => prefix + encode(key.name)) : []
  return { problem: `there is no "${shown}" in this document`, names }
}

/** Each step by name; a number is also an index of a list. */
const walk = (document: YamlNode, path: ReadonlyArray<string | undefined>): YamlNode | undefined => {
  let node: YamlNode | undefined = document
  for (const step of path) {
    if (node === undefined || step === undefined) return undefined
    node = nodeAt(node, [node.kind === "list" && /^(?:0|[1-9]\d{0,9})$/.test(step) ? Number(step) : step])
  }
  return node
}

/** Percent-decoding, then `~1` and `~0` (RFC 6901 section 4); undefined for text that is neither. */
const decode = (step: string): string | undefined => {
  if (/~(?![01])/.test(step) || /%(?![0-9a-f]{2})/i.test(step)) return undefined
  let text = step
  try {
    text = decodeURIComponent(step)
  } catch {
    return undefined
  }
  return text.replaceAll("~1", "/").replaceAll("~0", "~")
}

const encode = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1")
