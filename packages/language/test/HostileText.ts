import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"

/** Pieces of every kind that a terminal treats in its own way. */
const pieces = [
  "a",
  "key: value",
  " ",
  "\t",
  "é",
  "e\u0301",
  "\u0301",
  "通知",
  "한",
  "👍",
  "👍🏽",
  "👩\u200d👩\u200d👧",
  "🇩🇪",
  "❤\ufe0f",
  "\u001b[31m",
  "\u001b]8;;http://evil\u0007",
  "\u009b2J",
  "\u0000",
  "\u0008",
  "\r",
  "\u007f",
  "\u202e",
  "\u2066",
  "\u200b",
  "\u200d",
  "\ufe0f",
  "\ufeff",
  "\u2028",
  "\u{e0041}",
  "\ufff9",
  "\ud83d",
  "\udc4d"
] as const

/** Text without line feeds, of ordinary and of hostile pieces. */
export const hostileText = Arbitrary.array(Arbitrary.schema(Schema.Literals(pieces)), { maxLength: 40 }).pipe(
  Arbitrary.map((parts) => parts.join(""))
)

/** What must never be in terminal output: controls, bidi and other format characters, separators, lone surrogates. */
export const forbidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u{fe00}-\u{fe0f}]/u
