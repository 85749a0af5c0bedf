import { Type, union } from "@sallyport/language"
import type { Place } from "./TemplateCompiler.ts"

/** What can be written as text into a header, a query or a path. */
const scalar = union([Type.string, Type.double, Type.bool])

/** A header: null or a missing value leaves it out. */
export const headerPlace: Place = {
  name: "a header",
  accepts: union([scalar, Type.nullType]),
  absence: "declared"
}

/** A query or form parameter: null or a missing value leaves it out, a list is a comma list. */
export const parameterPlace: Place = {
  name: "a parameter",
  accepts: union([scalar, Type.list(scalar), Type.nullType]),
  absence: "declared"
}

/** Any JSON: what is missing is left out. */
export const jsonPlace: Place = { name: "this", accepts: Type.dyn, absence: "declared" }

/** A text of its own. */
export const textPlace = (name: string): Place => ({ name, accepts: scalar })

/** A text that may be missing or null. */
export const errorPlace: Place = {
  name: "an error's field",
  accepts: union([scalar, Type.nullType]),
  absence: "any"
}

/** What an input in a path may be: a list is a comma list. */
export const pathType = union([scalar, Type.list(scalar)])

/** A response as expressions see it. Names of headers are in small letters. */
export const responseType = (body: Type.Type): Type.RecordType =>
  Type.record({ status: Type.int, headers: Type.map(Type.string), body })

/** What a poll's input sees as `state`: whether all that was there at first has been read once. */
export const pollState: Type.RecordType = Type.record({ initial_sync_done: Type.bool })
