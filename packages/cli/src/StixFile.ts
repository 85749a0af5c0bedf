import { stixObjectsOf } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { Failure } from "./Failure.ts"
import { readTextFile } from "./TextFile.ts"

/** STIX objects of a file: a bundle, a list of objects, or one object a line. At most 512 MiB. */
export const readStixFile = Effect.fn("readStixFile")(function* (path: string) {
  const text = yield* readTextFile(path, "Input", 512 * 1024 * 1024)
  const objects = stixObjectsOf(path, text)
  return Result.isSuccess(objects) ? objects.success : yield* Failure.wrong("Input", objects.failure.message)
})
