import type { Json } from "@sallyport/language"
import * as Redacted from "effect/Redacted"
import type { SecretPath } from "../manifest/SecretProperties.ts"
import { type CompiledValue, readsIn } from "../manifest/CompiledValue.ts"

/** Which variables of a request may never be shown. */
export interface Sensitivity {
  /** Variables that are sensitive as a whole, such as `secrets`. */
  readonly variables: ReadonlySet<string>
  /** Inputs that are. */
  readonly inputs: ReadonlySet<string>
}

/** The variables of a request that are sensitive wherever they are read. */
export const sensitiveVariables: ReadonlySet<string> = new Set(["secrets", "session", "answer"])

/** Does a value read anything that may not be shown? */
export const isSensitive = (value: CompiledValue, { inputs, variables }: Sensitivity): boolean =>
  readsIn(value).some(({ name, path: [first] }) => {
    if (variables.has(name)) return true
    return name === "input" && inputs.size > 0 && (first === undefined || inputs.has(first))
  })

/** What a path leads to in a value, at most 2,000 parts; from a `**` on everything, since it may be anywhere there. */
export const partsAt = (value: Json, path: SecretPath): ReadonlyArray<Json> => {
  let parts: ReadonlyArray<Json> = [value]
  for (const step of path) {
    if (step === "**") return parts
    const inner = parts.flatMap((part) => {
      if (typeof part !== "object" || part === null) return []
      return Object.entries(part).flatMap(([name, field]): ReadonlyArray<Json> =>
        step === "*" || step === name ? [field] : []
      )
    })
    parts = inner.slice(0, mostParts)
  }
  return parts
}

const mostParts = 2000

/** The texts and numbers in a value, at most 200 of them, for whoever scrubs messages of them. */
export const textsIn = (value: Json | undefined): ReadonlyArray<Redacted.Redacted> => {
  const found: Array<Redacted.Redacted> = []
  const open: Array<Json | undefined> = [value]
  for (let looked = 0; open.length > 0 && looked < 2000 && found.length < 200; looked++) {
    const next = open.pop()
    if (typeof next === "object" && next !== null) open.push(...Object.values(next))
    else if (typeof next === "string" && next.length >= shortest) found.push(Redacted.make(next))
    else if (typeof next === "number" && String(next).length >= shortest)
      found.push(Redacted.make(String(next)))
  }
  return found
}

/** Shorter texts are in too many innocent words to be taken out of messages. */
const shortest = 4
