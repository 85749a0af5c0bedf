import { isArray, isRecord } from "./JsonValue.ts"
import type { ValuePlace, ValueProblems } from "./ValueProblem.ts"

/** Reports every item that stands in the list before, whatever the order of its keys. */
export const uniquenessProblems = (
  items: ReadonlyArray<unknown>,
  place: ValuePlace | undefined,
  problems: ValueProblems
): void => {
  const seen = new Set<string>()
  for (const [index, item] of items.entries()) {
    if (problems.isFull) return
    const text = canonical(item)
    if (seen.has(text)) problems.add({ step: index, outer: place }, "the item is in the list twice")
    seen.add(text)
  }
}

/** One text for equal values. The depth has been limited by then. */
const canonical = (value: unknown): string => {
  if (isArray(value)) return `[${value.map(canonical).join(",")}]`
  if (!isRecord(value)) return JSON.stringify(value)
  const names = Object.keys(value).toSorted()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`
}
