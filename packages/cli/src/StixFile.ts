import type { StixObject } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { Failure } from "./Failure.ts"
import { readTextFile } from "./TextFile.ts"

/** STIX objects of a file: a bundle, a list of objects, or one object a line. At most 512 MiB. */
export const readStixFile = Effect.fn("readStixFile")(function* (path: string) {
  const text = yield* readTextFile(path, "Input", 512 * 1024 * 1024)
  const whole = parse(text)
  const wrong = (why: string): Failure => Failure.wrong("Input", `${path}: ${why}`)
  if (Result.isSuccess(whole)) {
    const value = whole.success
    const objects = isObject(value) && value["type"] === "bundle" ? value["objects"] : value
    const list: ReadonlyArray<unknown> = Array.isArray(objects) ? objects : [objects]
    const found = list.filter(isStixObject)
    if (found.length === list.length) return found
    return yield* wrong("holds something that is no STIX object: one without `type` or `id`")
  }
  const objects: Array<StixObject> = []
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue
    const value = Result.getOrUndefined(parse(line))
    if (!isStixObject(value)) return yield* wrong(`line ${index + 1} is no STIX object as JSON`)
    objects.push(value)
  }
  return objects
})

const parse = (text: string): Result.Result<unknown, unknown> => Result.try((): unknown => JSON.parse(text))

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** What comes from `JSON.parse` is JSON all through, so type and id are all that is left to see. */
const isStixObject = (value: unknown): value is StixObject =>
  isObject(value) && typeof value["type"] === "string" && typeof value["id"] === "string"
