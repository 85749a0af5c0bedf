import { iterationOf, valueOf } from "../../types/Access.ts"
import * as Type from "../../types/Type.ts"
import { union } from "../../types/Union.ts"
import type { Evaluation } from "../Evaluation.ts"
import { type FunctionDefinition, overload } from "../FunctionDefinition.ts"
import { emptyObject, type Value } from "../Value.ts"
import { fn } from "./Define.ts"
import { type ObjectValue, objectParam } from "./Params.ts"

/** Objects as maps. Only own keys count; `__proto__` and `constructor` are keys like others. */
export const mapFunctions: ReadonlyArray<FunctionDefinition> = [
  fn("maps", "maps.keys", {
    doc: "The keys of an object as a list, in their order.",
    overloads: [overload([objectParam("object")], listOfKeys, keys)],
    examples: [['maps.keys({"b": 1, "a": 2})', '["b", "a"]']]
  }),
  fn("maps", "maps.values", {
    doc: "The values of an object as a list, in the order of its keys.",
    overloads: [overload([objectParam("object")], listOfValues, values)],
    examples: [['maps.values({"b": 1, "a": 2})', "[1, 2]"]]
  }),
  fn("maps", "maps.merge", {
    doc: "An object with the keys of both; where both have a key, the value is that of the second.",
    overloads: [overload([objectParam("object"), objectParam("other")], mergedType, merge)],
    examples: [['maps.merge({"a": 1, "b": 2}, {"b": 3})', '{"a": 1, "b": 3}']]
  })
]

function listOfKeys([object = Type.dyn]: ReadonlyArray<Type.Type>): Type.Type {
  const { type } = iterationOf(object)
  return Type.list(type.kind === "dyn" ? Type.string : type)
}

function listOfValues([object = Type.dyn]: ReadonlyArray<Type.Type>): Type.Type {
  return Type.list(valueOf(object).type)
}

/** Two records give a record; with a union or `dyn` only the values' type is known. */
function mergedType([object = Type.dyn, other = Type.dyn]: ReadonlyArray<Type.Type>): Type.Type {
  const left = shapeOf(Type.resolve(object))
  const right = shapeOf(Type.resolve(other))
  if (left === undefined || right === undefined) {
    return Type.map(union([valueOf(object).type, valueOf(other).type]))
  }
  const rest = union([left.rest, right.rest])
  if (left.properties.size === 0 && right.properties.size === 0) return Type.map(rest)
  const properties = new Map<string, Type.Property>()
  for (const key of new Set([...left.properties.keys(), ...right.properties.keys()])) {
    properties.set(key, mergedProperty(left, right, key))
  }
  return { kind: "record", properties, ...(rest.kind === "never" ? {} : { rest }) }
}

interface Shape {
  readonly properties: ReadonlyMap<string, Type.Property>
  /** The type of further keys, `never` when there are none. */
  readonly rest: Type.Type
}

function shapeOf(type: Type.Type): Shape | undefined {
  if (type.kind === "map") return { properties: new Map(), rest: type.value }
  return type.kind === "record" ? { properties: type.properties, rest: type.rest ?? Type.never } : undefined
}

/** The second object's property where it is sure to be there, else either's. */
function mergedProperty(left: Shape, right: Shape, key: string): Type.Property {
  const own = left.properties.get(key)
  const over = right.properties.get(key)
  if (over?.required === true) return over
  return {
    type: union([own?.type ?? left.rest, over?.type ?? right.rest]),
    required: own?.required ?? false
  }
}

function keys(object: ObjectValue, evaluation: Evaluation): ReadonlyArray<string> {
  const out = Object.keys(object)
  evaluation.spend(out.length)
  return out
}

function values(object: ObjectValue, evaluation: Evaluation): ReadonlyArray<Value> {
  const out = Object.values(object)
  evaluation.spend(out.length)
  return out
}

function merge(object: ObjectValue, other: ObjectValue, evaluation: Evaluation): ObjectValue {
  const out = emptyObject()
  for (const source of [object, other]) {
    const entries = Object.entries(source)
    evaluation.spend(entries.length)
    for (const [key, value] of entries) out[key] = value
  }
  return out
}
