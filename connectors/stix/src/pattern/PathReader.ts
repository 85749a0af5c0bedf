import { quotedPiece } from "./PatternError.ts"
import type { PatternTokens } from "./PatternTokens.ts"
import type { ObjectPath, PathStep } from "./StixPattern.ts"

/** Reads `type:property` and the steps behind it. */
export const readPath = (tokens: PatternTokens): ObjectPath | undefined => {
  const { start } = tokens.current
  const objectType = tokens.expectKind(["name", "hyphenated"], "an object type")
  if (objectType === undefined || !tokens.expect(":")) return undefined
  const first = readProperty(tokens)
  if (first === undefined) return undefined
  const steps: Array<PathStep> = [first]
  while (tokens.isAt(".") || tokens.isAt("[")) {
    const step = tokens.isAt(".") ? readDotted(tokens) : readIndex(tokens)
    if (step === undefined) return undefined
    steps.push(step)
  }
  return { objectType, steps, start, end: tokens.lastEnd }
}

const readDotted = (tokens: PatternTokens): PathStep | undefined => {
  tokens.take()
  return readProperty(tokens)
}

const readProperty = (tokens: PatternTokens): PathStep | undefined => {
  const { kind, start, value } = tokens.current
  const needsQuotes = kind === "hyphenated" || kind === "keyword"
  const help = needsQuotes ? `a property of this name is written in quotes: '${value}'` : undefined
  const name = tokens.expectKind(["name", "string"], "a property", help)
  return name === undefined ? undefined : { kind: "property", name, start, end: tokens.lastEnd }
}

const readIndex = (tokens: PatternTokens): PathStep | undefined => {
  const { start } = tokens.take()
  const isAny = tokens.accept("*")
  const index = isAny ? "" : tokens.expectKind(["integer"], `a whole number or ${quotedPiece("*")}`)
  if (index === undefined || !tokens.expect("]")) return undefined
  const place = { start, end: tokens.lastEnd }
  return isAny ? { kind: "any", ...place } : { kind: "index", index, ...place }
}
