import type { SourceFile } from "./SourceFile.ts"

/** A range of a file: UTF-16 offsets, `start` inclusive, `end` exclusive; `start === end` is a point. */
export interface Span {
  readonly file: SourceFile
  readonly start: number
  readonly end: number
}

/** `path:line:column` of where the span begins, as terminals and editors link it. */
export const showSpan = (span: Span): string => {
  const { line, column } = span.file.position(span.start)
  return `${span.file.path}:${line}:${column}`
}
