import type { Paint, Style } from "./TerminalStyle.ts"

/** The column of line numbers at the left of an excerpt, and with it the width that is left for text. */
export class Gutter {
  readonly paint: Paint
  /** How many columns the text beside the gutter may take. */
  readonly textWidth: number
  readonly #digits: number
  readonly #width: number

  /** `lastLine` is the greatest line number to be shown, `width` the columns of the whole output. */
  constructor(lastLine: number, width: number, paint: Paint) {
    this.paint = paint
    this.#digits = String(lastLine).length
    this.#width = width
    this.textWidth = Math.max(narrowest, width - this.#digits - 3)
  }

  /** `  --> path:1:2`, with a safe `place`. */
  arrow(place: string): string {
    return `${" ".repeat(this.#digits)}${this.paint("gutter", "-->")} ${place}`
  }

  /** A row without a number. */
  empty(text = ""): string {
    return this.#row("", "|", text)
  }

  /** A row with a line of the source. */
  line(number: number, text: string): string {
    return this.#row(String(number), "|", text)
  }

  /** A changed line: `sign` takes the place of the bar. */
  change(number: number, sign: "-" | "+", text: string): string {
    const style = sign === "+" ? "added" : "removed"
    const label = this.paint("gutter", String(number).padStart(this.#digits))
    return `${label} ${this.paint(style, text === "" ? sign : `${sign} ${text}`)}`
  }

  /** Lines are left out here; the side line of a span over several lines runs on. */
  gap(side: boolean, style: Style): string {
    const dots = this.paint("gutter", "...")
    return side ? `${dots}${" ".repeat(this.#digits)}${this.paint(style, "|")}` : dots
  }

  /** `  = help: text`, wrapped with its lines aligned. */
  remark(title: string, lines: (width: number) => ReadonlyArray<string>): ReadonlyArray<string> {
    const indent = this.#digits + 3 + title.length + 2
    const [first = "", ...rest] = lines(Math.max(narrowest, this.#width - indent))
    const head = `${this.#row("", "=", this.paint("strong", `${title}:`))} ${first}`
    return [head, ...rest.map((line) => " ".repeat(indent) + line)]
  }

  #row(number: string, bar: string, text: string): string {
    const head = this.paint("gutter", `${number.padStart(this.#digits)} ${bar}`)
    return text === "" ? head : `${head} ${text}`
  }
}

/** Narrower than this no excerpt can be read; a narrower terminal breaks the lines itself. */
const narrowest = 20
