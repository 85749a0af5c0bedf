/**
 * The text in lower case, each character on its own, as Go's `strings.ToLower` does it: ThreatWinds computes ids in Go.
 * JavaScript differs in two characters of Unicode's SpecialCasing.txt: it writes a sigma at the end of a word as `ς`,
 * and `İ` as `i` and a combining dot.
 */
export const lowerCase = (text: string): string =>
  text.replaceAll("\u0130", "i").replaceAll("\u03a3", "\u03c3").toLowerCase()
