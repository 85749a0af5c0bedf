import type { YamlNode } from "@sallyport/language"
import type { ManifestContext } from "./ManifestContext.ts"

/**
 * Reports marks of secrets that are neither true nor false: `x-secret: "yes"` would leave the value in clear. What
 * examples and defaults hold are values, not schemas.
 */
export const reportSecretMarks = ({ problems, root }: ManifestContext): void => {
  const seen = new Set<YamlNode>()
  const waiting: Array<YamlNode> = [root]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === "scalar" || seen.has(next)) continue
    seen.add(next)
    if (next.kind === "list") {
      waiting.push(...next.items)
      continue
    }
    for (const { key, value } of next.entries) {
      if (key.name === "x-secret" && !(value.kind === "scalar" && typeof value.value === "boolean"))
        problems.report("SP0303", "expected true or false for x-secret", key.span)
      if (!values.has(key.name)) waiting.push(value)
    }
  }
}

const values: ReadonlySet<string> = new Set(["examples", "default", "enum", "const"])
