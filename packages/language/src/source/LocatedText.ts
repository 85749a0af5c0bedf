import type { Span } from "./Span.ts"

/**
 * Text that knows where it came from. `span` maps offsets in `text` to the file; for a YAML scalar, `text` is the
 * decoded value and the span is exact through quotes, escapes, folds and indentation.
 */
export interface LocatedText {
  readonly text: string
  span(start: number, end: number): Span
}
