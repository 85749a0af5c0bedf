/**
 * `loss`: something that the module says has no place in the manifest. `assumption`: the module does not say it, and the
 * importer decided; look at it once. `problem`: what the module says is wrong or contradicts itself.
 */
export type LossSeverity = "loss" | "assumption" | "problem"

/** What a loss is about, for counting. */
export type LossKind =
  | "alternatives"
  | "authentication"
  | "code"
  | "default"
  | "duplicate"
  | "effect"
  | "enum"
  | "example"
  | "file"
  | "format"
  | "http"
  | "identity"
  | "keyword"
  | "limit"
  | "metadata"
  | "name"
  | "open"
  | "pattern"
  | "reference"
  | "required"
  | "results"
  | "schema"
  | "secret"
  | "size"
  | "type"
  | "version"

/** One thing that is not the same in the manifest as in the module. */
export interface Loss {
  readonly severity: LossSeverity
  readonly kind: LossKind
  /** The name of the file in the module's folder. */
  readonly file: string
  /** JSON pointer within the file, for the part with everything inside of it; empty for the whole file. */
  readonly pointer: string
  /** What is different, and what became of it. One sentence; no secret is in it. */
  readonly message: string
}

/** How many losses there are of a kind. */
export interface LossCount {
  readonly severity: LossSeverity
  readonly kind: LossKind
  readonly count: number
}

/** The losses by severity and kind: problems first, then losses, then assumptions, the most frequent first. */
export const countLosses = (losses: ReadonlyArray<Loss>): ReadonlyArray<LossCount> => {
  const counts = new Map<string, LossCount>()
  for (const { severity, kind } of losses) {
    const key = `${severity} ${kind}`
    counts.set(key, { severity, kind, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()].toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      b.count - a.count ||
      (a.kind < b.kind ? -1 : 1)
  )
}

const severities: ReadonlyArray<LossSeverity> = ["problem", "loss", "assumption"]
