import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import type { ScalarStyle } from "../src/source/YamlNode.ts"

/** What a YAML file with one scalar is made of, as data, so that a failure prints and shrinks. */
export interface ScalarRecipe {
  readonly style: ScalarStyle
  /** Indices into the alphabet. */
  readonly text: ReadonlyArray<number>
  /** Line feeds at the end, up to 3. */
  readonly tail: number
  /** Answers to the emitter's questions, 0 when they run out: the simplest way of writing is always 0. */
  readonly choices: ReadonlyArray<number>
}

/** A file, the value that one scalar of it was written for, and where every unit of the value stands. */
export interface EmittedScalar {
  readonly source: string
  readonly path: ReadonlyArray<string | number>
  readonly style: ScalarStyle
  readonly value: string
  /** For each UTF-16 unit of `value`, the range of the characters that mean it. */
  readonly ranges: ReadonlyArray<readonly [start: number, end: number]>
  /** From the first to the last character of the scalar. */
  readonly span: readonly [start: number, end: number]
}

const styles = [
  "plain",
  "single",
  "double",
  "literal",
  "folded"
] as const satisfies ReadonlyArray<ScalarStyle>

/** Letters, and everything that means something to YAML or to a template. */
const alphabet = [
  ...Array.from("abcXYZ019"),
  ...Array.from("      \n\n\n\n"),
  "\t",
  ...Array.from("'\"\\#:-?|>{}[],&*!%@`=<"),
  "''",
  '\\"',
  "\\n",
  ": ",
  " #",
  "${{ a.b }}",
  '${{ x == "y" }}',
  "$${{",
  "é",
  "ß",
  "漢",
  "😀",
  "👩‍👧",
  "\u2028",
  "\u0085",
  "\u00a0",
  "\u007f",
  "\r"
]

const below = (limit: number): Arbitrary.Arbitrary<number> =>
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: limit - 1 })))

export const scalarRecipe: Arbitrary.Arbitrary<ScalarRecipe> = Arbitrary.all({
  style: Arbitrary.schema(Schema.Literals(styles)),
  text: Arbitrary.array(below(alphabet.length), { maxLength: 30 }),
  tail: below(5),
  choices: Arbitrary.array(below(5040), { minLength: 40, maxLength: 40 })
})

/** Writes the file of a recipe. Follows the YAML specification, and knows nothing of the decoder. */
export const emitScalar = (recipe: ScalarRecipe): EmittedScalar => {
  const emitter = new Emitter(recipe.choices)
  const text = recipe.text.map((index) => alphabet[index] ?? "").join("")
  const wanted = text + "\n".repeat(Math.max(0, recipe.tail - 1))
  const path = emitter.before()
  const start = emitter.source.length
  emitter[recipe.style](wanted)
  const end = emitter.spanEnd
  emitter.after()
  const { source, value, ranges } = emitter
  return { source, path, style: recipe.style, value, ranges, span: [start, end] }
}

class Emitter {
  source = ""
  value = ""
  readonly ranges: Array<readonly [number, number]> = []
  spanEnd = 0
  readonly #choices: ReadonlyArray<number>
  #next = 0
  #isBlock = false
  #newline = "\n"
  /** Indentation of the collection that the scalar is in. */
  #indent = 0

  constructor(choices: ReadonlyArray<number>) {
    this.#choices = choices
  }

  /** The file up to the scalar: byte order mark, comments, the keys and dashes around it. */
  before(): ReadonlyArray<string | number> {
    this.#newline = this.#pick(3) === 1 ? "\r\n" : "\n"
    if (this.#pick(10) === 1) this.source += "\ufeff"
    if (this.#pick(5) === 1) this.#line("# about: this 'file")
    const path: Array<string | number> = []
    for (let levels = this.#pick(4); levels > 0; levels -= 1) {
      const step = this.#pick(6)
      this.#line(`${" ".repeat(this.#indent)}level:`)
      this.#indent += 1 + step
      path.push("level")
    }
    this.source += " ".repeat(this.#indent)
    if (this.#pick(3) === 1) {
      this.source += "- "
      path.push(0)
    } else {
      this.source += `key:${" ".repeat(1 + this.#pick(3))}`
      path.push("key")
    }
    return path
  }

  /** What follows the scalar. A block scalar has ended its line already. */
  after(): void {
    if (this.#isBlock) return
    if (this.#pick(4) === 1) this.source += " # not 'part of it"
    if (this.#pick(4) !== 1) this.source += this.#newline
  }

  plain(wanted: string): void {
    // A letter before and after keeps every indicator from its special place.
    const safe = Array.from(wanted.replaceAll(/[\t\r\u0085\u2028\u0007]/g, ""))
      .map((char, index, all) => {
        const next = all[index + 1]
        const isLast = next === undefined || next === " " || next === "\n"
        if (char === ":" && isLast) return ";"
        return char === "#" ? "+" : char
      })
      .join("")
    this.#folded(`q${withoutBlanksAtBreaks(safe)}z`, (char) => this.#copy(char))
    this.spanEnd = this.source.length
  }

  single(wanted: string): void {
    this.source += "'"
    const text = withoutBlanksAtBreaks(wanted.replaceAll("\r", ""))
    this.#folded(text, (char) => (char === "'" ? this.#make("''", char) : this.#copy(char)))
    this.source += "'"
    this.spanEnd = this.source.length
  }

  double(wanted: string): void {
    this.source += '"'
    const chars = Array.from(wanted)
    // After a break, blanks are dropped, so that they must be escaped.
    let afterBreak = false
    for (let at = 0; at < chars.length; at += 1) {
      const char = chars[at] ?? ""
      const isAfterBlank = /[ \t]$/.test(this.source)
      if (char === " " && !isAfterBlank && !afterBreak && this.#pick(6) === 1) {
        this.#breakFor([" "])
        afterBreak = true
        continue
      }
      if (char === "\n" && !isAfterBlank && !afterBreak && this.#pick(2) === 1) {
        let count = 1
        while (chars[at + count] === "\n") count += 1
        this.#breakFor(Array.from({ length: count }, () => "\n"))
        at += count - 1
        afterBreak = true
        continue
      }
      this.#doubleChar(char, afterBreak)
      afterBreak = false
      // The specification keeps an empty line after an escaped break, the yaml package folds it: not asked here.
      if (this.#pick(9) === 1 && chars[at + 1] !== "\n") {
        this.source += `\\${this.#newline}${this.#lineStart()}`
        afterBreak = true
      }
    }
    this.source += '"'
    this.spanEnd = this.source.length
  }

  literal(wanted: string): void {
    const { lines, breaks, indent } = this.#blockHeader("|", wanted)
    for (const [index, line] of lines.entries()) {
      this.#blockLine(line, indent)
      if (index < lines.length - 1) this.#make(this.#newline, "\n")
    }
    this.#blockEnd(breaks)
  }

  folded(wanted: string): void {
    const { lines, breaks, indent } = this.#blockHeader(">", wanted)
    let previous: string | undefined
    let empties = 0
    for (const [index, line] of lines.entries()) {
      const isLast = index === lines.length - 1
      if (line === "") {
        // A line feed of an empty line belongs to that line's own break.
        empties += 1
        continue
      }
      const folds = previous !== undefined && !keeps(previous) && !keeps(line)
      // Two lines of text: the first break is dropped, so there is one more of them than line feeds.
      if (folds) this.source += this.#newline
      else if (previous !== undefined) this.#make(this.#newline, "\n")
      const feeds = previous === undefined || !folds ? empties : empties + 1
      for (let feed = 0; feed < feeds; feed += 1) {
        this.source += " ".repeat(this.#pick(indent + 1))
        this.#make(this.#newline, "\n")
      }
      this.#foldedLine(line, indent, keeps(line))
      previous = line
      empties = 0
      if (isLast) break
    }
    this.#blockEnd(breaks)
  }

  /** A line of a folded scalar, some of its spaces written as breaks. */
  #foldedLine(line: string, indent: number, isKept: boolean): void {
    this.source += " ".repeat(indent)
    const chars = Array.from(line)
    for (const [index, char] of chars.entries()) {
      const next = chars[index + 1]
      const canBreak = char === " " && !isKept && next !== undefined && next !== " " && next !== "\t"
      if (canBreak && this.#pick(3) === 1) {
        this.#make(this.#newline, " ")
        this.source += " ".repeat(indent)
      } else this.#copy(char)
    }
    this.spanEnd = this.source.length
  }

  #blockLine(line: string, indent: number): void {
    if (line === "") {
      this.source += " ".repeat(this.#pick(indent + 1))
      return
    }
    this.source += " ".repeat(indent)
    this.#copy(line)
    this.spanEnd = this.source.length
  }

  /** Writes indicator, indentation indicator, chomping and comment; what is left are the lines and final breaks. */
  #blockHeader(indicator: string, wanted: string): BlockPlan {
    const text = wanted.replaceAll("\r", "")
    const { content, breaks, lines } = splitBlock(text)
    const firstText = lines.findIndex((line) => /[^ ]/.test(line))
    // Lines of spaces in front, or spaces in front of the first line, need the indentation to be said; and lines
    // of nothing but spaces are content only behind a line that says how much of them is indentation.
    const needsIndicator = lines.slice(0, firstText + 1).some((line) => line.startsWith(" ")) || firstText < 0
    const isSaid = needsIndicator || (this.#pick(4) === 1 && lines.at(-1)?.trim() !== "")
    const step = 1 + this.#pick(isSaid ? 9 : 20)
    const onlySpaces = firstText < 0 && lines.length > 0
    const chomping = breaks === 0 || onlySpaces ? "-" : breaks === 1 && this.#pick(2) === 0 ? "" : "+"
    this.source += indicator
    const digit = isSaid ? String(step) : ""
    this.source += this.#pick(2) === 1 ? digit + chomping : chomping + digit
    this.spanEnd = this.source.length
    if (this.#pick(5) === 1) this.source += "  # a 'comment"
    this.source += this.#newline
    const kept = chomping === "+" ? breaks : chomping === "" && content !== "" ? breaks : 0
    return {
      lines: onlySpaces ? [] : lines,
      breaks: kept,
      indent: this.#indent + step
    }
  }

  /** The breaks that belong to the value, and for a stripped scalar some that do not. */
  #blockEnd(breaks: number): void {
    this.#isBlock = true
    for (let count = 0; count < breaks; count += 1) {
      const isImplicit = count === 0 && breaks === 1 && this.value !== "" && this.#pick(6) === 1
      // A file that ends without a break: the value gets one all the same, at the end.
      if (isImplicit) {
        this.#unit("\n", this.source.length, this.source.length)
        return
      }
      this.#make(this.#newline, "\n")
    }
    if (breaks === 0) this.source += this.#newline
    if (breaks === 0 && this.#pick(3) === 1) this.source += this.#newline.repeat(this.#pick(4))
  }

  /** Text whose spaces and line feeds may become line breaks; neither has blanks beside it then. */
  #folded(text: string, write: (char: string) => void): void {
    const chars = Array.from(text)
    for (let at = 0; at < chars.length; at += 1) {
      const char = chars[at] ?? ""
      if (char === "\n") {
        let count = 1
        while (chars[at + count] === "\n") count += 1
        this.#breakFor(Array.from({ length: count }, () => "\n"))
        at += count - 1
        continue
      }
      const isAlone = !isBlank(chars[at - 1]) && !isBlank(chars[at + 1])
      if (char === " " && isAlone && this.#pick(4) === 1) this.#breakFor([" "])
      else write(char)
    }
  }

  /** One break for a space, one more than line feeds for line feeds; blanks around them mean nothing. */
  #breakFor(made: ReadonlyArray<string>): void {
    this.source += " ".repeat(this.#pick(3))
    if (made[0] === "\n") this.source += this.#newline
    for (const char of made) {
      if (char === "\n") this.source += " ".repeat(this.#pick(4))
      this.#make(this.#newline, char)
    }
    this.source += this.#lineStart()
  }

  #lineStart(): string {
    return " ".repeat(this.#indent + 1 + this.#pick(5)) + (this.#pick(5) === 1 ? "\t" : "")
  }

  #doubleChar(char: string, afterBreak: boolean): void {
    const code = char.codePointAt(0) ?? 0
    const names = shortEscapes.get(char)
    const mustEscape = char === '"' || char === "\\" || code < 32 || (afterBreak && isBlank(char))
    const choice = mustEscape ? 1 + this.#pick(4) : this.#pick(12)
    if (choice === 1 && names !== undefined) this.#make(`\\${names}`, char)
    else if (choice === 2 && code < 256) this.#make(`\\x${hex(code, 2)}`, char)
    else if (choice === 3 && char.length === 1) this.#make(`\\u${hex(code, 4)}`, char)
    else if (choice === 3)
      for (const unit of char.split("")) this.#make(`\\u${hex(unit.charCodeAt(0), 4)}`, unit)
    else if (mustEscape || choice === 4) this.#make(`\\U${hex(code, 8)}`, char)
    else this.#copy(char)
  }

  #copy(text: string): void {
    for (const unit of text.split("")) {
      const at = this.source.length
      this.source += unit
      this.#unit(unit, at, at + 1)
    }
  }

  /** Source that means `text`, all of it for each unit. */
  #make(source: string, text: string): void {
    const at = this.source.length
    this.source += source
    for (const unit of text.split("")) this.#unit(unit, at, at + source.length)
  }

  #unit(unit: string, start: number, end: number): void {
    this.value += unit
    this.ranges.push([start, end])
  }

  #line(text: string): void {
    this.source += text + this.#newline
  }

  #pick(limit: number): number {
    const choice = this.#choices[this.#next] ?? 0
    this.#next += 1
    return choice % limit
  }
}

/** Content and final breaks. The yaml package drops final lines of spaces behind an indicator: not asked here. */
const splitBlock = (
  text: string
): { readonly content: string; readonly breaks: number; readonly lines: ReadonlyArray<string> } => {
  const isIndicated = /^[ \n]* /.test(text)
  const content = isIndicated ? text.replace(/\n[ \n]*$/, "") : text.replace(/\n+$/, "")
  const breaks = /\n*$/.exec(text)?.[0].length ?? 0
  return { content, breaks, lines: content === "" ? [] : content.split("\n") }
}

interface BlockPlan {
  readonly lines: ReadonlyArray<string>
  /** Line feeds at the end of the value. */
  readonly breaks: number
  readonly indent: number
}

/** True for a line of a folded scalar beside which all breaks stay. */
const keeps = (line: string): boolean => /^[ \t]/.test(line)

const isBlank = (char: string | undefined): boolean => char === " " || char === "\t" || char === "\n"

/** Blanks beside a line break are not content in flow scalars. */
const withoutBlanksAtBreaks = (text: string): string =>
  text.replaceAll(/[ \t]*\n[ \t\n]*/g, (found) => found.replaceAll(/[ \t]/g, ""))

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, "0")

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ["\n", "n"],
  ["\r", "r"],
  ["\t", "t"],
  [" ", " "],
  ['"', '"'],
  ["\\", "\\"],
  ["\u0007", "a"],
  ["\u0085", "N"],
  ["\u00a0", "_"],
  ["\u2028", "L"]
])
