import {
  type Json,
  Optional,
  type Value,
  type Variables,
  isJsonObject,
  isJsonList
} from "@sallyport/language"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { ActionContract } from "../action/ActionContract.ts"
import { readResponse, type ReadResponse, type UnfitOutput } from "../action/ResponseReader.ts"
import type { RejectedItem } from "../connector/ConnectorService.ts"
import type { HttpReply } from "../http/HttpReply.ts"
import type { ValueCodec } from "../schema/ValueCodec.ts"
import type { ValueProblem } from "../schema/ValueProblem.ts"

/** A page of a trigger: read whole before anything of it is used. */
export interface PolledPage {
  /** The items that fit. */
  readonly items: ReadonlyArray<Json>
  /** Their places in the page, where some were set aside; otherwise all are where they came. */
  readonly places: ReadonlyArray<number> | undefined
  readonly rejected: ReadonlyArray<RejectedItem>
  /** How many items came, those that do not fit included. */
  readonly size: number
  /** `output` and `response`, as expressions about the page see them: with all items. */
  readonly variables: Variables
}

/**
 * Reads a page. Items that do not fit are set aside, and the rest of the page must fit. Fails with the rest of the sentence
 * "answered STATUS …" when it is not the items that are wrong.
 */
export const readPolledPage = (
  contract: ActionContract,
  event: ValueCodec,
  reply: HttpReply,
  variables: Variables
): Result.Result<PolledPage, string> => {
  const read = readResponse(contract, reply, variables)
  if (Result.isFailure(read)) return salvage(contract, event, variables, read.failure)
  const items = itemsOf(contract, read.success, variables)
  if (items === undefined) return Result.fail("with something that has no items")
  return Result.succeed({
    items: items.list,
    places: undefined,
    rejected: [],
    size: items.list.length,
    variables: { ...read.success }
  })
}

/** Takes the items out that do not fit, by themselves or as parts of the output, until the output fits. */
const salvage = (
  contract: ActionContract,
  event: ValueCodec,
  variables: Variables,
  { problem, unfit }: UnfitOutput
): Result.Result<PolledPage, string> => {
  const items = unfit === undefined ? undefined : itemsOf(contract, unfit, variables)
  if (unfit === undefined || items?.path === undefined) return Result.fail(problem)
  const { list, path } = items
  const rejected = new Map<number, ReadonlyArray<ValueProblem>>()
  for (const [index, item] of list.entries()) {
    const decoded = event.decode(item)
    if (Result.isFailure(decoded)) rejected.set(index, decoded.failure)
  }
  for (let round = 0; round < mostRounds; round++) {
    const left = [...list.keys()].filter((index) => !rejected.has(index))
    const output = replaced(
      unfit.output,
      path,
      left.map((index) => list[index] ?? null)
    )
    const decoded = contract.output?.decode(output) ?? Result.succeed(output)
    if (Result.isSuccess(decoded))
      return Result.succeed(
        pageOf(contract, variables, { ...unfit, output: decoded.success }, items, left, rejected)
      )
    const found = problemsByItem(decoded.failure, path, left)
    if (found.size === 0) return Result.fail(problem)
    for (const [index, problems] of found) rejected.set(index, problems)
  }
  return Result.fail(problem)
}

/** Each round finds some of the items that fit the event but not the output; no manifest so far has any. */
const mostRounds = 50

const pageOf = (
  contract: ActionContract,
  variables: Variables,
  read: ReadResponse,
  all: Items,
  left: ReadonlyArray<number>,
  rejected: ReadonlyMap<number, ReadonlyArray<ValueProblem>>
): PolledPage => {
  const good = itemsOf(contract, read, variables)?.list ?? []
  return {
    items: good,
    places: left,
    rejected: [...rejected]
      .toSorted(([a], [b]) => a - b)
      .map(([index, problems]) => ({ index, problems, item: Redacted.make<unknown>(all.list[index]) })),
    size: all.list.length,
    variables: {
      response: read.response,
      // A page is as long as it came: a short one would end the pass.
      output: replaced(read.output, all.path ?? [], all.list)
    }
  }
}

interface Items {
  readonly list: ReadonlyArray<Json>
  /** Where in the output they are; undefined when they are made of it in another way. */
  readonly path: ReadonlyArray<string> | undefined
}

const itemsOf = (
  { action }: ActionContract,
  { output, response }: ReadResponse,
  variables: Variables
): Items | undefined => {
  if (action.paginate === undefined) return isJsonList(output) ? { list: output, path: [] } : undefined
  const { program, reads } = action.paginate.items
  const outcome = program.evaluate({ ...variables, output, response })
  if (!outcome.ok) return undefined
  const value = outcome.value instanceof Optional ? outcome.value.value : outcome.value
  const [read, ...others] = reads
  if (read !== undefined && others.length === 0 && read.name === "output") {
    const found = at(output, read.path)
    // The very same list, so the expression is nothing but the way to it.
    if (isJsonList(found) && found === value) return { list: found, path: read.path }
  }
  return isItemList(value) ? { list: value, path: undefined } : undefined
}

const problemsByItem = (
  problems: ReadonlyArray<ValueProblem>,
  path: ReadonlyArray<string>,
  left: ReadonlyArray<number>
): ReadonlyMap<number, ReadonlyArray<ValueProblem>> => {
  const found = new Map<number, Array<ValueProblem>>()
  for (const problem of problems) {
    const place = problem.path[path.length]
    if (!path.every((name, index) => problem.path[index] === name) || typeof place !== "number") continue
    const index = left[place]
    if (index === undefined) continue
    const inner = { path: problem.path.slice(path.length + 1), message: problem.message }
    found.set(index, [...(found.get(index) ?? []), inner])
  }
  return found
}

const at = (value: Json, path: ReadonlyArray<string>): Json | undefined => {
  let found: Json | undefined = value
  for (const name of path) found = isJsonObject(found) && Object.hasOwn(found, name) ? found[name] : undefined
  return found
}

/** The value with another list at the end of the path. */
const replaced = (value: Json, [first, ...rest]: ReadonlyArray<string>, list: ReadonlyArray<Json>): Json => {
  if (first === undefined) return list
  return isJsonObject(value) ? { ...value, [first]: replaced(value[first] ?? null, rest, list) } : value
}

/** The checker has made sure that items are JSON: only what is made of timestamps and the like is not. */
const isItemList = (value: Value | undefined): value is ReadonlyArray<Json> => Array.isArray(value)
