import { describe, expect, it } from "@effect/vitest"
import {
  colorPaint,
  plainPaint,
  wantsColor,
  type ColorEnvironment
} from "../src/diagnostics/TerminalStyle.ts"

describe("colour", () => {
  const cases: ReadonlyArray<readonly [string, ColorEnvironment, boolean, boolean]> = [
    ["a terminal gets colours", { TERM: "xterm-256color" }, true, true],
    ["a terminal without TERM gets colours", {}, true, true],
    ["a file or pipe gets none", { TERM: "xterm" }, false, false],
    ["a dumb terminal gets none", { TERM: "dumb" }, true, false],
    ["NO_COLOR means no", { NO_COLOR: "1" }, true, false],
    ["NO_COLOR means no whatever its value", { NO_COLOR: "0" }, true, false],
    ["an empty NO_COLOR says nothing", { NO_COLOR: "" }, true, true],
    ["NO_COLOR goes before FORCE_COLOR", { NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
    ["FORCE_COLOR colours a pipe", { FORCE_COLOR: "1" }, false, true],
    ["FORCE_COLOR colours a dumb terminal", { FORCE_COLOR: "3", TERM: "dumb" }, true, true],
    ["FORCE_COLOR=0 means no", { FORCE_COLOR: "0" }, true, false],
    ["FORCE_COLOR=false means no", { FORCE_COLOR: "false" }, true, false],
    ["an empty FORCE_COLOR says nothing", { FORCE_COLOR: "" }, false, false]
  ]
  for (const [guarantee, environment, isTTY, wanted] of cases) {
    it(guarantee, () => {
      expect(wantsColor(environment, isTTY)).toBe(wanted)
    })
  }

  it("a coloured piece is reset at its end, a plain one is left alone", () => {
    expect(colorPaint("error", "x")).toBe("\u001b[1;31mx\u001b[0m")
    expect(colorPaint("plain", "x")).toBe("x")
    expect(colorPaint("error", "")).toBe("")
    expect(plainPaint("error", "x")).toBe("x")
  })
})
