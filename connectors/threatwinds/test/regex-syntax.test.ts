import { describe, expect, it } from "@effect/vitest"
import { canonicalAttribute } from "../src/CanonicalAttribute.ts"
import { regexProblem } from "../src/rule/RegexSyntax.ts"

describe("a regular expression", () => {
  it("of RE2's syntax passes, as it is given", () => {
    const valid = [
      String.raw`.*\.exe$`,
      "(?i)Powershell(?P<args>.*)(?<rest>x)(?:y)(?s-i:z)",
      String.raw`[^]a-z\]\d\pL\p{Greek}\P{^Lu}[:alpha:][:^digit:]-]`,
      "a*b+?c??d{2}e{2,}f{2,3}?",
      "x{,3}y{a}z{01}{",
      String.raw`\x41\x{10FFFF}\101\0\a\f\n\r\t\v\\\.\-\_\A\z\b\B`,
      String.raw`\Q(?=[*\E+`,
      String.raw`\Qunclosed(`,
      "(|a)*()+^*$+",
      "a(?i)*a*(?i)*",
      "((a{10}){10}){10}",
      String.raw`\p{Letter}\pN`,
      "é😀[é-😀]"
    ]
    for (const pattern of valid) {
      expect([pattern, regexProblem(pattern)]).toEqual([pattern, undefined])
      expect(canonicalAttribute("pattern-in-file", pattern)).toEqual({ ok: true, value: pattern })
    }
  })

  it("of another syntax is refused", () => {
    const invalid = ["(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?>a)", "(?P=n)", "(?x)a", "(?i-:a)", "(?<1-2>a)"]
    const escapes = ["\\1", "\\8", "\\Z", "\\h", "\\k<a>", "\\C", "\\é", "\\", "[\\b]", "\\x", "\\x{110000}"]
    const counts = [
      "*a",
      "a**",
      "a*+",
      "a{2}{3}",
      "(*a)",
      "a|*",
      "{2}",
      "a{3,2}",
      "a{1001}",
      "((a{11}){10}){10}"
    ]
    const brackets = [
      "(",
      ")",
      "(a))",
      "[a",
      "[",
      "[]",
      "[z-a]",
      "[[:nope:]]",
      "[\\d-",
      "\\p{Nope}",
      "\\p{",
      "\\pX"
    ]
    for (const pattern of [...invalid, ...escapes, ...counts, ...brackets, "(?P<a>x)(?P<a>y)"]) {
      expect([pattern, regexProblem(pattern) === undefined]).toEqual([pattern, false])
    }
  })

  it("is refused with the place of the mistake", () => {
    expect(regexProblem("ab(?=c)")).toContain("at character 3")
    expect(regexProblem("ab**")).toBe("a quantifier after a quantifier at character 4")
  })

  it("nests 1,000 groups at most", () => {
    const nested = (depth: number): string => "(".repeat(depth) + ")".repeat(depth)
    expect(regexProblem(nested(1_000))).toBeUndefined()
    expect(regexProblem(nested(1_001))).toContain("more than 1000 groups")
  })
})
