import { isList, isMap, type JsonValue } from "../json/JsonValue.ts"

/** What a local reference leads to, with its steps. */
export interface PointerTarget {
  readonly value: JsonValue
  readonly steps: ReadonlyArray<string>
}

/** Follows `#` or `#/…` (RFC 6901 section 6) in a document; undefined when it is not local or leads nowhere. */
export const followPointer = (pointer: string, root: JsonValue): PointerTarget | undefined => {
  if (pointer === "#" || pointer === "#/") return { value: root, steps: [] }
  if (!pointer.startsWith("#/")) return undefined
  const steps = pointer.slice(2).split("/").map(decoded)
  let value: JsonValue | undefined = root
  for (const step of steps) {
    if (step === undefined) return undefined
    if (isMap(value)) value = value.get(step)
    else if (isList(value) && /^(?:0|[1-9]\d{0,5})$/.test(step)) value = value[Number(step)]
    else return undefined
  }
  return value === undefined ? undefined : { value, steps: steps.map((step) => step ?? "") }
}

const decoded = (step: string): string | undefined => {
  try {
    return decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~")
  } catch {
    return undefined
  }
}
