import { isObject, suggest, Type } from "@sallyport/language"
import {
  type CheckedManifest,
  type CheckedProperties,
  type Definitions,
  inputCodec
} from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { Failure } from "./Failure.ts"
import { StandardStreams } from "./StandardStreams.ts"
import { readTextFile } from "./TextFile.ts"

/** What a person gives an action or trigger. */
export interface GivenInput {
  /** JSON, `@FILE` with JSON, or `-` for JSON on standard input. */
  readonly input: Option.Option<string>
  /** `NAME=VALUE`, on top of it. */
  readonly set: ReadonlyArray<string>
}

/** The input as data. Whether it fits is for the action or trigger to say; here it is an object with JSON in it. */
export const readInput = Effect.fn("readInput")(function* (
  given: GivenInput,
  properties: CheckedProperties,
  { source }: CheckedManifest
) {
  const text = yield* textOf(given.input)
  const value = text === undefined ? {} : yield* Effect.fromResult(parseJson(text))
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return yield* wrong("the input must be a JSON object")
  const definitions = isObject(source) ? source : {}
  const singles = given.set.map((single) => readSingle(single, properties, definitions))
  // Entries, not assignments: a name may be `__proto__`.
  return Object.fromEntries([...Object.entries(value), ...(yield* Effect.fromResult(Result.all(singles)))])
})

const textOf = Effect.fnUntraced(function* (input: Option.Option<string>) {
  const given = Option.getOrUndefined(input)
  if (given?.startsWith("@") === true) return yield* readTextFile(given.slice(1), "Input")
  if (given !== "-") return given
  const { read } = yield* StandardStreams
  return yield* read(limitBytes).pipe(Effect.mapError(wrong))
})

const limitBytes = 64 * 1024 * 1024

/** The text is not in the message: it may hold a secret. */
const parseJson = (text: string): Result.Result<unknown, Failure> =>
  Result.try({
    try: (): unknown => JSON.parse(text),
    catch: (error) => wrong(`the input is not JSON${placeOf(error)}`)
  })

const placeOf = (error: unknown): string => {
  const [, line, column] =
    /\(line (\d+) column (\d+)\)/.exec(error instanceof Error ? error.message : "") ?? []
  return line === undefined ? "" : ` at line ${line}, column ${column}`
}

/**
 * One value, typed by the schema: text where the text fits, so that `--set id=007` stays as it is written, else JSON where
 * the JSON value fits. What fits neither way is left to the check of the whole input, as what was most likely meant: a
 * text where the schema knows texts, so that what is wrong with the text is said.
 */
const readSingle = (
  single: string,
  { given, properties }: CheckedProperties,
  definitions: Definitions
): Result.Result<readonly [string, unknown], Failure> => {
  const [, name, text] = /^([^=]+)=(.*)$/s.exec(single) ?? []
  if (name === undefined || text === undefined)
    return Result.fail(wrong("--set takes NAME=VALUE, such as --set limit=10"))
  const property = properties.get(name)
  if (property === undefined) {
    const near = suggest(name, properties.keys())
    const help = near === undefined ? "" : `; did you mean ${JSON.stringify(near)}?`
    return Result.fail(wrong(`there is no input ${JSON.stringify(name.slice(0, 60))}${help}`))
  }
  const { decode } = inputCodec(property.schema, definitions)
  if (Result.isSuccess(decode(text))) return Result.succeed([name, text])
  const parsed = parseJson(text)
  const isJson =
    Result.isSuccess(parsed) &&
    (Result.isSuccess(decode(parsed.success)) || !takesText(given.properties.get(name)?.type ?? Type.dyn))
  return Result.succeed([name, isJson ? parsed.success : text])
}

/** Whether some text may fit. Unions hold no unions, so one look inside is enough. */
const takesText = (type: Type.Type): boolean => {
  const resolved = Type.resolve(type)
  const members = resolved.kind === "union" ? resolved.members : [resolved]
  return members.map(Type.resolve).some(({ kind }) => kind === "string" || kind === "dyn")
}

const wrong = (message: string): Failure => Failure.wrong("Input", message)
