import * as Type from "../../types/Type.ts"
import type { Param } from "../FunctionDefinition.ts"
import { Duration, isList, isObject, Timestamp, type Value } from "../Value.ts"

/*
 * The parameters function tables are written with. `accepts` decides only for arguments typed `dyn`; others were
 * decided by the checker. `Define.ts` has the constructors for whole table entries.
 */

/** An object's own view of itself: what `objectParam` accepts. */
export type ObjectValue = { readonly [key: string]: Value }

/** A string. */
export const text = (name: string): Param<string> => ({
  name,
  type: Type.string,
  accepts: (value) => typeof value === "string"
})

/** A string that is a regular expression; a literal is checked when the expression is. */
export const pattern = (name: string): Param<string> => ({ ...text(name), constant: "regex" })

/** A whole number within ±(2^53 − 1); 2.0 is one too, as in JSON. */
export const integer = (name: string): Param<number> => ({
  name,
  type: Type.int,
  accepts: (value): value is number => Number.isSafeInteger(value)
})

/** Any number, int or double. */
export const number = (name: string): Param<number> => ({
  name,
  type: Type.double,
  accepts: (value) => typeof value === "number"
})

/** A bool. */
export const boolean = (name: string): Param<boolean> => ({
  name,
  type: Type.bool,
  accepts: (value) => typeof value === "boolean"
})

/** A value of any type. */
export const anyValue = (name: string): Param => ({
  name,
  type: Type.dyn,
  accepts: (_value): _value is Value => true
})

/** A list of anything. */
export const anyList = (name: string): Param<ReadonlyArray<Value>> => ({
  name,
  type: Type.list(Type.dyn),
  accepts: isList
})

/** A list whose every element the given parameter accepts; the parameter's own name is not used. */
export const listOf = <A extends Value>(name: string, element: Param<A>): Param<ReadonlyArray<A>> => ({
  name,
  type: Type.list(element.type),
  accepts: (value): value is ReadonlyArray<A> => isList(value) && value.every((item) => element.accepts(item))
})

/** An object with any keys. */
export const objectParam = (name: string): Param<ObjectValue> => ({
  name,
  type: Type.map(Type.dyn),
  accepts: isObject
})

/** A timestamp. */
export const time = (name: string): Param<Timestamp> => ({
  name,
  type: Type.timestamp,
  accepts: (value) => value instanceof Timestamp
})

/** A duration. */
export const span = (name: string): Param<Duration> => ({
  name,
  type: Type.duration,
  accepts: (value) => value instanceof Duration
})
