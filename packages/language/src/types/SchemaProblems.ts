import {
  type Code,
  type Diagnostic,
  type DiagnosticDetails,
  error,
  warning
} from "../diagnostics/Diagnostic.ts"
import type { Span } from "../source/Span.ts"

/** How much a schema may be. Beyond it is a located problem, never a hang. */
export const schemaLimits = {
  /** Schemas inside schemas, references from the top of one to the next included. */
  depth: 32,
  /** Schemas in one document, each counted once. */
  schemas: 20_000,
  /** Branches of one `oneOf` or `anyOf`. */
  branches: 1000,
  /** Characters of one `pattern`. */
  pattern: 2000,
  /** Characters of all patterns of a document; a `\p` counts as 20, for what its table costs to compile. */
  patterns: 20_000,
  problems: 100
}

/** Gathers the problems of a document; after the hundredth only counts on. */
export class SchemaProblems {
  #found: Array<Diagnostic> = []
  #total = 0
  readonly #known = new Set<string>()

  /** Adds an error, see `add`. */
  error(code: Code, message: string, span: Span, details?: DiagnosticDetails): void {
    this.add(error(code, message, span, details))
  }

  /** Adds a warning, see `add`. */
  warning(code: Code, message: string, span: Span, details?: DiagnosticDetails): void {
    this.add(warning(code, message, span, details))
  }

  /** A problem that is already there is left out: a part of several types is looked at for each of them. */
  add(diagnostic: Diagnostic): void {
    const { code, span, message } = diagnostic
    const key = `${code} ${span.start} ${span.end} ${message}`
    if (this.#known.has(key)) return
    this.#known.add(key)
    this.#total++
    if (this.#total < schemaLimits.problems) this.#found.push(diagnostic)
    else if (this.#total === schemaLimits.problems)
      this.#found.push(
        error("SP0219", "too many problems in this schema, further ones are not shown", diagnostic.span)
      )
  }

  /** True when nothing more will be shown, so that nothing more need be looked for. */
  get isFull(): boolean {
    return this.#total >= schemaLimits.problems
  }

  /** What was found since the last time. */
  take(): ReadonlyArray<Diagnostic> {
    const found = this.#found
    this.#found = []
    return found
  }
}
