import { compareDiagnostics, type Diagnostic, type DiagnosticDetails, type Span } from "@sallyport/language"
import { manifestCodes } from "../diagnostics/ManifestCodes.ts"

/** A code of `manifestCodes`. */
export type ManifestCode = keyof typeof manifestCodes

/** Gathers what is wrong with a manifest. A problem that is there already is left out; after 200 no more are kept. */
export class ManifestProblems {
  readonly #found: Array<Diagnostic> = []
  readonly #known = new Set<string>()

  /** A problem of manifests, with the severity that its code has. */
  report(code: ManifestCode, message: string, span: Span, details: DiagnosticDetails = {}): void {
    this.add({ code, severity: manifestCodes[code].severity, message, span, notes: [], ...details })
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

  /** True when nothing more is kept, so that nothing more need be looked for. */
  get isFull(): boolean {
    return this.#found.length >= maximumProblems
  }

  /** Is the YAML itself wrong somewhere, so that a part of the manifest may not have been read? */
  get isPartial(): boolean {
    return this.#found.some(({ code }) => code.startsWith("SP01"))
  }

  /** All problems in the order of the file. */
  sorted(): ReadonlyArray<Diagnostic> {
    return this.#found.toSorted(compareDiagnostics)
  }
}

const maximumProblems = 200
