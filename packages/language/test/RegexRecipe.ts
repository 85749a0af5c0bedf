import * as Arbitrary from "effect/Arbitrary"
import { oneOf, textOf, wholeNumber } from "./FunctionTable.ts"

/*
 * Random patterns, most of them valid, and texts of the same characters: a letter whose other cases lie beyond ASCII,
 * a line end, what RE2 and JavaScript count differently as white space, a surrogate pair and half of one.
 */

const characters = [
  "a",
  "b",
  "k",
  "s",
  "K",
  "S",
  "_",
  "-",
  ".",
  " ",
  "1",
  "\n",
  "\v",
  "\u00a0",
  "é",
  "\u212a",
  "\u017f",
  "😀",
  "\ud83d"
]

const literal = oneOf(
  "a",
  "b",
  "k",
  "s",
  "K",
  "1",
  "_",
  "-",
  " ",
  "é",
  "😀",
  "\\.",
  "\\-",
  "\\n",
  "\\x61",
  "\\x{1F600}"
)
const perl = oneOf("\\d", "\\D", "\\s", "\\S", "\\w", "\\W")
const classItem = oneOf(
  "a",
  "b",
  "k",
  "S",
  "-",
  ".",
  "_",
  "é",
  "😀",
  "a-k",
  "A-Z",
  "0-9",
  "\\d",
  "\\w",
  "\\s",
  "\\W",
  "\\.",
  "\\]"
)
const classes = Arbitrary.all([oneOf("[", "[", "[^"), textOf(classItem, 1, 3)]).pipe(
  Arbitrary.map(([open, items]) => `${open}${items}]`)
)
const anchors = oneOf("^", "$", "\\b", "\\A", "\\z")
const quantifier = oneOf(
  "",
  "",
  "",
  "*",
  "+",
  "?",
  "{2}",
  "{1,3}",
  "{0,2}",
  "{2,}",
  "*?",
  "+?",
  "??",
  "{1,2}?"
)
/** What RE2 refuses, or reads in its own way. */
const odd = oneOf(
  "**",
  "{",
  "(",
  ")",
  "]",
  "\\Q",
  "\\8",
  "[",
  "|",
  "(?=a)",
  "(?P<n>",
  "{,2}",
  "\\B",
  "x{1001}"
)

const atom = (depth: number): Arbitrary.Arbitrary<string> =>
  wholeNumber(0, 99).pipe(
    Arbitrary.flatMap((dice) => {
      if (dice < 45) return literal
      if (dice < 60) return classes
      if (dice < 68) return perl
      if (dice < 74) return oneOf(".")
      if (dice < 80) return anchors
      if (dice < 82) return odd
      return depth === 0 ? literal : group(depth - 1)
    })
  )

const group = (depth: number): Arbitrary.Arbitrary<string> =>
  Arbitrary.all([oneOf("(", "(?:", "(?:", "(?P<g>"), alternatives(depth)]).pipe(
    Arbitrary.map(([open, body]) => `${open}${body})`)
  )

const piece = (depth: number): Arbitrary.Arbitrary<string> =>
  Arbitrary.all([atom(depth), quantifier]).pipe(Arbitrary.map(([body, count]) => body + count))

const alternatives = (depth: number): Arbitrary.Arbitrary<string> =>
  Arbitrary.array(textOf(piece(depth), 0, 4), { minLength: 1, maxLength: 3 }).pipe(
    Arbitrary.map((options) => options.join("|"))
  )

/** Patterns; about half are anchored at the start. */
export const patterns: Arbitrary.Arbitrary<string> = Arbitrary.all([
  oneOf("", "", "", "(?i)", "(?s)", "(?is)"),
  oneOf("", "^"),
  alternatives(2)
]).pipe(Arbitrary.map((parts) => parts.join("")))

/** Short texts of the characters that patterns are made of. */
export const subjects: Arbitrary.Arbitrary<string> = textOf(oneOf(...characters), 0, 8)

/** Texts that repeat themselves and then end in something else: what backtracking matchers are slow at. */
export const repetitiveSubjects: Arbitrary.Arbitrary<string> = Arbitrary.all([
  textOf(oneOf(...characters), 1, 3),
  wholeNumber(10, 100),
  oneOf("", "!", "\n", "b")
]).pipe(Arbitrary.map(([part, times, end]) => part.repeat(times) + end))
