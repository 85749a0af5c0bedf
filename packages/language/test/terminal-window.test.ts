import { describe, expect, it } from "@effect/vitest"
import { lineWindow } from "../src/diagnostics/LineWindow.ts"

describe("the part of a line that is shown", () => {
  it("is the whole line where it fits", () => {
    const window = lineWindow("a\tb", 0, 1, 6)
    expect([window.text, window.whole]).toEqual(["a    b", true])
    expect(window.columns(1, 2)).toEqual({ from: 1, to: 5 })
    expect(window.columns(3, 3)).toEqual({ from: 6, to: 7 })
  })

  it("is the beginning where the range lies in it", () => {
    const window = lineWindow("0123456789", 2, 3, 8)
    expect([window.text, window.whole]).toEqual(["012345…", false])
    expect(window.columns(2, 3)).toEqual({ from: 2, to: 3 })
    expect(window.columns(4, 10)).toEqual({ from: 4, to: 6 })
  })

  it("has no columns for what was cut away on either side", () => {
    const window = lineWindow("0123456789".repeat(100), 500, 501, 12)
    expect(window.text).toBe("…6789012345…")
    expect(window.columns(500, 501)).toEqual({ from: 5, to: 6 })
    expect(window.columns(0, 1)).toBeUndefined()
    expect(window.columns(999, 1000)).toBeUndefined()
    expect(window.columns(1000, 1000)).toBeUndefined()
  })

  it("has no columns for what was too far away to be looked at", () => {
    // Nine code units a column: four marks of two units each on every letter.
    const line = `a${"\u{1d185}".repeat(4)}`.repeat(1000)
    const window = lineWindow(line, 4500, 4501, 40)
    expect(window.columns(0, 1)).toBeUndefined()
    expect(window.columns(4500, 4501)).toBeDefined()
    expect(window.text).not.toContain("<U+D834>")
    expect(window.text).not.toContain("<U+DD85>")
  })
})
