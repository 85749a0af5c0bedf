import { type Json, isJsonList } from "@sallyport/language"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { ActionPage } from "../connector/ConnectorService.ts"
import type { ConnectorError } from "../ConnectorError.ts"
import type { HttpReply } from "../http/HttpReply.ts"
import type { RequestTarget } from "../http/RequestTarget.ts"
import type { CheckedPagination } from "../manifest/CheckedManifest.ts"
import type { ActionCaller, DeclaredCall } from "./ActionCaller.ts"
import type { CursorTrail } from "./CursorTrail.ts"
import { type PageEnd, pageEnd } from "./PageEnd.ts"
import { evaluate } from "./RequestBuilder.ts"
import { readResponse } from "./ResponseReader.ts"

/** All pages from the one that the call asks for, one request each, until paging ends; see `pageEnd`. */
export const actionPages = (
  caller: ActionCaller,
  call: DeclaredCall,
  paginate: CheckedPagination
): Stream.Stream<ActionPage, ConnectorError> => {
  const first: Step = { call, asked: askedBy(call, paginate), trail: undefined }
  return Stream.paginate(first, (step: Step) =>
    Effect.map(
      caller.call(step.call, (reply) => readPage(caller, step, paginate, reply)),
      ({ next, page }) => [[page], Option.fromUndefinedOr(next)] as const
    )
  )
}

interface Step {
  readonly call: DeclaredCall
  /** The cursor or link that asks for the page. */
  readonly asked: string | number | undefined
  readonly trail: CursorTrail | undefined
}

const readPage = (
  caller: ActionCaller,
  step: Step,
  paginate: CheckedPagination,
  reply: HttpReply
): Result.Result<{ readonly page: ActionPage; readonly next: Step | undefined }, string> =>
  Result.gen(function* () {
    const { call, trail } = step
    const variables = caller.variables(call.input)
    const { output, response } = yield* Result.mapError(
      readResponse(call.contract, reply, variables),
      ({ problem }) => problem
    )
    const known = { ...variables, output, response }
    const found = yield* evaluate(paginate.items, known)
    const items: ReadonlyArray<Json> = isJsonList(found) ? found : []
    const end = yield* pageEnd(paginate, { variables: known, size: items.length, asked: step.asked, trail })
    const next = yield* nextStep(caller, step, paginate, end)
    return { page: { output, items, ...(end.warning !== undefined && { warning: end.warning }) }, next }
  })

const nextStep = (
  caller: ActionCaller,
  { call }: Step,
  { cursor }: CheckedPagination,
  { more, next, trail }: PageEnd
): Result.Result<Step | undefined, string> => {
  if (!more || next === undefined) return Result.succeed(undefined)
  if (next.kind === "cursor" && cursor !== undefined) {
    const input = { ...call.input, [cursor.into]: next.cursor }
    return Result.succeed({ call: { ...call, input }, asked: next.cursor, trail })
  }
  if (next.kind === "cursor") return Result.succeed(undefined)
  const target: Result.Result<RequestTarget, string> = caller.follow(next.link)
  return Result.mapBoth(target, {
    onSuccess: (target) => ({ call: { ...call, target }, asked: next.link, trail }),
    onFailure: (problem) => `with a page whose next one cannot be read: ${problem}`
  })
}

const askedBy = ({ input }: DeclaredCall, { cursor }: CheckedPagination): string | number | undefined => {
  const given = cursor === undefined || !Object.hasOwn(input, cursor.into) ? undefined : input[cursor.into]
  return typeof given === "string" || typeof given === "number" ? given : undefined
}
