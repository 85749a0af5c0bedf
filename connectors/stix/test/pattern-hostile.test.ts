import { describe, expect, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { extractObservables } from "../src/observable/Observables.ts"
import { parsePattern } from "../src/pattern/PatternParser.ts"
import { parsed, refused } from "./Patterns.ts"

/** The limit is 200 ms; the margin is against a slow machine, not against a hang. */
const soon = 2_000

/** How long both readers take. */
const timeOf = (pattern: string): number => {
  const start = performance.now()
  parsePattern(pattern)
  extractObservables({ type: "indicator", id: "indicator--1", pattern })
  return performance.now() - start
}

/** Repeated as often as it fits in what a pattern may be long. */
const filled = (piece: string, open = "", close = ""): string =>
  open + piece.repeat(Math.floor((65_536 - open.length - close.length) / piece.length)) + close

describe("a hostile pattern", () => {
  it("of a megabyte is refused by its length", () => {
    expect(refused("[".repeat(1_000_000))).toMatchObject({
      offset: 65_536,
      message: "the pattern is longer than 65536 characters"
    })
    expect(timeOf("[".repeat(1_000_000))).toBeLessThan(soon)
  })

  it("of 10,000 nested parentheses is refused where they get too deep", () => {
    expect(refused("(".repeat(10_000))).toMatchObject({
      offset: 100,
      message: "more than 100 parentheses stand in one another"
    })
    expect(refused(`[${"(".repeat(10_000)}`)).toMatchObject({ offset: 101 })
    expect(refused(`${"(".repeat(60)}[${"(".repeat(41)}`)).toMatchObject({ offset: 101 })
  })

  it("may be nested as deep as the limit says", () => {
    expect(parsed(`${"(".repeat(100)}[a:v=1]${")".repeat(100)}`).kind).toBe("observation")
  })

  it("may be as long as the limit says", () => {
    const pattern = filled("x", "[file:name = '", "']")
    expect(pattern.length).toBe(65_536)
    expect(parsed(pattern).kind).toBe("observation")
    expect(extractObservables({ type: "indicator", pattern }).observables).toHaveLength(1)
    expect(refused(`${pattern} `).message).toMatch(/longer/)
  })

  const deep = "(".repeat(90)
  it.each([
    ["brackets", filled("[")],
    ["quotes", filled("'")],
    ["an endless string", filled("x", "[a:b = '")],
    ["escaped quotes", filled("\\'", "[a:b = '", "']")],
    ["escaped backslashes", filled("\\\\", "[a:b = '")],
    ["comment starts", filled("/*")],
    ["comments", filled("/**/", "", "[a:b=1]")],
    ["line comments", filled("//\n", "", "[a:b=1]")],
    ["zeros", filled("0", "[a:b = ")],
    ["digits", filled("9", "[a:b = ", "]")],
    ["points", filled(".5", "[a:b = ")],
    ["blanks", filled("\u3000", "[a:b", "=1]")],
    ["NOT", filled("NOT ", "[")],
    ["indexes", filled("[0]", "[a:b", " = 1]")],
    ["steps", filled(".a", "[a:b", " = 1]")],
    ["an object type", filled("a", "[", ":b = 1]")],
    ["a fraction", filled("1", "[a:b = t'2020-01-01T00:00:00.", "Z']")],
    ["a list", filled("'1.2.3.4',", "[ipv4-addr:value IN (", "'1.2.3.4')]")],
    ["OR of observations", filled("[url:value='a']OR", "", "[url:value='a']")],
    ["AND of tests", filled("url:value='a'AND ", "[", "url:value='a']")],
    ["hashes", filled("file:hashes.MD5='d41d8cd98f00b204e9800998ecf8427e'OR ", "[", "file:name='a']")],
    ["qualifiers", filled(" WITHIN 5 SECONDS", "([a:b=1])")],
    [
      "ports and addresses under many parentheses",
      filled(
        "network-traffic:dst_ref.value='a.b'OR ",
        `[${"(network-traffic:dst_port=1 AND (".repeat(45)}`,
        `url:value='a'${")".repeat(90)}]`
      )
    ],
    [
      "many ports of many addresses",
      filled(
        "'a.b',",
        `[network-traffic:dst_port IN (${"1,".repeat(15_000)}2) AND network-traffic:dst_ref.value IN (`,
        "'a.b')]"
      )
    ],
    [
      "many protocols of many addresses",
      filled(
        "'a.b',",
        `[network-traffic:dst_port = 1 AND network-traffic:protocols IN (${"'',".repeat(10_000)}'') AND network-traffic:dst_ref.value IN (`,
        "'a.b')]"
      )
    ],
    [
      "a list under many parentheses",
      filled("url:value='a'OR ", `[${deep}`, `url:value='a'${")".repeat(90)}]`)
    ],
    ["a name of labels", filled("a.", "[domain-name:value = '", "com']")],
    ["a name of hyphens", filled("-", "[domain-name:value = 'a", ".com']")],
    ["an e-mail address", filled("@", "[email-addr:value = 'a", "']")],
    ["a URL", filled("@:", "[url:value = 'http://", "']")],
    ["hexadecimal digits", filled("a", "[file:hashes.MD5 = '", "']")],
    ["colons", filled(":", "[ipv6-addr:value = '", "']")],
    ["text in many letters", filled("İ\u0301", "[file:name = '", "']")]
  ])("of %s is judged soon", (_, pattern) => {
    expect(pattern.length).toBeLessThanOrEqual(65_536)
    expect(timeOf(pattern)).toBeLessThan(soon)
  })

  it("with names of the object prototype is an ordinary one", () => {
    const text = "[__proto__:constructor.__proto__ = 1 OR x:toString.hasOwnProperty = 'a']"
    expect(Result.isSuccess(parsePattern(text))).toBe(true)
    expect(
      extractObservables({ type: "indicator", pattern: text }).skipped.map(({ reason }) => reason)
    ).toEqual(["unmapped-path", "unmapped-path"])
  })
})
