import type { Json } from "@sallyport/language"
import { blocks, fenced, showJson } from "./MarkdownText.ts"

/** What is shown on a command line; what is longer is put into the command's standard input. */
const commandLine = 100
/** The lines of an output that are shown. */
const outputLines = 60

/** A call on the command line. Whatever the input holds, a shell gives it to the command as it is. */
export const callBlock = (operation: string, input: Json): string => {
  const command = `sallyport call ${operation}`
  const line = showJson(input)
  const call =
    line.length <= commandLine && !line.includes("'")
      ? `${command} --input '${line}' --json`
      : // No line of JSON is this word, and nothing is expanded behind a quoted one.
        `${command} --input - --json <<'JSON'\n${compactJson(input)}\nJSON`
  return fenced("sh", call)
}

/** A value as an indented block, its first lines if it is long, and then how many there are. */
export const valueBlock = (value: Json): string => {
  const text = compactJson(value)
  const lines = text.split("\n")
  if (lines.length <= outputLines) return fenced("json", text)
  return blocks(
    fenced("json", lines.slice(0, outputLines).join("\n")),
    `These are the first ${outputLines} of ${lines.length} lines.`
  )
}

const lineWidth = 100

/** Indented, but what fits into a line is in one. */
const compactJson = (value: Json): string => {
  const text = showJson(value, 2)
  return text.length > 200_000 ? text : joined(text.split("\n")).join("\n")
}

/** Joins the lines of every innermost list or object that fits into one, until none does. */
const joined = (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const out: Array<string> = []
  /** The places in `out` of the brackets that are open. */
  const open: Array<number> = []
  for (const line of lines) {
    out.push(line)
    if (/[[{]$/.test(line)) open.push(out.length - 1)
    else if (/^\s*[\]}],?$/.test(line)) {
      const start = open.pop() ?? out.length - 1
      const [first = "", ...rest] = out.slice(start)
      const inner = rest.slice(0, -1).map((part) => part.trim())
      const space = first.endsWith("{") ? " " : ""
      const whole = `${first}${space}${inner.join(" ")}${space}${line.trim()}`
      if (whole.length <= lineWidth) out.splice(start, out.length - start, whole)
    }
  }
  return out
}
