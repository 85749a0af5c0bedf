/**
 * A text as a literal of TypeScript, in double quotes. Characters that one does not see, or that change the order in
 * which others are shown, are escaped, so that the source is what it looks like.
 */
export const textLiteral = (text: string): string => JSON.stringify(text).replace(unseen, escaped)

/** The same as a template literal: line ends stay, so that a long text can be read and compared. */
export const templateLiteral = (text: string): string => {
  const body = text
    .replace(/[`\\]|\$(?=\{)/g, (character) => `\\${character}`)
    .replace(/[\p{Cc}\p{Surrogate}]/gu, (character) => (kept.has(character) ? character : escaped(character)))
    .replace(unseen, escaped)
  return `\`${body}\``
}

/** A name as the key of a property: plain where it may be. */
export const propertyKey = (name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? name : textLiteral(name)

/** A carriage return is not among them: a template literal would make a line feed of it. */
const kept: ReadonlySet<string> = new Set(["\n", "\t"])

/** Those that JSON leaves as they are: format characters, separators of lines, the upper control characters. */
const unseen = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu

const escaped = (character: string): string => {
  const code = (character.codePointAt(0) ?? 0).toString(16)
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`
}
