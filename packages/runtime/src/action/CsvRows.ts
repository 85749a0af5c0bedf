import { CsvError, parse } from "csv-parse/sync"
import * as Result from "effect/Result"

/** One row: cells by the names of the first line. */
export type CsvRow = { readonly [column: string]: string }

/**
 * Reads CSV (RFC 4180; line ends of any system, a byte order mark, empty lines between rows are passed over) whose first
 * line names the columns. With a single column an empty line is a row whose cell is empty: there is no other way to write
 * it. Fails with the rest of the sentence "answered STATUS …": it names the line and none of the text.
 */
export const csvRows = (text: string): Result.Result<ReadonlyArray<CsvRow>, string> => {
  const records = recordsOf(text, true)
  if (Result.isFailure(records)) return Result.fail(records.failure)
  const [columns, ...rows] = records.success
  if (columns === undefined) return Result.succeed([])
  if (new Set(columns).size !== columns.length)
    return Result.fail("with CSV whose first line names a column twice")
  if (columns.length !== 1) return Result.succeed(rows.map((cells) => rowOf(columns, cells)))
  return Result.map(recordsOf(text, false), (lines) => {
    const first = lines.findIndex(([cell]) => cell !== "")
    return lines.slice(first + 1).map((cells) => rowOf(columns, cells))
  })
}

const recordsOf = (text: string, skipEmpty: boolean): Result.Result<Array<Array<string>>, string> =>
  Result.try({
    try: () =>
      parse(text, { bom: true, record_delimiter: ["\r\n", "\n", "\r"], skip_empty_lines: skipEmpty }),
    catch: (cause) => `with CSV that cannot be read${placeOf(cause)}`
  })

/** csv-parse has made sure that each row has as many cells as there are columns. */
const rowOf = (columns: ReadonlyArray<string>, cells: ReadonlyArray<string>): CsvRow => {
  // Without a prototype every column is an ordinary own key; `Object.create` is typed `any`.
  // oxlint-disable-next-line typescript/no-unsafe-assignment
  const row: { [column: string]: string } = Object.create(null)
  for (const [index, column] of columns.entries()) row[column] = cells[index] ?? ""
  return row
}

const placeOf = (cause: unknown): string => {
  if (!(cause instanceof CsvError)) return ""
  const line: unknown = cause["lines"]
  const what = cause.code === "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH" ? "another number of cells" : "a quote"
  return typeof line === "number" ? `: line ${line} has ${what} that does not fit` : ""
}
