/**
 * A manifest's text as inline Markdown of one line. Code spans, `**strong**` and links to `https` are what they are;
 * everything else is shown as it is written: no HTML, no table, heading or list comes from it. It holds no `|`, so that
 * it can stand in a table. Characters that nobody sees are named.
 */
export const inline = (text: string): string => {
  const line = oneLine(text)
  let out = ""
  let at = 0
  for (const match of line.matchAll(marks)) {
    const { 0: whole, index, groups = {} } = match
    out += escaped(line.slice(at, index)) + marked(whole, groups)
    at = index + whole.length
  }
  return withPlainStart(out + escaped(line.slice(at)))
}

/** A manifest's text as Markdown: paragraphs and lists of `-` are kept, what stands in a line is as in `inline`. */
export const prose = (text: string): string =>
  text
    .split(/\n[ \t]*\n/)
    .flatMap((paragraph) => {
      const block = blockOf(paragraph)
      return block === "" ? [] : [block]
    })
    .join("\n\n")

/** A text as code, in a line or in a table. */
export const code = (text: string): string => {
  const line = oneLine(text)
  if (line === "") return "an empty text"
  // Inside of backticks a table would end at `|`, and blanks at both ends would be lost.
  return /[|`]|^ | $/.test(line) ? `<code>${entities(line)}</code>` : `\`${line}\``
}

/** A value as code: a text that is more than a word is quoted, like everything that is no text. */
export const valueCode = (value: unknown): string =>
  code(typeof value === "string" && /^[^\s"'\\]+$/.test(value) ? value : showJson(value))

/** A block of code, whose fence is longer than any run of backticks in it. */
export const fenced = (language: string, text: string): string => {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2)
  const fence = "`".repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

/** A table of inline Markdown without `|`. Empty without rows. */
export const table = (heads: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  rows.length === 0
    ? ""
    : [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n")

/** Blocks of Markdown, one after the other; empty ones are left out. */
export const blocks = (...parts: ReadonlyArray<string>): string =>
  parts.filter((part) => part !== "").join("\n\n")

/** The anchor that a heading gets, as GitHub makes it. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-")

/** A link to a page; its address cannot end the link. */
export const link = (text: string, address: string): string =>
  `[${text}](${address.replaceAll(/[^A-Za-z0-9\-._~:/?#@!$&*+,;=%]/gu, percentEncoded)})`

/** JSON in one line, or indented; characters that nobody sees are escaped. */
export const showJson = (value: unknown, indent = 0): string =>
  // JSON has these only in texts, where an escape means the same.
  (JSON.stringify(value, null, indent) ?? "null").replaceAll(unseen, (character) =>
    character === "\n" ? character : escapesOf(character)
  )

/** A text with a full stop, unless it ends in a mark of its own. */
export const sentence = (text: string): string => (/[.!?:]$/.test(text) || text === "" ? text : `${text}.`)

/** Words as a list in a sentence: `a, b or c`. */
export const either = (words: ReadonlyArray<string>): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`

/** Lengths are bounded, so that a text full of marks that never end takes no time. */
const marks =
  /(?<!`)(?<fence>`{1,3})(?<code>[^`](?:[\s\S]{0,500}?[^`])??)\k<fence>(?!`)|\[(?<label>[^[\]`]{1,200})\]\((?<address>https:\/\/[A-Za-z0-9\-._~:/?#@!$&*+,;=%]{1,500})\)|\*\*(?<strong>[^*`[\]\s](?:[^*`[\]]{0,198}[^*`[\]\s])?)\*\*/g

const marked = (whole: string, groups: { readonly [name: string]: string | undefined }): string => {
  const { address, code: inner, label, strong } = groups
  if (inner !== undefined) return code(inner.trim() === "" ? inner : inner.trim())
  if (label !== undefined && address !== undefined) return link(escaped(label), address)
  return strong === undefined ? escaped(whole) : `**${escaped(strong)}**`
}

const blockOf = (paragraph: string): string => {
  const lines = paragraph.split("\n").map((line) => line.trim())
  if (!lines.some((line) => line.startsWith("- "))) return inline(lines.join(" ").trim())
  // A line that begins no item goes on with the one before.
  const items: Array<{ readonly isItem: boolean; text: string }> = []
  for (const line of lines) {
    const last = items.at(-1)
    if (line.startsWith("- ")) items.push({ isItem: true, text: line.slice(2) })
    else if (last === undefined) items.push({ isItem: false, text: line })
    else last.text += ` ${line}`
  }
  return items
    .map(
      ({ isItem, text }, index) => `${isItem ? "- " : ""}${inline(text)}${index === 0 && !isItem ? "\n" : ""}`
    )
    .join("\n")
}

const oneLine = (text: string): string =>
  text
    .trim()
    .replaceAll(/[ \t\r\n]+/g, " ")
    .replaceAll(unseen, nameOf)

/** Controls, characters that turn the direction of text, joiners, separators, halves of pairs. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

const nameOf = (character: string): string =>
  `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`

const escapesOf = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, index) => String.raw`\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`
  ).join("")

/** A `_` between letters means nothing. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[&<>|$]/g, entity)
    .replaceAll(/[\\`*[\]~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\$&`)

/** What would make a line a heading, a list, a quote or a rule. */
const withPlainStart = (line: string): string =>
  line.replace(/^(?:[#+=-]|(?<number>\d{1,9})(?=[.)]))/, (start) =>
    /^\d/.test(start) ? `${start}\\` : `\\${start}`
  )

const entity = (character: string): string => `&#${character.codePointAt(0) ?? 0};`

const entities = (text: string): string => text.replaceAll(/[&<>|`*[\]~$_\\]/g, entity)

const percentEncoded = (character: string): string =>
  [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("")
