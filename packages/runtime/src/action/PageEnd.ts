import type { Json, Variables } from "@sallyport/language"
import * as Result from "effect/Result"
import type { CheckedPagination } from "../manifest/CheckedManifest.ts"
import { type CursorTrail, follow } from "./CursorTrail.ts"
import { evaluate } from "./RequestBuilder.ts"

/** What names the page behind this one. */
export type NextPage =
  | { readonly kind: "cursor"; readonly cursor: string | number }
  | { readonly kind: "link"; readonly link: string }

/** Where paging stands behind a page. */
export interface PageEnd {
  /** What the page says is behind it, even when paging ends here: an empty page may have a cursor to keep. */
  readonly next: NextPage | undefined
  /** Whether to ask for it now. */
  readonly more: boolean
  /** The way so far; undefined when paging ends. */
  readonly trail: CursorTrail | undefined
  /** Why it ends, where a person should know. */
  readonly warning?: string
}

/** What is known when a page has come. */
export interface PageMatter {
  /** `config`, `input`, `output` and `response`. */
  readonly variables: Variables
  /** How many items the page has. */
  readonly size: number
  /** The cursor or link that asked for this page. */
  readonly asked: string | number | undefined
  readonly trail: CursorTrail | undefined
}

/**
 * Whether paging goes on: not behind an empty page, where `stop` holds, where there is no next page, nor where the next one
 * was asked for before. Fails with the rest of the sentence "answered STATUS …".
 */
export const pageEnd = (paginate: CheckedPagination, matter: PageMatter): Result.Result<PageEnd, string> => {
  const found = nextPage(paginate, matter.variables)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const next = found.success
  const stop = paginate.stop === undefined ? Result.succeed(false) : evaluate(paginate.stop, matter.variables)
  if (Result.isFailure(stop))
    return Result.fail(`with a page after which it is not known how to go on: ${stop.failure}`)
  const end = (warning?: string): Result.Result<PageEnd, string> =>
    Result.succeed({ next, more: false, trail: undefined, ...(warning !== undefined && { warning }) })
  if (matter.size === 0 || stop.success === true) return end()
  if (next === undefined)
    return end(
      paginate.stop === undefined ? undefined : "the page was full, but nothing says what is behind it"
    )
  const value = next.kind === "cursor" ? next.cursor : next.link
  if (value === matter.asked) return end(`the page was full, but it names itself as the next one`)
  const begun = matter.trail ?? (matter.asked === undefined ? undefined : follow(undefined, matter.asked))
  const trail = follow(begun, value)
  return trail === undefined
    ? end("the pages go round in a circle: one that was read before is named as the next one")
    : Result.succeed({ next, more: true, trail })
}

const nextPage = (
  { cursor, next }: CheckedPagination,
  variables: Variables
): Result.Result<NextPage | undefined, string> => {
  const expression = cursor?.value ?? next
  if (expression === undefined) return Result.succeed(undefined)
  const outcome = evaluate(expression, variables)
  if (Result.isFailure(outcome))
    return Result.fail(`with a page whose next one cannot be told: ${outcome.failure}`)
  const value: Json | undefined = outcome.success
  if (cursor === undefined)
    return Result.succeed(
      typeof value === "string" && value !== "" ? { kind: "link", link: value } : undefined
    )
  const isCursor = (typeof value === "string" && value !== "") || typeof value === "number"
  return Result.succeed(isCursor ? { kind: "cursor", cursor: value } : undefined)
}
