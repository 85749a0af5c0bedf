import { type Code, type CodeEntry, isCode, suggestions, wrapText } from "@sallyport/language"
import * as Effect from "effect/Effect"
import { codes } from "../Codes.ts"
import { proseWidth } from "../Color.ts"
import { printResult } from "../CommandResult.ts"
import { Failure } from "../Failure.ts"

/** Prints what a code means. */
export const explain = Effect.fn("explain")(function* (input: {
  readonly code: string
  readonly json: boolean
}) {
  const code = input.code.toUpperCase()
  const entry = isCode(code) ? codes.describe(code) : undefined
  if (!isCode(code) || entry === undefined) {
    const near = suggestions(code, codes.entries.keys(), 3)
    const help = near.length === 0 ? "codes look like SP0301" : `did you mean ${near.join(" or ")}?`
    return yield* Failure.wrong(
      "UnknownCode",
      `there is no code ${JSON.stringify(input.code.slice(0, 60))}; ${help}`
    )
  }
  const { example, severity, title, what, why } = entry
  yield* printResult(input.json, {
    json: {
      code,
      severity,
      title,
      what: what.trim(),
      why: why.trim(),
      wrong: example.wrong,
      right: example.right
    },
    text: (style) => explanation(code, entry, Math.min(proseWidth(style), 100))
  })
})

const explanation = (code: Code, { example, severity, title, what, why }: CodeEntry, width: number): string =>
  [
    `${code}: ${title} (${severity})`,
    prose(what, width),
    prose(why, width),
    `Wrong:\n\n${indented(example.wrong)}`,
    `Right:\n\n${indented(example.right)}`
  ].join("\n\n") + "\n"

/** Paragraphs, wrapped. */
const prose = (markdown: string, width: number): string =>
  markdown
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => wrapText(paragraph.replaceAll(/\s+/g, " "), width).join("\n"))
    .join("\n\n")

/** An example, with pictures of control characters in their place, as some examples are about them. */
const indented = (text: string): string =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line.replaceAll(/[\0-\u001f]/g, picture)}`.trimEnd())
    .join("\n")

const picture = (char: string): string => String.fromCodePoint(0x2400 + char.charCodeAt(0))
