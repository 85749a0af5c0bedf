/** What a page is made of, as far as it matters for whether a text of a manifest has broken out of its place. */
export interface ReadMarkdown {
  readonly headings: ReadonlyArray<string>
  /** The tables, by rows and cells. */
  readonly tables: ReadonlyArray<ReadonlyArray<ReadonlyArray<string>>>
  readonly fences: ReadonlyArray<string>
  /** Everything that is neither code nor a mark of a table; `c` stands for a code span. */
  readonly prose: ReadonlyArray<string>
}

/** Reads the Markdown that pages are written in: headings with `#`, tables with `|`, fences of backticks. */
export const readMarkdown = (text: string): ReadMarkdown => {
  const headings: Array<string> = []
  const tables: Array<Array<ReadonlyArray<string>>> = []
  const fences: Array<string> = []
  const prose: Array<string> = []
  let fence: { readonly marks: string; readonly lines: Array<string> } | undefined
  let isInTable = false
  for (const line of text.split("\n")) {
    const marks = /^`{3,}/.exec(line)?.[0]
    if (fence !== undefined) {
      if (marks !== undefined && marks.length >= fence.marks.length && line === marks) {
        fences.push(fence.lines.join("\n"))
        fence = undefined
      } else fence.lines.push(line)
      continue
    }
    if (marks !== undefined) {
      fence = { marks, lines: [] }
      isInTable = false
      continue
    }
    if (/^#{1,6} /.test(line)) headings.push(line)
    const bare = withoutCode(line)
    if (!line.startsWith("|")) {
      isInTable = false
      prose.push(bare)
      continue
    }
    // A table is split into cells before code is looked for.
    const cells = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim())
    if (isInTable) tables.at(-1)?.push(cells)
    else tables.push([cells])
    isInTable = true
    prose.push(...cells.map(withoutCode))
  }
  if (fence !== undefined) throw new Error("a block of code never ends")
  return { headings, tables, fences, prose }
}

/** A line with `c` for each code span and `e` for each character that a backslash makes text. */
export const withoutCode = (line: string): string =>
  line.replaceAll(marks, (whole, run: string | undefined) =>
    whole.startsWith("\\") ? "e" : run === undefined && !whole.startsWith("<") ? whole : "c"
  )

/** From the left: an escape, a code span, backticks that open none, and code as HTML. */
const marks = /\\[!-/:-@[-`{-~]|(`+)(?!`)[^`](?:.*?[^`])??\1(?!`)|`+|<code>[^<>|`]*<\/code>/g
