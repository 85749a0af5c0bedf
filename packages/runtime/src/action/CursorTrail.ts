import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"

/**
 * The way of the cursors of one pass, in constant space: Brent's cycle detection. A cycle of any length is found after at
 * most three times as many pages as there are in it and before it. Only a hash of one cursor is kept.
 */
export interface CursorTrail {
  /** The hash of a cursor that was seen. */
  readonly mark: string
  /** How many steps the mark is kept. */
  readonly power: number
  /** How many steps it has been kept. */
  readonly steps: number
}

/** The trail behind a further cursor, or undefined when that cursor closes a cycle. */
export const follow = (trail: CursorTrail | undefined, cursor: string | number): CursorTrail | undefined => {
  const hash = hashOf(cursor)
  if (trail === undefined) return { mark: hash, power: 1, steps: 0 }
  if (trail.mark === hash) return undefined
  if (trail.steps + 1 === trail.power) return { mark: hash, power: trail.power * 2, steps: 0 }
  return { ...trail, steps: trail.steps + 1 }
}

const hashOf = (cursor: string | number): string =>
  bytesToHex(sha256(utf8ToBytes(`${typeof cursor}:${cursor}`))).slice(0, 32)
