import * as Result from "effect/Result"
import { type UrlValue, urlText } from "./PathTemplate.ts"
import { encodeComponent } from "./PercentEncoding.ts"

/** A value of a query: one value, a list, or nothing. */
export type QueryValue = UrlValue | ReadonlyArray<UrlValue> | null | undefined

/**
 * A query without its `?`, in the order of the keys, each key once, names and values percent-encoded (RFC 3986; a space
 * is `%20`, a comma `%2C`). `null`, `undefined` and an empty list leave the parameter out; a list becomes one value with
 * commas. Refused, with a sentence that names the key: a number that is not finite, a lone surrogate, and a list with an
 * item that is empty or holds a comma itself, because it would be read as other items.
 */
export function queryString(query: Readonly<Record<string, QueryValue>>): Result.Result<string, string> {
  const pairs: Array<string> = []
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || (isList(value) && value.length === 0)) continue
    if (name === "" || !name.isWellFormed()) {
      return Result.fail("a query parameter has a name that cannot be encoded")
    }
    const text = isList(value) ? listText(name, value) : urlText(name, value)
    if (Result.isFailure(text)) return text
    pairs.push(`${encodeComponent(name)}=${encodeComponent(text.success)}`)
  }
  return Result.succeed(pairs.join("&"))
}

function listText(name: string, items: ReadonlyArray<UrlValue>): Result.Result<string, string> {
  const texts: Array<string> = []
  for (const item of items) {
    const text = urlText(name, item)
    if (Result.isFailure(text)) return text
    if (text.success === "") return Result.fail(`"${name}" is a list with an empty item`)
    if (text.success.includes(",")) {
      return Result.fail(`"${name}" is a comma list with an item that holds a comma`)
    }
    texts.push(text.success)
  }
  return Result.succeed(texts.join(","))
}

/** `Array.isArray` does not narrow a read-only list out of a union. */
function isList(value: UrlValue | ReadonlyArray<UrlValue>): value is ReadonlyArray<UrlValue> {
  return Array.isArray(value)
}
