import type { YamlMap, YamlNode } from "@sallyport/language"
import type { ManifestContext } from "./ManifestContext.ts"
import { mapAt } from "./YamlPlace.ts"

/** Warns of definitions under `types` that nothing refers to, directly or through types that are used. */
export const reportUnusedTypes = ({ problems, root }: ManifestContext): void => {
  const types = mapAt(root, "types")
  if (types === undefined || root.kind !== "map") return
  const used = new Set<string>()
  const waiting: Array<string> = []
  for (const { key, value } of root.entries) if (key.name !== "types") waiting.push(...typesNamedIn(value))
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (used.has(name)) continue
    used.add(name)
    const definition = types.get(name)
    if (definition !== undefined) waiting.push(...typesNamedIn(definition))
  }
  for (const { key } of types.entries)
    if (!used.has(key.name))
      problems.report("SP0332", `the type "${key.name.slice(0, 60)}" is never used`, key.span, {
        help: `refer to it with $ref: "#/types/${key.name.slice(0, 60)}", or drop it`
      })
}

/** The names of all types that a node refers to, however deep. Shared nodes are looked at once. */
const typesNamedIn = (node: YamlNode): ReadonlyArray<string> => {
  const names: Array<string> = []
  const seen = new Set<YamlNode>()
  const waiting: Array<YamlNode> = [node]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === "scalar" || seen.has(next)) continue
    seen.add(next)
    if (next.kind === "list") waiting.push(...next.items)
    else {
      names.push(...namesOf(next))
      waiting.push(...next.entries.map(({ value }) => value))
    }
  }
  return names
}

const namesOf = (schema: YamlMap): ReadonlyArray<string> => {
  const bases = schema.get("extends")
  const pointers = [schema.get("$ref"), ...(bases?.kind === "list" ? bases.items : [bases])]
  return pointers.flatMap((pointer) => {
    if (pointer?.kind !== "scalar" || typeof pointer.value !== "string") return []
    const [name = ""] = pointer.value.replace(/^#\/types\//, "").split("/", 1)
    return [name]
  })
}
