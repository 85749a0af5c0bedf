import type { RepositoryFile } from "./RepositoryFile.ts"

/** A place in a file; `line` and `column` count from 1, `column` in UTF-16 code units. */
export interface Place {
  readonly path: string
  readonly line: number
  readonly column: number
}

/** The place of a UTF-16 `offset` into the file's text. */
export function placeAt(file: RepositoryFile, offset: number): Place {
  const before = file.text.slice(0, offset)
  const lineStart = before.lastIndexOf("\n") + 1
  return { path: file.path, line: before.split("\n").length, column: offset - lineStart + 1 }
}

/** `packages/a/src/A.ts:3:14`, which terminals and editors turn into a link. */
export function printPlace({ path, line, column }: Place): string {
  return `${path}:${line}:${column}`
}
