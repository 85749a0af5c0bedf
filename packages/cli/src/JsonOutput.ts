/**
 * A value as JSON on one line, ending with a line feed. Characters that a terminal might obey or that end a line
 * elsewhere are written as escapes: what is printed may come from anybody.
 */
export const jsonLine = (value: Printable): string => `${escaped(JSON.stringify(value))}\n`

/** A value as JSON for people, indented; otherwise as `jsonLine`. */
export const jsonText = (value: Printable): string => `${escaped(JSON.stringify(value, undefined, 2))}\n`

/** What is JSON, or is once absent fields are left out. */
export type Printable = object | string | number | boolean | null

/** DEL, the C1 controls, line and paragraph separators, and what changes the direction of text. */
const unsafe = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069\u200e\u200f\u061c]/g

const escaped = (json: string): string =>
  json.replaceAll(unsafe, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
