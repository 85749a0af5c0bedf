import { displayCells, type Cell } from "./DisplayText.ts"

/** Columns of a shown line: `from` inclusive, `to` exclusive, from 0. */
export interface Columns {
  readonly from: number
  readonly to: number
}

/** A source line as it is printed: whole, or the part around what matters with `…` where it was cut. */
export interface LineWindow {
  readonly text: string
  /** True when all of the line is shown. */
  readonly whole: boolean
  /**
   * Where a range of the line (UTF-16 offsets in it) is drawn, at least one column wide, clipped to what is shown;
   * undefined when none of it is.
   */
  columns(start: number, end: number): Columns | undefined
}

/**
 * Shows a line in at most `width` columns such that the range from `start` to `end` is visible, or its beginning
 * when it is longer than that. The cost depends on `width` alone, not on the length of the line.
 */
export const lineWindow = (line: string, start: number, end: number, width: number): LineWindow => {
  const near = slice(line, start, width)
  const edges = edgesOf(near.cells)
  const total = edges.at(-1) ?? 0
  if (near.text.length === line.length && total <= width) return view(near, edges, 0, near.cells.length, line)
  const budget = width - 2
  const first = columnAt(near, edges, start)
  const last = Math.max(edges[cellAt(near, start) + 1] ?? first + 1, columnAt(near, edges, end))
  const left = leftEdge(first, last, total, budget, near.from > 0)
  const cells = near.cells
  let from = edges.findIndex((edge) => edge >= left)
  if (from < 0) from = cells.length
  let to = from
  while (to < cells.length && (edges[to + 1] ?? 0) - (edges[from] ?? 0) <= budget) to++
  return view(near, edges, from, to, line)
}

interface Slice {
  readonly from: number
  readonly text: string
  readonly cells: ReadonlyArray<Cell>
}

/** The part of the line that could be shown, as cells: no more than a few times `width` either side of `start`. */
const slice = (line: string, start: number, width: number): Slice => {
  const reach = width * 4
  const from = charStart(line, Math.max(0, start - reach))
  const to = charStart(line, Math.min(line.length, start + reach))
  const text = line.slice(from, to)
  return { from, text, cells: displayCells(text) }
}

/** Never between the two halves of a surrogate pair. */
const charStart = (line: string, at: number): number =>
  at > 0 && isLow(line.charCodeAt(at)) && isHigh(line.charCodeAt(at - 1)) ? at - 1 : at

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

/** The column at which each cell begins, and last the one after all. */
const edgesOf = (cells: ReadonlyArray<Cell>): ReadonlyArray<number> => {
  const edges = [0]
  let at = 0
  for (const cell of cells) edges.push((at += cell.width))
  return edges
}

/** The cell that holds an offset of the line; one past the last for whatever lies behind. */
const cellAt = (near: Slice, offset: number): number => {
  const index = near.cells.findIndex((cell) => offset < near.from + cell.end)
  return index < 0 ? near.cells.length : index
}

const columnAt = (near: Slice, edges: ReadonlyArray<number>, offset: number): number =>
  edges[cellAt(near, offset)] ?? 0

/** The beginning of the line where the range allows it, else the range in the middle of what is shown. */
const leftEdge = (first: number, last: number, total: number, budget: number, cutBefore: boolean): number => {
  if (!cutBefore && last <= budget) return 0
  const around = Math.max(0, budget - (last - first))
  return Math.max(0, Math.min(first - Math.floor(around / 2), total - budget))
}

const view = (
  near: Slice,
  edges: ReadonlyArray<number>,
  from: number,
  to: number,
  line: string
): LineWindow => {
  const cutLeft = near.from > 0 || from > 0
  const cutRight = near.from + near.text.length < line.length || to < near.cells.length
  const shift = (cutLeft ? 1 : 0) - (edges[from] ?? 0)
  const shown = near.cells.slice(from, to)
  return {
    text: (cutLeft ? "…" : "") + shown.map((cell) => cell.text).join("") + (cutRight ? "…" : ""),
    whole: !cutLeft && !cutRight,
    columns: (start, end) => {
      const first = cellAt(near, start)
      if (near.from > start || first < from || first > to || (first === to && cutRight)) return undefined
      const behind = end <= start ? first : Math.min(to, cellAt(near, end - 1) + 1)
      const column = (edges[first] ?? 0) + shift
      return { from: column, to: Math.max(column + 1, (edges[behind] ?? 0) + shift) }
    }
  }
}
