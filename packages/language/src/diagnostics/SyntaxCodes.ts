import type { CodeTable } from "./CodeEntry.ts"

/** SP11xx: an expression or template that cannot be read. */
export const syntaxCodes = {
  SP1101: {
    title: "Something is missing in an expression",
    severity: "error",
    what: "The expression breaks off, or a bracket, comma, colon or value is not where it has to be. The message says what was expected and what stands there.",
    why: "Nothing is guessed: an expression that is read in another way than it was meant decides wrongly, and nobody notices.",
    example: {
      language: "expression",
      wrong: 'event.name.startsWith("evil"',
      right: 'event.name.startsWith("evil")'
    }
  },
  SP1102: {
    title: "A string does not end",
    severity: "error",
    what: "A text in quotes has no closing quote before the end of its line. Texts over several lines are written with three quotes.",
    why: "Without its end, everything after the quote would be text.",
    example: { language: "expression", wrong: "event.name == 'evil", right: "event.name == 'evil'" }
  },
  SP1103: {
    title: "An escape in a string is unknown",
    severity: "error",
    what: "A backslash in a string is followed by something that is not an escape. The escapes are `\\a \\b \\f \\n \\r \\t \\v \\\\ \\? \\\" \\' \\`` and `\\xHH`, `\\uHHHH`, `\\UHHHHHHHH`, `\\ooo`.",
    why: "A backslash that is dropped or kept silently changes the text, most often a pattern or a Windows path.",
    example: {
      language: "expression",
      wrong: String.raw`event.name.matches("^\d+$")`,
      right: String.raw`event.name.matches(r"^\d+$")`
    }
  },
  SP1104: {
    title: "A number cannot be used",
    severity: "error",
    what: "The number is malformed, or an integer is beyond ±(2^53 − 1), or a double beyond the largest one.",
    why: "Numbers are JSON numbers. Beyond 2^53 they lose digits silently: 9007199254740993 would become 9007199254740992.",
    example: {
      language: "expression",
      wrong: "count == 9007199254740993",
      right: "count == 9007199254740991"
    }
  },
  SP1105: {
    title: "A character or operator is unknown",
    severity: "error",
    what: "The character has no meaning in an expression, or an operator of another language was used. `and`, `or`, `=`, `&` and `|` are written `&&`, `||` and `==`; the fix rewrites them.",
    why: "Each language spells its operators in its own way; this one is CEL.",
    example: {
      language: "expression",
      wrong: 'event.type = "indicator"',
      right: 'event.type == "indicator"'
    }
  },
  SP1106: {
    title: "A part of CEL that JSON does not have",
    severity: "error",
    what: 'Bytes (`b"…"`), unsigned integers (`1u`) and messages of protocol buffers (`Type{…}`) are not part of this language.',
    why: "Values come from JSON and go to JSON, which has none of them. Text is hashed and encoded directly: `sha256(text)`, `base64.encode(text)`.",
    example: { language: "expression", wrong: "count > 10u", right: "count > 10" }
  },
  SP1107: {
    title: "A reserved word is used as a name",
    severity: "error",
    what: "CEL reserves `as break const continue else for function if import let loop package namespace return var void while`. They may be fields, not variables.",
    why: "CEL may give these words a meaning in a later version.",
    example: { language: "expression", wrong: 'package == "x"', right: 'note == "x"' }
  },
  SP1108: {
    title: "An expression is too large",
    severity: "error",
    what: "An expression may nest 250 levels and have 10,000 parts. A text may have 1,000 parts: expressions and what stands between them.",
    why: "Reading and running an expression must always end soon, whoever wrote it.",
    example: {
      language: "expression",
      wrong: `${"(".repeat(251)}count${")".repeat(251)} > 1`,
      right: `${"(".repeat(50)}count${")".repeat(50)} > 1`
    }
  },
  SP1109: {
    title: "An expression in a text does not end",
    severity: "error",
    what: "A text has `${{` without the `}}` that ends the expression. A `}}` inside a string or a map literal does not end it. A literal `${{` is written `$${{`.",
    why: "The rest of the text would be part of the expression.",
    example: {
      language: "template",
      wrong: "Seen ${{ event.name } today",
      right: "Seen ${{ event.name }} today"
    }
  },
  SP1110: {
    title: "Something follows the end of an expression",
    severity: "error",
    what: "The expression is complete, and more follows that does not continue it: most often an operator is missing.",
    why: "Ignoring the rest would run half of what was written.",
    example: {
      language: "expression",
      wrong: "event.name event.type",
      right: 'event.name + " " + event.type'
    }
  }
} as const satisfies CodeTable
