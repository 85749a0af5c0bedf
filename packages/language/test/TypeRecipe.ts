import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import {
  bool,
  boolOf,
  double,
  dyn,
  int,
  intOf,
  list,
  map,
  never,
  nullType,
  type Property,
  ref,
  resolve,
  string,
  stringExcept,
  stringOf,
  type Type
} from "../src/types/Type.ts"
import { union } from "../src/types/Union.ts"

/** A type as data, so that a failure prints and shrinks. `ref` is an index into the definitions. */
export type Recipe =
  | { readonly kind: "leaf"; readonly index: number }
  | { readonly kind: "ref"; readonly index: number }
  | { readonly kind: "list" | "map"; readonly of: Recipe }
  | { readonly kind: "union"; readonly of: ReadonlyArray<Recipe> }
  | {
      readonly kind: "record"
      readonly properties: ReadonlyArray<RecipeProperty>
      readonly rest: Recipe | null
    }

export interface RecipeProperty {
  readonly name: string
  readonly required: boolean
  readonly of: Recipe
}

export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

/** Few literals and few keys, so that random types are often related. */
const leaves: ReadonlyArray<Type> = [
  nullType,
  bool,
  boolOf(true),
  boolOf(false),
  int,
  intOf(1),
  intOf(1, 2),
  double,
  string,
  stringOf("a"),
  stringOf("b"),
  stringOf("a", "b"),
  stringOf("a", "c"),
  stringExcept("a"),
  stringExcept("a", "b"),
  never,
  dyn
]
const names = ["t", "u", "__proto__"]

const below = (limit: number): Arbitrary.Arbitrary<number> =>
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: limit - 1 })))

const leaf: Arbitrary.Arbitrary<Recipe> = below(leaves.length).pipe(
  Arbitrary.map((index): Recipe => ({ kind: "leaf", index }))
)

/** `refs`: how many definitions there are to refer to; `guarded`: no reference at the top or in a union there. */
export const recipe = (depth: number, refs: number, guarded = false): Arbitrary.Arbitrary<Recipe> => {
  if (depth === 0) return leaf
  return below(10).pipe(
    Arbitrary.flatMap((choice): Arbitrary.Arbitrary<Recipe> => {
      const inner = recipe(depth - 1, refs)
      if (choice < 3) return leaf
      if (choice === 3 && refs > 0 && !guarded)
        return below(refs).pipe(Arbitrary.map((index): Recipe => ({ kind: "ref", index })))
      if (choice === 4) return inner.pipe(Arbitrary.map((of): Recipe => ({ kind: "list", of })))
      if (choice === 5) return inner.pipe(Arbitrary.map((of): Recipe => ({ kind: "map", of })))
      if (choice < 8)
        return Arbitrary.array(recipe(depth - 1, refs, guarded), { minLength: 2, maxLength: 4 }).pipe(
          Arbitrary.map((of): Recipe => ({ kind: "union", of }))
        )
      return record(inner)
    })
  )
}

const record = (inner: Arbitrary.Arbitrary<Recipe>): Arbitrary.Arbitrary<Recipe> =>
  Arbitrary.all({
    of: Arbitrary.array(inner, { minLength: names.length, maxLength: names.length }),
    shape: below(3 ** names.length * 3),
    rest: inner
  }).pipe(
    Arbitrary.map(({ of, shape, rest }): Recipe => {
      const properties = names.flatMap((name, index) => {
        const presence = Math.floor(shape / 3 ** index) % 3
        const type = of[index]
        return presence === 0 || type === undefined ? [] : [{ name, required: presence === 1, of: type }]
      })
      return { kind: "record", properties, rest: shape % 3 === 0 ? rest : null }
    })
  )

/** Definitions for references: each with a constructor before any reference. */
export const definitions: Arbitrary.Arbitrary<ReadonlyArray<Recipe>> = Arbitrary.array(recipe(2, 3, true), {
  minLength: 3,
  maxLength: 3
})

/** Numbers to choose by: 64 of them, reused in turn. */
export const choices: Arbitrary.Arbitrary<ReadonlyArray<number>> = Arbitrary.array(below(5040), {
  minLength: 16,
  maxLength: 64
})

/** Builds types over one set of definitions; the same index is the same definition. */
export class TypeBuilder {
  readonly #definitions: ReadonlyArray<Recipe>
  readonly #built = new Map<number, Type>()

  constructor(definitions: ReadonlyArray<Recipe>) {
    this.#definitions = definitions
  }

  build(recipe: Recipe): Type {
    switch (recipe.kind) {
      case "leaf":
        return leaves[recipe.index] ?? never
      case "ref":
        return ref(`D${recipe.index}`, () => this.#definition(recipe.index))
      case "list":
        return list(this.build(recipe.of))
      case "map":
        return map(this.build(recipe.of))
      case "union":
        return union(recipe.of.map((part) => this.build(part)))
      default: {
        const properties = recipe.properties.map(({ name, required, of }): [string, Property] => [
          name,
          { type: this.build(of), required }
        ])
        const rest = recipe.rest === null ? {} : { rest: this.build(recipe.rest) }
        return { kind: "record", properties: new Map(properties), ...rest }
      }
    }
  }

  #definition(index: number): Type {
    const known = this.#built.get(index)
    if (known !== undefined) return known
    const type = this.build(this.#definitions[index] ?? { kind: "leaf", index: 0 })
    this.#built.set(index, type)
    return type
  }
}

/** Chooses by the given numbers, again from the first when they are used up. */
export class Chooser {
  readonly #numbers: ReadonlyArray<number>
  #at = 0
  constructor(numbers: ReadonlyArray<number>) {
    this.#numbers = numbers
  }
  below(limit: number): number {
    const number = this.#numbers[this.#at++ % this.#numbers.length] ?? 0
    // Rounds differ, or a short list would choose the same for ever.
    return (number + Math.floor(this.#at / this.#numbers.length)) % limit
  }
  pick<A>(of: ReadonlyArray<A>): A | undefined {
    return of[this.below(of.length)]
  }
}

/** A recipe for a type with at least the same values: one or more places are widened. */
export const widen = (recipe: Recipe, chooser: Chooser): Recipe => {
  const choice = chooser.below(6)
  if (choice === 0)
    return { kind: "union", of: [recipe, { kind: "leaf", index: chooser.below(leaves.length) }] }
  switch (recipe.kind) {
    case "leaf":
      return choice === 1
        ? { kind: "union", of: [{ kind: "leaf", index: chooser.below(leaves.length) }, recipe] }
        : recipe
    case "ref":
      return recipe
    case "list":
    case "map":
      return { kind: recipe.kind, of: widen(recipe.of, chooser) }
    case "union":
      return { kind: "union", of: recipe.of.map((part) => widen(part, chooser)).toReversed() }
    default: {
      const properties = recipe.properties.map((property) => ({
        ...property,
        required: property.required && chooser.below(3) > 0,
        of: widen(property.of, chooser)
      }))
      return { kind: "record", properties, rest: recipe.rest === null ? null : widen(recipe.rest, chooser) }
    }
  }
}

/**
 * The reference: is `value` one of `type`? Written from the doc comments of `Type.ts` alone, by recursion on the value.
 */
export const isValueOf = (value: Json, type: Type): boolean => {
  const target = resolve(type)
  switch (target.kind) {
    case "dyn":
      return true
    case "null":
      return value === null
    case "bool":
      return typeof value === "boolean" && (target.value === undefined || target.value === value)
    case "int":
      return (
        typeof value === "number" && Number.isSafeInteger(value) && (target.values?.includes(value) ?? true)
      )
    case "double":
      return typeof value === "number"
    case "string":
      if (typeof value !== "string") return false
      return target.values === undefined
        ? !(target.except ?? []).includes(value)
        : target.values.includes(value)
    case "list":
      return Array.isArray(value) && value.every((element: Json) => isValueOf(element, target.element))
    case "union":
      return target.members.some((member) => isValueOf(value, member))
    case "map":
    case "record":
      return isObject(value) && isObjectOf(value, target)
    default:
      return false
  }
}

type JsonObject = { readonly [key: string]: Json }
type ObjectType = Type & { readonly kind: "map" | "record" }

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isObjectOf = (value: JsonObject, type: ObjectType): boolean => {
  if (type.kind === "map") return Object.keys(value).every((key) => isValueOf(value[key] ?? null, type.value))
  for (const [key, property] of type.properties)
    if (property.required && !Object.hasOwn(value, key)) return false
  return Object.keys(value).every((key) => {
    const wanted = type.properties.get(key)?.type ?? type.rest
    return wanted !== undefined && isValueOf(value[key] ?? null, wanted)
  })
}

/** A value of the type, or undefined where none was found (there may be none). */
export const valueOfType = (type: Type, chooser: Chooser, depth = 6): Json | undefined => {
  const target = resolve(type)
  if (depth < 0) return undefined
  switch (target.kind) {
    case "dyn":
      return chooser.pick<Json>([null, true, 1, 1.5, "a", "z", [1], { t: "a" }, object([["__proto__", 1]])])
    case "null":
      return null
    case "bool":
      return target.value ?? chooser.below(2) === 0
    case "int":
      return target.values === undefined ? chooser.below(5) : chooser.pick(target.values)
    case "double":
      return chooser.below(10) / 4
    case "string":
      if (target.values !== undefined) return chooser.pick(target.values)
      return chooser.pick(["a", "b", "c", "d", ""].filter((text) => target.except?.includes(text) !== true))
    case "list":
      return several(chooser, () => valueOfType(target.element, chooser, depth - 1))
    case "union":
      return valueOfUnion(target.members, chooser, depth)
    case "map": {
      const values = several(chooser, () => valueOfType(target.value, chooser, depth - 1))
      return object(values.map((value, index) => [["t", "x", "__proto__"][index] ?? "u", value]))
    }
    case "record":
      return valueOfRecord(target, chooser, depth)
    default:
      return undefined
  }
}

const several = (chooser: Chooser, one: () => Json | undefined): ReadonlyArray<Json> =>
  Array.from({ length: chooser.below(4) }, one).filter((value) => value !== undefined)

const valueOfUnion = (members: ReadonlyArray<Type>, chooser: Chooser, depth: number): Json | undefined => {
  const first = chooser.below(members.length)
  for (let at = 0; at < members.length; at++) {
    const member = members[(first + at) % members.length]
    const value = member === undefined ? undefined : valueOfType(member, chooser, depth - 1)
    if (value !== undefined) return value
  }
  return undefined
}

const valueOfRecord = (type: ObjectType, chooser: Chooser, depth: number): Json | undefined => {
  const entries: Array<readonly [string, Json]> = []
  if (type.kind === "map") return undefined
  for (const [key, property] of type.properties) {
    if (!property.required && chooser.below(2) === 0) continue
    const value = valueOfType(property.type, chooser, depth - 1)
    if (value !== undefined) entries.push([key, value])
    else if (property.required) return undefined
  }
  if (type.rest !== undefined && chooser.below(2) === 0) {
    const value = valueOfType(type.rest, chooser, depth - 1)
    if (value !== undefined) entries.push(["further", value])
  }
  return object(entries)
}

/** Own keys only, `__proto__` too. */
const object = (entries: ReadonlyArray<readonly [string, Json]>): JsonObject => Object.fromEntries(entries)
