import type { Random } from "./Random.ts"

const pieces: ReadonlyArray<string> = [
  ..."()[]{}.,:?!-+*/%<>=&|'\"`\\ \n\t$@#;".split(""),
  "&&",
  "||",
  "==",
  " in ",
  ".?",
  "[?",
  "}}",
  "null",
  "true",
  "0",
  "9007199254740993",
  "1e999",
  "07",
  "0x",
  "1u",
  'b"x"',
  '"',
  "'''",
  "r'",
  "\\u12",
  "\\ud800",
  "😀",
  "\ud800",
  "\u0000",
  "has(",
  "dyn(",
  "optional.",
  ".map(x, ",
  "cel.bind(",
  "while",
  "__proto__",
  "google.protobuf.Timestamp",
  "//",
  " and ",
  "a.b{}"
]

/** A text with one to three changes, as a typing hand or a cut file makes them. */
export const mutated = (random: Random, text: string, other: string): string => {
  let changed = text
  for (let left = 1 + random.below(3); left > 0; left--) changed = change(random, changed, other)
  return changed
}

const change = (random: Random, text: string, other: string): string => {
  const from = random.below(text.length + 1)
  const to = Math.min(text.length, from + 1 + random.below(8))
  switch (random.below(7)) {
    case 0:
      return text.slice(0, from) + text.slice(to)
    case 1:
      return text.slice(0, from) + random.pick(pieces) + text.slice(from)
    case 2:
      return text.slice(0, from) + random.pick(pieces) + text.slice(to)
    case 3:
      return text.slice(0, to) + text.slice(from)
    case 4:
      return text.slice(0, from)
    case 5:
      return text.slice(0, from) + other + text.slice(to)
    default:
      return text.slice(to) + text.slice(0, from)
  }
}
