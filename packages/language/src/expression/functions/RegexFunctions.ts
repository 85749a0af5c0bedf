import * as Type from "../../types/Type.ts"
import type { Evaluation } from "../Evaluation.ts"
import { type FunctionDefinition, type Overload, overload } from "../FunctionDefinition.ts"
import { compileRegex, type Regex, type RegexMatch } from "../Regex.ts"
import { Optional } from "../Value.ts"
import { type Definition, fn, method } from "./Define.ts"
import { integer, pattern, text } from "./Params.ts"
import { chargeText } from "./TextCost.ts"

const fallible = { fallible: true }

const matchesOverloads: ReadonlyArray<Overload> = [
  overload([text("text"), pattern("pattern")], Type.bool, matches)
]

const matchesDoc =
  "True when the pattern (RE2 syntax) matches some part of the text; `^` and `$` tie it to the start and the end."

/**
 * CEL's `matches` (langdef, "Regular Expressions") and its regex extension. Every pattern takes time linear in the
 * text. Positions do not appear: matches are given as text.
 */
export const regexFunctions: ReadonlyArray<FunctionDefinition> = [
  method("regex", "matches", {
    doc: matchesDoc,
    overloads: matchesOverloads,
    examples: [
      ['"mail.example.com".matches("example\\\\.(com|org)$")', "true"],
      ['"CVE-2024-3094".matches("^cve-")', "false"],
      ['"CVE-2024-3094".matches("(?i)^cve-")', "true"]
    ]
  }),
  fn("regex", "matches", {
    doc: matchesDoc,
    overloads: matchesOverloads,
    examples: [['matches("hubba", "ubb")', "true"]]
  }),
  regex("extract", {
    doc: "The first match of the pattern as an optional, or of its group when it has one; none when there is no match or the group is empty. Fails when the pattern has more than one group: use `(?:…)` for the others.",
    overloads: [overload([text("text"), pattern("pattern")], Type.optional(Type.string), extract, fallible)],
    examples: [
      ['regex.extract("item-A, item-B", "item-(\\\\w+)").orValue("?")', '"A"'],
      ['regex.extract("HELLO", "hello").hasValue()', "false"]
    ]
  }),
  regex("extractAll", {
    doc: "All matches of the pattern, or of its group when it has one, from left to right; groups that are empty are left out. Fails when the pattern has more than one group.",
    overloads: [overload([text("text"), pattern("pattern")], Type.list(Type.string), extractAll, fallible)],
    examples: [
      ['regex.extractAll("id:123, id:456", "id:\\\\d+")', '["id:123", "id:456"]'],
      ['regex.extractAll("id:123, id:456", "id:(\\\\d+)")', '["123", "456"]']
    ]
  }),
  regex("replace", {
    doc: "The text with each match of the pattern replaced, or only the first `limit` when that is not negative. In the replacement `\\1` to `\\9` stand for the groups, `\\0` for the match, `\\\\` for a backslash. Fails when the replacement names a group that the pattern does not have.",
    overloads: [
      overload([text("text"), pattern("pattern"), text("replacement")], Type.string, replaceAll, fallible),
      overload(
        [text("text"), pattern("pattern"), text("replacement"), integer("limit")],
        Type.string,
        replaceSome,
        fallible
      )
    ],
    examples: [
      ['regex.replace("banana", "a", "x")', '"bxnxnx"'],
      ['regex.replace("banana", "a", "x", 1)', '"bxnana"'],
      ['regex.replace("foo bar", "(fo)o (ba)r", "\\\\2 \\\\1")', '"ba fo"']
    ]
  })
]

function regex(name: string, definition: Definition): FunctionDefinition {
  return fn("regex", `regex.${name}`, definition)
}

function matches(value: string, source: string, evaluation: Evaluation): boolean {
  return compileRegex(source, evaluation).matches(value, evaluation)
}

function extract(value: string, source: string, evaluation: Evaluation): Optional {
  const compiled = singleGroup(source, evaluation)
  for (const match of compiled.findAll(value, 1, evaluation)) {
    const found = extracted(compiled, match)
    if (found !== undefined) return new Optional(found)
  }
  return Optional.none
}

function extractAll(value: string, source: string, evaluation: Evaluation): ReadonlyArray<string> {
  const compiled = singleGroup(source, evaluation)
  const out: Array<string> = []
  for (const match of compiled.findAll(value, Infinity, evaluation)) {
    const found = extracted(compiled, match)
    if (found !== undefined) out.push(found)
  }
  return out
}

function singleGroup(source: string, evaluation: Evaluation): Regex {
  const compiled = compileRegex(source, evaluation)
  if (compiled.groupCount > 1) evaluation.fail("SP1308", "the pattern has more than one group that captures")
  return compiled
}

/** The group, unless it took no part or is empty; the whole match when there is no group. */
function extracted(compiled: Regex, match: RegexMatch): string | undefined {
  if (compiled.groupCount === 0) return match.groups[0]
  return match.groups[1] === "" ? undefined : match.groups[1]
}

function replaceAll(value: string, source: string, replacement: string, evaluation: Evaluation): string {
  return replaceSome(value, source, replacement, -1, evaluation)
}

function replaceSome(
  value: string,
  source: string,
  replacement: string,
  limit: number,
  evaluation: Evaluation
): string {
  const compiled = compileRegex(source, evaluation)
  const parts = readReplacement(replacement, compiled.groupCount, evaluation)
  const pieces: Array<string> = []
  let done = 0
  for (const match of compiled.findAll(value, limit < 0 ? Infinity : limit, evaluation)) {
    pieces.push(value.slice(done, match.start))
    for (const part of parts) {
      const piece = typeof part === "string" ? part : (match.groups[part] ?? "")
      evaluation.spend(1 + (piece.length >>> 6))
      pieces.push(piece)
    }
    done = match.end
  }
  pieces.push(value.slice(done))
  return pieces.join("")
}

/** The pieces of a replacement: text, and the numbers of groups. */
function readReplacement(
  replacement: string,
  groupCount: number,
  evaluation: Evaluation
): ReadonlyArray<string | number> {
  chargeText(replacement.length, evaluation)
  const parts: Array<string | number> = []
  let done = 0
  for (let at = replacement.indexOf("\\"); at >= 0; at = replacement.indexOf("\\", done)) {
    if (at > done) parts.push(replacement.slice(done, at))
    parts.push(reference(replacement.charAt(at + 1), groupCount, evaluation))
    done = at + 2
  }
  if (done < replacement.length) parts.push(replacement.slice(done))
  return parts
}

function reference(char: string, groupCount: number, evaluation: Evaluation): string | number {
  if (char === "\\") return char
  if (!/^\d$/.test(char)) {
    return evaluation.fail(
      "SP1308",
      "a backslash in the replacement must stand before a digit or a backslash"
    )
  }
  const group = Number(char)
  return group <= groupCount
    ? group
    : evaluation.fail("SP1308", `the replacement names the group ${group}, the pattern has ${groupCount}`)
}
