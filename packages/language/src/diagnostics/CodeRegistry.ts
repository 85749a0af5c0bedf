import type { CodeEntry, CodeTable } from "./CodeEntry.ts"
import type { Code } from "./Diagnostic.ts"

/** The codes of one subject, under the heading they have in the index of error pages. */
export interface CodeArea {
  readonly title: string
  readonly codes: CodeTable
}

/** All codes of a program, each with its entry. A package owns its areas; a program joins those it is made of. */
export class CodeRegistry {
  /** The areas in the order they were given. */
  readonly areas: ReadonlyArray<CodeArea>
  readonly #entries: ReadonlyMap<Code, CodeEntry>

  private constructor(areas: ReadonlyArray<CodeArea>, entries: ReadonlyMap<Code, CodeEntry>) {
    this.areas = areas
    this.#entries = entries
  }

  /**
   * Joins areas. Throws when a code is in two of them or is not `SP` and four digits: a mistake of the programmer,
   * found when the program loads.
   */
  static of(...areas: ReadonlyArray<CodeArea>): CodeRegistry {
    const entries = new Map<Code, CodeEntry>()
    const owners = new Map<Code, string>()
    for (const area of areas) {
      for (const [code, entry] of Object.entries(area.codes)) {
        if (!isCode(code))
          throw new Error(`"${code}" in "${area.title}" is no code: it must be SP and four digits`)
        const owner = owners.get(code)
        if (owner !== undefined) throw new Error(`code ${code} is both in "${owner}" and in "${area.title}"`)
        owners.set(code, area.title)
        entries.set(code, entry)
      }
    }
    return new CodeRegistry(areas, new Map([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1))))
  }

  /** The codes in ascending order with their entries. */
  get entries(): ReadonlyMap<Code, CodeEntry> {
    return this.#entries
  }

  /** The entry of a code, or undefined when no area has it. */
  describe(code: Code): CodeEntry | undefined {
    return this.#entries.get(code)
  }
}

/** True for `SP` and four digits. */
export const isCode = (text: string): text is Code => /^SP\d{4}$/.test(text)
