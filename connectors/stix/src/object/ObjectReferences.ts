import { isJsonObject, type JsonObject } from "./FieldReader.ts"

/**
 * The ids that an object refers to, each once: what its fields that end in `_ref` or `_refs` hold, at any depth up to 16.
 * The numbers by which STIX 2.0 refers within one observation are no ids.
 */
export const referencesOf = (object: JsonObject): ReadonlyArray<string> => {
  const references = new Set<string>()
  const pending: Array<readonly [value: JsonObject, depth: number]> = [[object, 0]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [value, depth] = next
    for (const [field, content] of Object.entries(value)) {
      const members: ReadonlyArray<unknown> = Array.isArray(content) ? content : [content]
      for (const member of members) {
        if (typeof member === "string" && member.includes("--") && isReference.test(field))
          references.add(member)
        if (isJsonObject(member) && depth < maxDepth) pending.push([member, depth + 1])
      }
    }
  }
  return [...references]
}

const isReference = /_refs?$/
const maxDepth = 16
