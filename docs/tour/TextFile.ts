import { readFileSync } from "node:fs"
import { showSpan, SourceFile, type Span } from "@sallyport/language"

/** A file that cannot be read as text. The message says which one, why, and where it was named. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile"
}

/** Reads a file of UTF-8 text; `namedAt` is where another file names it. Throws `UnreadableFile`. */
export const readTextFile = (path: string, namedAt?: Span): SourceFile => {
  try {
    return new SourceFile(path, new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)))
  } catch (cause) {
    const place = namedAt === undefined ? "" : `${showSpan(namedAt)}: `
    throw new UnreadableFile(`${place}cannot read "${path}": ${reasonOf(cause)}`, { cause })
  }
}

const reasonOf = (cause: unknown): string => {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined
  if (code === "ENOENT") return "there is no such file"
  if (code === "EISDIR") return "it is a directory"
  if (code === "EACCES") return "permission denied"
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "it is not UTF-8 text"
  return String(code ?? cause)
}
