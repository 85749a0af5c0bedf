import { describe, expect, it } from "@effect/vitest"
import { partsAt } from "../src/action/Sensitivity.ts"

describe("the parts of an input that a path leads to", () => {
  const input = { hook: { headers: [{ key: "a", value: "1" }, { key: "b" }, null] }, tree: { x: { y: "z" } } }

  it("are those in every item of a list and every key of a map, and nothing where there is none", () => {
    expect(partsAt(input, ["hook", "headers", "*", "value"])).toEqual(["1"])
    expect(partsAt(input, ["tree", "*", "y"])).toEqual(["z"])
    expect(partsAt(input, ["hook", "headers", "value"])).toEqual([])
    expect(partsAt(input, ["toString"])).toEqual([])
    expect(partsAt("text", ["*"])).toEqual([])
  })

  it("are the whole where the depth is not known", () => {
    expect(partsAt(input, ["tree", "**", "y"])).toEqual([{ x: { y: "z" } }])
    expect(partsAt(input, [])).toEqual([input])
  })
})
