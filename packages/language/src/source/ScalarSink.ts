/** What can be wrong inside a scalar. */
export type ScalarProblem = "escape" | "lessIndented" | "moreIndentedBefore" | "notIndented" | "tab"

/**
 * Receives the pieces of a scalar in the order of its decoded text. Offsets are those of the scalar's source.
 * One decoder a style feeds two sinks, the value and its positions, so that the two cannot disagree.
 */
export interface ScalarSink {
  /** Characters that stand in the source as they are; may be empty. */
  copy(from: number, to: number): void
  /** One character (or surrogate pair) made from a source range: an escape, a fold, a line break. */
  make(text: string, from: number, to: number): void
  /** A mistake; decoding goes on. */
  refuse(problem: ScalarProblem, from: number, to: number): void
}

/** Writes one scalar's source into a sink, in linear time. */
export type ScalarDecoder = (source: string, sink: ScalarSink) => void
