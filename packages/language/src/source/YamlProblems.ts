import { sourceCodes, type SourceCode } from "../diagnostics/SourceCodes.ts"
import { compareDiagnostics, type Diagnostic, type Fix, type Note } from "../diagnostics/Diagnostic.ts"
import type { SourceFile } from "./SourceFile.ts"

/** What a problem may say beside its message. */
export interface ProblemDetails {
  readonly help?: string
  readonly notes?: ReadonlyArray<Note>
  readonly fix?: Fix
}

/**
 * Collects the problems of one file up to a limit; the last one collected then says that there are more.
 *
 * A problem can be `doubtful`: perhaps only a consequence of another one. It is dropped when another problem
 * stands before it on its line.
 */
export class YamlProblems {
  readonly file: SourceFile
  readonly #limit: number
  readonly #found: Array<Diagnostic> = []
  readonly #doubtful = new Set<Diagnostic>()
  /** From the last doubtful problem to the end of its line. */
  #doubtfulFrom = 0
  #doubtfulTo = 0
  #dropped = false

  constructor(file: SourceFile, limit: number) {
    this.file = file
    this.#limit = Math.max(1, limit)
  }

  /** Is the limit reached, so that nothing more is collected? */
  get isFull(): boolean {
    return this.#dropped
  }

  /** Adds a problem at the offsets `start` to `end` of the file. */
  add(code: SourceCode, start: number, end: number, message: string, details: ProblemDetails = {}): void {
    if (this.#found.length >= this.#limit) {
      this.#dropped = true
      return
    }
    const { severity } = sourceCodes[code]
    const span = this.file.span(start, end)
    this.#found.push({ code, severity, message, span, notes: [], ...details })
  }

  /** Adds a problem that is perhaps a consequence of another one. */
  addDoubtful(code: SourceCode, start: number, end: number, message: string, details?: ProblemDetails): void {
    // A thousand stray brackets on a line are one problem.
    if (start >= this.#doubtfulFrom && start < this.#doubtfulTo) return
    const before = this.#found.length
    this.add(code, start, end, message, details)
    const added = this.#found[before]
    if (added === undefined) return
    this.#doubtful.add(added)
    const newline = this.file.text.indexOf("\n", start)
    this.#doubtfulFrom = start
    this.#doubtfulTo = newline < 0 ? this.file.text.length + 1 : newline
  }

  /** Forgets everything so far, for a problem that makes the others pointless. */
  clear(): void {
    this.#found.length = 0
    this.#doubtful.clear()
    this.#doubtfulFrom = this.#doubtfulTo = 0
    this.#dropped = false
  }

  /** How many of a code there are so far. */
  count(code: SourceCode): number {
    return this.#found.reduce((count, found) => (found.code === code ? count + 1 : count), 0)
  }

  /** All problems, in the order of the file. */
  diagnostics(): ReadonlyArray<Diagnostic> {
    const certain = this.#withoutConsequences()
    const last = certain.at(-1)
    if (!this.#dropped || last === undefined) return certain
    const more = { message: `only the first ${certain.length} problems are shown, there are more` }
    return certain.with(certain.length - 1, { ...last, notes: [...last.notes, more] })
  }

  #withoutConsequences(): ReadonlyArray<Diagnostic> {
    const sorted = this.#found.toSorted(compareDiagnostics)
    if (this.#doubtful.size === 0) return sorted
    let lastLine = -1
    return sorted.filter((diagnostic) => {
      const { line } = this.file.position(diagnostic.span.start)
      const isConsequence = line === lastLine && this.#doubtful.has(diagnostic)
      lastLine = line
      return !isConsequence
    })
  }
}
