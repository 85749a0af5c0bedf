import {
  type Code,
  type CodeEntry,
  compareDiagnostics,
  type Diagnostic,
  type DiagnosticDetails,
  type Span
} from "@sallyport/language"

/** Gathers what is wrong with a file. A problem that is there already is left out; after 200 no more are kept. */
export class ProblemList<C extends Code> {
  readonly #table: { readonly [code in C]: CodeEntry }
  readonly #found: Array<Diagnostic> = []
  readonly #known = new Set<string>()

  /** `table`: the codes that can be reported. */
  constructor(table: { readonly [code in C]: CodeEntry }) {
    this.#table = table
  }

  /** A problem with the severity that its code has. */
  report(code: C, message: string, span: Span, details: DiagnosticDetails = {}): void {
    this.add({ code, severity: this.#table[code].severity, message, span, notes: [], ...details })
  }

  /** A problem that was found elsewhere. */
  add(diagnostic: Diagnostic): void {
    const { code, message, span } = diagnostic
    const key = `${code} ${span.start} ${span.end} ${message}`
    if (this.#known.has(key) || this.#found.length >= maximumProblems) return
    this.#known.add(key)
    this.#found.push(diagnostic)
  }

  /** Problems that were found elsewhere. */
  addAll(diagnostics: Iterable<Diagnostic>): void {
    for (const diagnostic of diagnostics) this.add(diagnostic)
  }

  /** Is it one of the codes that can be reported? */
  knows(code: unknown): code is C {
    return typeof code === "string" && Object.hasOwn(this.#table, code)
  }

  /** True when nothing more is kept, so that nothing more need be looked for. */
  get isFull(): boolean {
    return this.#found.length >= maximumProblems
  }

  /** Is the YAML itself wrong somewhere, so that a part of the file may not have been read? */
  get isPartial(): boolean {
    return this.#found.some(({ code }) => code.startsWith("SP01"))
  }

  /** All problems in the order of the file. */
  sorted(): ReadonlyArray<Diagnostic> {
    return this.#found.toSorted(compareDiagnostics)
  }
}

const maximumProblems = 200
