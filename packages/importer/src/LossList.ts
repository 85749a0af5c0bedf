import type { JsonPlace } from "./json/JsonPlace.ts"
import type { Loss, LossKind, LossSeverity } from "./Loss.ts"

/** Gathers what is lost while a module is converted. */
export class LossList {
  readonly #losses: Array<Loss> = []
  readonly #known = new Set<string>()

  /** Notes one difference. The same one a second time, from a part that is read twice, is left out. */
  add(severity: LossSeverity, kind: LossKind, { file, pointer }: JsonPlace, message: string): void {
    const key = JSON.stringify([severity, kind, file, pointer, message])
    if (this.#known.has(key)) return
    this.#known.add(key)
    this.#losses.push({ severity, kind, file, pointer, message })
  }

  /** By file, in the order in which they were found. */
  get all(): ReadonlyArray<Loss> {
    return this.#losses.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
  }
}
