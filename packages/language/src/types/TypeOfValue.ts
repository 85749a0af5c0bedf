import type { Json } from "../source/YamlNode.ts"
import { boolOf, double, dyn, intOf, list, nullType, type Property, stringOf, type Type } from "./Type.ts"
import { union } from "./Union.ts"

/**
 * The most precise type of a JSON value: `"a"` for the text a, `1` for the whole number 1, `double` for other numbers,
 * a closed record for an object, a list of the union of its elements; an empty list is `list<never>`. What lies more
 * than 100 levels deep is `dyn`. What several places share is looked at once, so aliases of YAML cost nothing.
 */
export const typeOf = (value: Json): Type => describe(value, new Map(), 0)

const maximumDepth = 100

const describe = (value: Json, known: Map<object, Type>, depth: number): Type => {
  if (value === null) return nullType
  switch (typeof value) {
    case "boolean":
      return boolOf(value)
    case "number":
      // -0 is 0: JSON's `-0` is a whole number and equals 0.
      return Number.isSafeInteger(value) ? intOf(value === 0 ? 0 : value) : double
    case "string":
      return stringOf(value)
    default: {
      if (depth >= maximumDepth) return dyn
      const before = known.get(value)
      if (before !== undefined) return before
      const type = isList(value) ? listOf(value, known, depth) : recordOf(value, known, depth)
      known.set(value, type)
      return type
    }
  }
}

/** `Array.isArray` alone does not narrow a readonly array. */
const isList = (value: Json): value is ReadonlyArray<Json> => Array.isArray(value)

const listOf = (value: ReadonlyArray<Json>, known: Map<object, Type>, depth: number): Type =>
  list(union(value.map((element) => describe(element, known, depth + 1))))

const recordOf = (
  value: { readonly [key: string]: Json },
  known: Map<object, Type>,
  depth: number
): Type => ({
  kind: "record",
  properties: new Map(
    Object.entries(value).map(([key, part]): [string, Property] => [
      key,
      { type: describe(part, known, depth + 1), required: true }
    ])
  )
})
