import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import { parse } from "yaml"
import { SourceFile } from "../src/source/SourceFile.ts"
import { loadYaml } from "../src/source/YamlLoader.ts"
import { nodeAt, toJson, type YamlScalar } from "../src/source/YamlNode.ts"
import { emitScalar, scalarRecipe, type EmittedScalar } from "./ScalarEmitter.ts"

const runs = 12_000

/** The scalar of a file, or a sentence of what went wrong. */
const load = (emitted: EmittedScalar): YamlScalar | string => {
  const { root, diagnostics } = loadYaml(new SourceFile("a.yaml", emitted.source))
  if (diagnostics.length > 0) return diagnostics.map(({ message }) => message).join("; ")
  const node = root && nodeAt(root, emitted.path)
  return node?.kind === "scalar" ? node : "no scalar at the path"
}

const check = (emitted: EmittedScalar): string => {
  const node = load(emitted)
  if (typeof node === "string") return node
  if (node.style !== emitted.style) return `style ${node.style}`
  if (node.text.text !== emitted.value) return `value ${JSON.stringify(node.text.text)}`
  if (node.span.start !== emitted.span[0] || node.span.end !== emitted.span[1]) return "span of the node"
  for (const [offset, [start, end]] of emitted.ranges.entries()) {
    const unit = node.text.span(offset, offset + 1)
    if (unit.start !== start || unit.end !== end) return `unit ${offset}: ${unit.start} to ${unit.end}`
    const tail = node.text.span(offset, emitted.value.length)
    const last = emitted.ranges.at(-1)
    if (tail.start !== start || tail.end !== last?.[1]) return `from ${offset} to the end`
    const point = node.text.span(offset, offset)
    if (point.start !== start || point.end !== start) return `point ${offset}`
  }
  return ""
}

describe("random scalars in all five styles", () => {
  const seen = new Map<string, number>()
  it.effect("map every offset of the value to the characters that it came from", () =>
    Effect.gen(function* () {
      const result = yield* Arbitrary.checkEffect(
        scalarRecipe,
        (recipe) => {
          const emitted = emitScalar(recipe)
          seen.set(emitted.style, (seen.get(emitted.style) ?? 0) + 1)
          const failure = check(emitted)
          return failure === "" ? Effect.succeed(true) : Effect.fail({ failure, ...emitted })
        },
        { runs, seed: 20_261, size: 60 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
      expect([...seen.values()].every((count) => count > runs / 10) && seen.size === 5).toBe(true)
    })
  )

  it.effect("have the value that the yaml package reads", () =>
    Effect.gen(function* () {
      const result = yield* Arbitrary.checkEffect(
        scalarRecipe,
        (recipe) => {
          const { source } = emitScalar(recipe)
          const { root } = loadYaml(new SourceFile("a.yaml", source))
          return (
            root !== undefined &&
            JSON.stringify(toJson(root)) === JSON.stringify(parse(source.replace("\ufeff", "")))
          )
        },
        { runs, seed: 20_262, size: 60 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )
})
