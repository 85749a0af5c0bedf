/** A fenced block of a page. */
export interface CodeBlock {
  /** `sh`, `text`, `yaml`, `ts`; empty where none is named. */
  readonly language: string
  /** Its lines, each with its line break. */
  readonly text: string
  /** The language of the block that follows it. */
  readonly next: CodeBlock | undefined
}

/** The fenced blocks of a Markdown page, in their order. */
export const codeBlocks = (page: string): ReadonlyArray<CodeBlock> => {
  const found = [...page.matchAll(/^```([a-z]*)\n([\s\S]*?)^```$/gm)].toReversed()
  const blocks: Array<CodeBlock> = []
  for (const [, language = "", text = ""] of found) blocks.unshift({ language, text, next: blocks[0] })
  return blocks
}

/**
 * The lines that a page shows and a program did not print in that order. Empty lines are not looked at; `…` stands for any
 * lines, which may be left out without it too.
 */
export const unprinted = (shown: string, printed: string): ReadonlyArray<string> => {
  const lines = printed.split("\n")
  let from = 0
  return shown.split("\n").filter((line) => {
    if (line === "" || line.trim() === "…") return false
    const at = lines.indexOf(line, from)
    if (at !== -1) from = at + 1
    return at === -1
  })
}
