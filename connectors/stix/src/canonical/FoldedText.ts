/**
 * Text as ThreatWinds keeps its type "String": what is no letter, number, punctuation, symbol or blank becomes a space,
 * then lower case. Marks count as unprintable there, so `e` with a combining accent loses it.
 */
export const foldedText = (text: string): string => lowerCase(printableText(text))

/** The same for its type "Case-sensitive string": the case stays. */
export const printableText = (text: string): string =>
  text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S}\p{White_Space}]/gu, " ")

/** Character by character: no final sigma, and one letter stays one letter, as in Go. */
const lowerCase = (text: string): string =>
  text.replaceAll(/\p{Changes_When_Lowercased}/gu, (letter) => (letter === "İ" ? "i" : letter.toLowerCase()))
