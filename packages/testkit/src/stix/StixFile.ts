import { type Json, isJsonList } from "@sallyport/language"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { readFile } from "node:fs/promises"
import { jsonPlaces, lineAndColumn } from "../json/JsonPlaces.ts"
import { fieldOf, parseJson } from "../json/JsonText.ts"
import { isStixObject, type StixObject } from "./StixObject.ts"

/** A file that is no file of STIX objects. */
export class StixFileError extends Schema.TaggedError<StixFileError>()("StixFileError", {
  /** `FILE:LINE:COLUMN: what is wrong`; without a place when the file cannot be read. */
  message: Schema.String
}) {}

/** The objects of a file; see `stixObjectsOf`. The whole file is held in memory. */
export const loadStixFile = Effect.fn("loadStixFile")(function* (path: string) {
  const text = yield* Effect.tryPromise({
    try: () => readFile(path, "utf8"),
    catch: (error) => new StixFileError({ message: `${path}: it cannot be read: ${reasonOf(error)}` })
  })
  return yield* Effect.fromResult(stixObjectsOf(path, text))
})

/**
 * The objects of a bundle, of a list, one alone, or of lines of JSON: when the file's name ends in `.jsonl` or `.ndjson`, and
 * when the first line is an object and the whole is no JSON. Each must have a type and an id; nothing else of it is checked.
 */
export const stixObjectsOf = (
  path: string,
  text: string
): Result.Result<ReadonlyArray<StixObject>, StixFileError> => {
  const found = objectsOf(path, text)
  return found instanceof StixFileError ? Result.fail(found) : Result.succeed(found)
}

const objectsOf = (path: string, text: string): ReadonlyArray<StixObject> | StixFileError => {
  if (/\.(?:jsonl|ndjson)$/i.test(path)) return objectsOfLines(path, text)
  const document = parseJson(text)
  if (document !== undefined) return objectsOfDocument(path, text, document)
  const [first = ""] = text.trimStart().split("\n", 1)
  return isStixObject(parseJson(first))
    ? objectsOfLines(path, text)
    : problem(path, lineAndColumn(text, jsonPlaces(text).problem ?? 0), notJson)
}

function objectsOfLines(path: string, text: string): ReadonlyArray<StixObject> | StixFileError {
  const objects: Array<StixObject> = []
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue
    const object = parseJson(line)
    if (isStixObject(object)) objects.push(object)
    else {
      const column = object === undefined ? (jsonPlaces(line).problem ?? 0) : line.search(/\S/)
      return problem(path, `${index + 1}:${column + 1}`, object === undefined ? notJson : notStix)
    }
  }
  return objects
}

function objectsOfDocument(
  path: string,
  text: string,
  document: Json
): ReadonlyArray<StixObject> | StixFileError {
  if (isStixObject(document) && document.type !== "bundle") return [document]
  const list: Json | undefined = isJsonList(document) ? document : fieldOf(document, "objects")
  if (!isJsonList(list)) return problem(path, "1:1", "it is neither a bundle with objects nor a list")
  const objects = list.filter(isStixObject)
  if (objects.length === list.length) return objects
  const wrong = list.findIndex((item) => !isStixObject(item))
  return problem(path, lineAndColumn(text, jsonPlaces(text).items[wrong] ?? 0), notStix)
}

const notJson = "this is not JSON"

const notStix = "this is no object of STIX: it needs a type and an id"

const problem = (path: string, place: string, message: string): StixFileError =>
  new StixFileError({ message: `${path}:${place}: ${message}` })

/** The code of a system error, such as `ENOENT`. */
const reasonOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown reason"
