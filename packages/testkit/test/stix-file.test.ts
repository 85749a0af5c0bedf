import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { loadStixFile, stixFixtures } from "../src/index.ts"

/** A file that is there as long as it is used. */
const file = (name: string, text: string) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "stix-file-"))),
      (folder) => Effect.sync(() => rmSync(folder, { recursive: true }))
    ),
    (folder) => {
      const path = join(folder, name)
      writeFileSync(path, text)
      return path
    }
  )

const objects = stixFixtures({ objects: 20 })

describe("a file of STIX objects", () => {
  it.effect("is a bundle, a list, or lines", () =>
    Effect.gen(function* () {
      for (const [name, text] of [
        ["a.json", JSON.stringify({ type: "bundle", objects }, null, 2)],
        ["a.json", JSON.stringify(objects)],
        ["a.jsonl", `${objects.map((object) => JSON.stringify(object)).join("\r\n")}\n\n`]
      ] as const)
        expect(yield* loadStixFile(yield* file(name, text))).toEqual(objects)
    })
  )

  it.effect("is one object, or lines whatever its name is", () =>
    Effect.gen(function* () {
      const [first, second] = objects
      const lines = [first, second].map((object) => JSON.stringify(object)).join("\n")
      expect(yield* loadStixFile(yield* file("a.json", JSON.stringify(first, null, 2)))).toEqual([first])
      expect(yield* loadStixFile(yield* file("a.json", `\n${lines}\n`))).toEqual([first, second])
    })
  )

  it.effect("is refused at the place where it is wrong", () =>
    Effect.gen(function* () {
      const problemOf = Effect.fnUntraced(function* (name: string, text: string) {
        const path = yield* file(name, text)
        const { message } = yield* Effect.flip(loadStixFile(path))
        expect(message.startsWith(`${path}:`)).toBe(true)
        return message.slice(path.length + 1)
      })
      const good = '{"type":"tool","id":"tool--1"}'
      const notJson = "this is not JSON"
      const notStix = "this is no object of STIX: it needs a type and an id"
      expect(yield* problemOf("a.json", `[\n  ${good},\n  {"type": "tool"\n]`)).toBe(`4:1: ${notJson}`)
      expect(yield* problemOf("a.json", "[1, tru]")).toBe(`1:5: ${notJson}`)
      expect(yield* problemOf("a.json", '{"a": [1,]}')).toBe(`1:10: ${notJson}`)
      expect(yield* problemOf("a.json", '{"a": "x\ny"}')).toBe(`1:7: ${notJson}`)
      expect(yield* problemOf("a.json", '{"a": 1')).toBe(`1:8: ${notJson}`)
      expect(yield* problemOf("a.json", '{"a": 1} 2')).toBe(`1:10: ${notJson}`)
      expect(yield* problemOf("a.json", "")).toBe(`1:1: ${notJson}`)
      expect(yield* problemOf("a.json", '{"x": [3], "objects": 1}')).toBe(
        "1:1: it is neither a bundle with objects nor a list"
      )
      const nested = `{"x": [[1], {"objects": [2]}],\n "objects": [${good},\n   {"type": "tool", "id": 7}, {}]}`
      expect(yield* problemOf("a.json", nested)).toBe(`3:4: ${notStix}`)
      expect(yield* problemOf("a.json", `[${good}, null]`)).toBe(`1:${good.length + 4}: ${notStix}`)
      expect(yield* problemOf("a.jsonl", `${good}\n\n {"type":"tool"}\n`)).toBe(`3:2: ${notStix}`)
      expect(yield* problemOf("a.ndjson", `${good}\n{"type" "tool"}\n`)).toBe(`2:9: ${notJson}`)
    })
  )

  it.effect("says why it cannot be read", () =>
    Effect.gen(function* () {
      const path = join(tmpdir(), "there", "is", "none.json")
      const { message } = yield* Effect.flip(loadStixFile(path))
      expect(message).toBe(`${path}: it cannot be read: ENOENT`)
    })
  )
})
