/**
 * A doc comment, with its line feed; empty when there is nothing to say. Whatever the text, it neither ends the comment
 * nor becomes a tag or a directive of a tool; characters that are not shown are left out. With `deprecated`, what it
 * documents should no longer be used, and why, or what to use instead, is there.
 */
export const docComment = (text: string, indent: string, deprecated?: string): string => {
  const lines = text
    .trim()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(harmless)
  if (deprecated !== undefined) lines.push("", `@deprecated ${commentLine(deprecated)}`.trimEnd())
  const [first = ""] = lines
  if (lines.every((line) => line === "")) return ""
  if (lines.length === 1 && indent.length + first.length <= longestLine - commentFrame)
    return `${indent}/** ${first} */\n`
  const rows = lines.map((line) => (line === "" ? `${indent} *` : `${indent} * ${line}`))
  return `${indent}/**\n${rows.join("\n")}\n${indent} */\n`
}

/** One line of a text in a line comment, as `docComment` would write it. */
export const commentLine = (text: string): string => harmless(text.replaceAll(/[\n\r\u2028\u2029]/g, " "))

const longestLine = 110
const commentFrame = "/**  */".length

const harmless = (line: string): string =>
  line
    .trimEnd()
    .replaceAll("\t", " ")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu, "")
    .replaceAll("*/", "*\\/")
    // At the beginning of a line, it begins a tag: `@deprecated`, and even `@ts-ignore`.
    .replace(/^[\s*/]*@/, (start) => `${start.slice(0, -1)}\\@`)
    // Tools read their own directives out of comments.
    .replace(/^([\s*/]*)((?:oxlint|eslint|biome|prettier|deno|istanbul|c8|v8|node:coverage)\b)/i, "$1\\$2")
