import { expect } from "@effect/vitest"
import * as Result from "effect/Result"
import type { PatternError } from "../src/pattern/PatternError.ts"
import { parsePattern } from "../src/pattern/PatternParser.ts"
import type { StixPattern } from "../src/pattern/StixPattern.ts"

/** The tree of a pattern that is right. */
export const parsed = (text: string): StixPattern => {
  const result = parsePattern(text)
  return Result.isSuccess(result)
    ? result.success
    : expect.fail(`${result.failure.message}: ${text.slice(0, 80)}`)
}

/** What is wrong with a pattern. */
export const refused = (text: string): PatternError => {
  const result = parsePattern(text)
  return Result.isFailure(result) ? result.failure : expect.fail(`taken: ${text.slice(0, 80)}`)
}

/** The tree without the places, to compare trees of different texts. */
export const withoutPlaces = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(withoutPlaces)
  if (typeof node !== "object" || node === null) return node
  const fields = Object.entries(node).filter(([key]) => key !== "start" && key !== "end")
  return Object.fromEntries(fields.map(([key, value]) => [key, withoutPlaces(value)]))
}

/** The tree in a few words: `(a AND b)`; a test is its object type. */
export const shape = (node: unknown): string => {
  if (typeof node !== "object" || node === null || !("kind" in node)) return expect.fail("no node")
  if ("operands" in node && Array.isArray(node.operands)) {
    return `(${node.operands.map(shape).join(` ${String(node.kind)} `)})`
  }
  if ("comparison" in node) return `[${shape(node.comparison)}]`
  if ("expression" in node && "qualifiers" in node && Array.isArray(node.qualifiers)) {
    return `${shape(node.expression)}+${node.qualifiers.map((one: { kind: string }) => one.kind).join("+")}`
  }
  return "path" in node && typeof node.path === "object" && node.path !== null && "objectType" in node.path
    ? String(node.path.objectType)
    : expect.fail("no test")
}
