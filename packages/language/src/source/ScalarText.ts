import type { LocatedText } from "./LocatedText.ts"
import type { ScalarDecoder, ScalarSink } from "./ScalarSink.ts"
import type { SourceFile } from "./SourceFile.ts"
import type { Span } from "./Span.ts"

/** Where a scalar's source lies in its file, and how to read it again. */
export interface ScalarOrigin {
  readonly file: SourceFile
  /** Offset in the file of the first character of `source`. */
  readonly offset: number
  readonly source: string
  readonly decode: ScalarDecoder
  /** Offset in `source` at which an empty text stands: after the opening quote, for example. */
  readonly contentStart: number
}

/**
 * The decoded text of a scalar. `span` is exact through escapes, folds and indentation; the positions are worked
 * out on its first call, by decoding once more. A character that is made from several (an escape, a `\r\n`) maps
 * to all of them; a break added where the file ends without one maps to the point at the end. A point maps to
 * the start of the character at that offset, after the last one to that one's end.
 */
export class ScalarText implements LocatedText {
  readonly text: string
  readonly #origin: ScalarOrigin
  #pieces: Pieces | undefined

  constructor(text: string, origin: ScalarOrigin) {
    this.text = text
    this.#origin = origin
  }

  /** Maps offsets of the decoded text to the file, see `LocatedText`. */
  span(start: number, end: number): Span {
    const from = clamp(start, this.text.length)
    const to = Math.max(from, clamp(end, this.text.length))
    this.#pieces ??= findPieces(this.#origin)
    const { file, offset } = this.#origin
    if (from === to) {
      const point = offset + this.#point(from, this.#pieces)
      return file.span(point, point)
    }
    return file.span(offset + this.#pieces.startOf(from), offset + this.#pieces.endOf(to - 1))
  }

  #point(at: number, pieces: Pieces): number {
    if (this.text.length === 0) return this.#origin.contentStart
    return at < this.text.length ? pieces.startOf(at) : pieces.endOf(at - 1)
  }
}

/**
 * Text that stands in the file exactly as it is: no positions need to be kept. Most scalars are this.
 */
export class VerbatimText implements LocatedText {
  readonly text: string
  readonly #file: SourceFile
  readonly #offset: number

  constructor(text: string, file: SourceFile, offset: number) {
    this.text = text
    this.#file = file
    this.#offset = offset
  }

  /** Maps offsets of the decoded text to the file, see `LocatedText`. */
  span(start: number, end: number): Span {
    const from = clamp(start, this.text.length)
    const to = Math.max(from, clamp(end, this.text.length))
    return this.#file.span(this.#offset + from, this.#offset + to)
  }
}

/** A scalar's value, and where in its source the last character ends that stands there as it is (0: none does). */
export interface DecodedText {
  readonly text: string
  readonly copiedTo: number
}

/** Decodes a scalar; mistakes go to `refuse`. */
export const decodeText = (
  source: string,
  decode: ScalarDecoder,
  refuse: ScalarSink["refuse"]
): DecodedText => {
  let text = ""
  let copiedTo = 0
  decode(source, {
    copy: (from, to) => {
      if (from >= to) return
      text += source.slice(from, to)
      copiedTo = to
    },
    make: (made) => {
      text += made
    },
    refuse
  })
  return { text, copiedTo }
}

const clamp = (offset: number, length: number): number => Math.min(Math.max(offset, 0), length)

/** The runs of a scalar: the decoded offset where each begins and its range in the source. */
class Pieces implements ScalarSink {
  readonly #decoded: Array<number> = []
  readonly #from: Array<number> = []
  readonly #to: Array<number> = []
  #length = 0

  copy(from: number, to: number): void {
    if (from < to) this.#push(to - from, from, to)
  }

  make(text: string, from: number, to: number): void {
    this.#push(text.length, from, to)
  }

  refuse(): void {
    // Reported when the value was decoded.
  }

  startOf(offset: number): number {
    const piece = this.#pieceAt(offset)
    return (this.#from[piece] ?? 0) + (this.#isVerbatim(piece) ? offset - (this.#decoded[piece] ?? 0) : 0)
  }

  endOf(offset: number): number {
    const piece = this.#pieceAt(offset)
    return this.#isVerbatim(piece) ? this.startOf(offset) + 1 : (this.#to[piece] ?? 0)
  }

  #push(length: number, from: number, to: number): void {
    this.#decoded.push(this.#length)
    this.#from.push(from)
    this.#to.push(to)
    this.#length += length
  }

  // A made character is longer in the source (or, for an added break, shorter): equal lengths mean a copy, or a
  // single character made from a single one, which is the same thing.
  #isVerbatim(piece: number): boolean {
    const decodedEnd = this.#decoded[piece + 1] ?? this.#length
    return decodedEnd - (this.#decoded[piece] ?? 0) === (this.#to[piece] ?? 0) - (this.#from[piece] ?? 0)
  }

  #pieceAt(offset: number): number {
    let low = 0
    let high = this.#decoded.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#decoded[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
}

const findPieces = (origin: ScalarOrigin): Pieces => {
  const pieces = new Pieces()
  origin.decode(origin.source, pieces)
  return pieces
}
