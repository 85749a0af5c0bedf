import type { Json, Variables } from "@sallyport/language"
import * as Result from "effect/Result"
import type { HttpReply } from "../http/HttpReply.ts"
import { statusKeyFor } from "../manifest/StatusKey.ts"
import type { ValueCodec } from "../schema/ValueCodec.ts"
import { showPath, type ValueProblem } from "../schema/ValueProblem.ts"
import type { ActionContract } from "./ActionContract.ts"
import { csvRows } from "./CsvRows.ts"
import { evaluate } from "./RequestBuilder.ts"

/** A response as expressions see it. */
export type ResponseVariable = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Json
}

/** What was made of a reply. */
export interface ReadResponse {
  readonly output: Json
  readonly response: ResponseVariable
}

/** A reply whose output does not fit its schema, with what is needed to save the parts of it that do. */
export interface UnfitOutput {
  /** Continues the sentence "answered STATUS …". */
  readonly problem: string
  /** The output as it is made of the response, if it is only this that does not fit. */
  readonly unfit?: ReadResponse
}

/**
 * Makes the output of a reply by the rules of the action: the body is decoded and checked, then the output made of it and
 * checked, with defaults filled in.
 */
export const readResponse = (
  contract: ActionContract,
  reply: HttpReply,
  variables: Variables
): Result.Result<ReadResponse, UnfitOutput> => {
  const key = statusKeyFor(reply.status, contract.action.responses.keys()) ?? "2xx"
  const rule = contract.action.responses.get(key)
  const body = bodyValue(reply, rule?.as === "csv")
  if (Result.isFailure(body)) return Result.fail({ problem: body.failure })
  const checked = check(contract.bodies.get(key), body.success, "with a body that does not fit its schema")
  if (Result.isFailure(checked)) return Result.fail({ problem: checked.failure })
  const response = { status: reply.status, headers: reply.headers, body: checked.success }
  const made = outputOf(contract, key, response, variables)
  if (Result.isFailure(made)) return Result.fail({ problem: made.failure })
  const output = check(contract.output, made.success, "with something that does not fit the output")
  return Result.isSuccess(output)
    ? Result.succeed({ output: output.success, response })
    : Result.fail({ problem: output.failure, unfit: { output: made.success, response } })
}

/** The first of the problems of a value as a text, and how many more there are. */
export const showProblems = (problems: ReadonlyArray<ValueProblem>, root = ""): string => {
  const [first, ...others] = problems
  if (first === undefined) return "it does not fit"
  const place = showPath(first.path)
  const at =
    place === "" ? root : root === "" || place.startsWith("[") ? `${root}${place}` : `${root}.${place}`
  const rest = others.length === 0 ? "" : ` (and ${others.length} more)`
  return `${at === "" ? "" : `${at}: `}${first.message}${rest}`
}

const outputOf = (
  contract: ActionContract,
  key: string,
  response: ResponseVariable,
  variables: Variables
): Result.Result<Json, string> => {
  const template = contract.action.responses.get(key)?.output
  if (template === undefined) return Result.succeed(contract.output === undefined ? null : response.body)
  const value = evaluate(template, { ...variables, response })
  return Result.isSuccess(value)
    ? Result.succeed(value.success ?? null)
    : Result.fail(`with something that the output cannot be made of: ${value.failure}`)
}

const check = (codec: ValueCodec | undefined, value: Json, what: string): Result.Result<Json, string> => {
  if (codec === undefined) return Result.succeed(value)
  return Result.mapError(codec.decode(value), (problems) => `${what}: ${showProblems(problems)}`)
}

const bodyValue = ({ body }: HttpReply, isCsv: boolean): Result.Result<Json, string> => {
  switch (body.as) {
    case "none":
      return Result.succeed(null)
    case "text":
      return isCsv ? csvRows(body.text) : Result.succeed(body.text)
    case "bytes":
      return Result.succeed(Buffer.from(body.bytes).toString("base64"))
    case "json":
      // JSON.parse made it, and it gives nothing but JSON.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return Result.succeed(body.value as Json)
  }
}
