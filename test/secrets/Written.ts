import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative } from "node:path"
import type { SecretSearch } from "./SecretSearch.ts"

/** Everything that was written while something ran: what processes printed, and files. */
export class Written {
  readonly #texts: Array<readonly [place: string, text: string]> = []

  /** Adds a text. */
  add(place: string, text: string): void {
    this.#texts.push([place, text])
  }

  /** Adds all files below a directory but those that hold secrets by design. Bytes are looked at as Latin-1, too. */
  addFiles(directory: string, isLeftOut: (path: string) => boolean): void {
    for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
      const path = join(directory, name)
      if (!statSync(path).isFile() || isLeftOut(relative(directory, path))) continue
      const bytes = readFileSync(path)
      this.#texts.push([name, `${name}\n${bytes.toString("utf8")}\n${bytes.toString("latin1")}`])
    }
  }

  /** How many characters were written. */
  get length(): number {
    return this.#texts.reduce((sum, [, text]) => sum + text.length, 0)
  }

  /** Whether a text stands anywhere: to see that what could have held a secret was written. */
  has(text: string): boolean {
    return this.#texts.some(([, one]) => one.includes(text))
  }

  /** All secrets in it: which, where and how, each once. */
  secrets(search: SecretSearch): ReadonlyArray<string> {
    const found = this.#texts.flatMap(([place, text]) => search.in(place, text))
    return [...new Set(found.map(({ form, place, secret }) => `${secret}, ${form}, in ${place}`))]
  }
}
