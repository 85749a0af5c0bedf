/** What a piece of terminal output is, for the choice of its colour. */
export type Style =
  | "error"
  | "warning"
  | "note"
  | "help"
  | "strong"
  | "gutter"
  | "label"
  | "added"
  | "removed"
  | "plain"

/** Gives text the colour of its style, or leaves it as it is. The text has been made safe before. */
export type Paint = (style: Style, text: string) => string

/** No colours: the text alone. */
export const plainPaint: Paint = (_style, text) => text

/** Select Graphic Rendition codes of ECMA-48, in the 16 colours that every terminal theme defines. */
export const colorPaint: Paint = (style, text) =>
  style === "plain" || text === "" ? text : `\u001b[${codes[style]}m${text}\u001b[0m`

const codes = {
  error: "1;31",
  warning: "1;33",
  note: "1;32",
  help: "1;36",
  strong: "1",
  gutter: "1;34",
  label: "1;34",
  added: "32",
  removed: "31"
} as const

/** The environment variables that decide about colour. */
export interface ColorEnvironment {
  readonly NO_COLOR?: string | undefined
  readonly FORCE_COLOR?: string | undefined
  readonly TERM?: string | undefined
}

/**
 * Whether to colour what goes to a stream. `NO_COLOR`, present and not empty, means no, whatever its value
 * (https://no-color.org) and whatever else is set; then `FORCE_COLOR`, present and not empty, means yes unless it is
 * `0` or `false` (as in Node); otherwise a terminal that is not `dumb` gets colours. A command-line flag goes before.
 */
export const wantsColor = (environment: ColorEnvironment, isTTY: boolean): boolean => {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false"
  return isTTY && TERM !== "dumb"
}
