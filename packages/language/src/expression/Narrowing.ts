import {
  absentAt,
  dropLiteral,
  dropLiterals,
  keepKind,
  keepLiteral,
  keepLiterals,
  type Literal,
  presentAt,
  refineAt,
  type ValueKind,
  withoutNull,
  dropKind
} from "../types/Refinement.ts"
import { never, type Type } from "../types/Type.ts"
import { membersOf, union } from "../types/Union.ts"
import type { Expression, Index, Select } from "./Ast.ts"
import { Fact, type Facts, none, type Scope } from "./Scope.ts"

/** An expression that `has` may ask about. */
type Selection = Select | Index

/** What is known when a condition is true and when it is false. */
export interface Narrowing {
  readonly whenTrue: Facts
  readonly whenFalse: Facts
}

/** A place that can be narrowed: a variable, or a field reached from one by names alone. */
export interface Place {
  readonly name: string
  readonly path: ReadonlyArray<string>
}

/**
 * The place that an expression reads, if it reads one. `x["a"]` is `x.a`. An optional selection reads no place: its
 * value is an optional, whether the place is there or not.
 */
const placeOf = (expression: Expression): Place | undefined =>
  hasOptional(expression) ? undefined : pathOf(expression)

/** As `placeOf`, with the steps of optional selections as steps like others. */
const pathOf = (expression: Expression): Place | undefined => {
  const path: Array<string> = []
  let current = expression
  for (;;) {
    switch (current.kind) {
      case "identifier":
        return { name: current.name, path: path.toReversed() }
      case "select":
        path.push(current.field.text)
        current = current.target
        break
      case "index":
        if (current.index.kind !== "literal" || typeof current.index.value !== "string") return undefined
        path.push(current.index.value)
        current = current.target
        break
      default:
        return undefined
    }
  }
}

const hasOptional = (expression: Expression): boolean => {
  let current = expression
  while (current.kind === "select" || current.kind === "index") {
    if (current.optional) return true
    current = current.target
  }
  return false
}

/** What a literal expression says, for narrowing. */
export const literalOf = (expression: Expression): { readonly value: Literal } | undefined =>
  expression.kind === "literal" ? { value: expression.value } : undefined

/**
 * `has(place)`. Behind an optional selection (`has(x.?a.b)`) a yes says that all of it is there, and a no says nothing:
 * `x.a` itself may be what is missing.
 */
export const narrowPresence = (scope: Scope, expression: Selection): Narrowing => {
  const place = pathOf(expression)
  const name = place?.path.at(-1)
  if (place === undefined || name === undefined) return nothing
  const parent = place.path.slice(0, -1)
  const { whenFalse, whenTrue } = narrowing(
    scope,
    place,
    (type) => presentAt(type, place.path),
    (type) => refineAt(type, parent, (part) => absentAt(part, name))
  )
  return { whenTrue, whenFalse: hasOptional(expression.target) ? none : whenFalse }
}

/** `place == literal`. */
export const narrowEquality = (scope: Scope, expression: Expression, value: Literal): Narrowing => {
  const place = placeOf(expression)
  if (place === undefined) return nothing
  if (value === null) return narrowNull(scope, place)
  return narrowing(
    scope,
    place,
    (type) => refineAt(type, place.path, (part) => keepLiteral(part, value)),
    (type) => refineAt(type, place.path, (part) => dropLiteral(part, value))
  )
}

/** `place in [literals]`. */
export const narrowMembership = (
  scope: Scope,
  expression: Expression,
  values: ReadonlyArray<Literal>
): Narrowing => {
  const place = placeOf(expression)
  if (place === undefined) return nothing
  return narrowing(
    scope,
    place,
    (type) => refineAt(type, place.path, (part) => keepLiterals(part, values)),
    (type) => refineAt(type, place.path, (part) => dropLiterals(part, values))
  )
}

/** `type(place) == kind`. */
export const narrowKind = (scope: Scope, expression: Expression, kind: ValueKind): Narrowing => {
  const place = placeOf(expression)
  if (place === undefined) return nothing
  return narrowing(
    scope,
    place,
    (type) => refineAt(type, place.path, (part) => keepKind(part, kind)),
    (type) => refineAt(type, place.path, (part) => dropKind(part, kind))
  )
}

/** A condition that is itself a place: `event.revoked`. */
export const narrowTruth = (scope: Scope, expression: Expression): Narrowing => {
  const narrowed = narrowEquality(scope, expression, true)
  return narrowed
}

/**
 * `place == null`, which is also true when the last name is missing. So it being true says nothing about presence, and
 * it being false says that the value is there and is not null.
 */
const narrowNull = (scope: Scope, place: Place): Narrowing =>
  narrowing(
    scope,
    place,
    (type) => keepNullAt(type, place.path),
    (type) => refineAt(type, place.path, withoutNull)
  )

const keepNullAt = (type: Type, path: ReadonlyArray<string>): Type => {
  const name = path.at(-1)
  if (name === undefined) return keepLiteral(type, null)
  return refineAt(type, path.slice(0, -1), (part) =>
    union(membersOf(part).map((member) => (isNeverNull(member, name) ? never : member)))
  )
}

const isNeverNull = (member: Type, name: string): boolean => {
  if (member.kind !== "record") return false
  const property = member.properties.get(name)
  return property?.required === true && keepLiteral(property.type, null).kind === "never"
}

const nothing: Narrowing = { whenTrue: none, whenFalse: none }

const narrowing = (
  scope: Scope,
  place: Place,
  whenTrue: (type: Type) => Type,
  whenFalse: (type: Type) => Type
): Narrowing => {
  const binding = scope.lookup(place.name)
  if (binding === undefined) return nothing
  return {
    whenTrue: [new Fact(place.name, () => whenTrue(binding.type))],
    whenFalse: [new Fact(place.name, () => whenFalse(binding.type))]
  }
}
