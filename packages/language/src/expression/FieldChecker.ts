import { keysOf, propertyOf, type PropertyAccess } from "../types/Access.ts"
import { dyn, insideOptional, isObjectType, nullType, optional, type Type } from "../types/Type.ts"
import { showType } from "../types/TypePrinter.ts"
import { membersOf, union } from "../types/Union.ts"
import { didYouMeanField } from "./Advice.ts"
import type { Checking, Offsets } from "./Checking.ts"
import { show } from "./Lexer.ts"
import type { FieldNode, TypedNode } from "./TypedNode.ts"

/** How a field is asked for. `null`: as an operand of `== null`, where a missing one counts as null. */
export type FieldUse = "value" | "null"

/** Checks `target.key` where `target` has been checked; `name` is where the key is written, `whole` the selection. */
export const checkField = (
  checking: Checking,
  target: TypedNode,
  key: string,
  name: Offsets,
  whole: Offsets,
  use: FieldUse
): TypedNode => {
  if (target.type.kind === "optional") return optionalField(checking, target, key, name, whole)
  const access = propertyOf(target.type, key)
  const missing = access.missingFrom.filter((member) => use === "value" || !isObjectType(member))
  const declared = use === "value" ? access.optionalIn.filter((member) => declares(member, key)) : []
  if (missing.length > 0 || declared.length > 0) {
    reportUnsafe(checking, target, key, name, whole, { access, missing, declared })
    return invalidField(target, whole, access.type.kind === "never" ? dyn : access.type)
  }
  if (use === "null" && access.type.kind === "never" && access.missingFrom.length > 0) {
    reportUnknown(checking, target, key, name)
    return invalidField(target, whole, dyn)
  }
  return {
    op: "field",
    target,
    key,
    access: accessOf(access, use),
    type: use === "null" && mayBeAbsent(access) ? union([access.type, nullType]) : access.type,
    fallible: target.fallible || accessOf(access, use) === "lookup",
    ...offsetsOf(whole)
  }
}

/** Checks `target.?key`, and `target.key` behind an optional: gives an optional, empty when the key is missing. */
export const checkOptionalField = (
  checking: Checking,
  target: TypedNode,
  key: string,
  name: Offsets,
  whole: Offsets
): TypedNode => optionalField(checking, target, key, name, whole)

/** Checks that `has(target.key)` may be asked, and gives its node. */
export const checkHas = (
  checking: Checking,
  target: TypedNode,
  key: string,
  name: Offsets,
  whole: Offsets
): TypedNode => {
  const inner = insideOptional(target.type)
  const access = propertyOf(inner, key)
  const blockers = access.missingFrom.filter((member) => !isObjectType(member) && member.kind !== "null")
  if (isUnknown(access, key)) reportUnknown(checking, target, key, name)
  else if (blockers.length > 0) reportUnknown(checking, target, key, name)
  else if (target.type.kind !== "optional" && access.missingFrom.some((member) => member.kind === "null")) {
    reportNull(checking, target, key, name)
  }
  const dynamic = target.type.kind === "optional" || access.dynamic
  return {
    op: "has",
    target,
    key,
    dynamic,
    type: { kind: "bool" },
    fallible: target.fallible || access.dynamic,
    ...offsetsOf(whole)
  }
}

/** Reports that `target` has no `key` at all, with the fields it has. */
const reportUnknown = (checking: Checking, target: TypedNode, key: string, name: Offsets): void => {
  const type = insideOptional(target.type)
  const what = describe(type)
  const keys = keysOf(type)
  if (keys.length === 0) {
    checking.report("SP1203", `${what} has no fields, so no ${show(key)}`, name)
    return
  }
  const fields = `the fields are ${listed(keys)}`
  checking.report("SP1203", `unknown field ${show(key)} on ${what}`, name, {
    notes: [{ message: fields }],
    ...didYouMeanField(checking, key, keys, name)
  })
}

/** `type` as messages name it. */
export const describe = (type: Type): string => showType(type, { brief: true })

interface Unsafe {
  readonly access: PropertyAccess
  readonly missing: ReadonlyArray<Type>
  readonly declared: ReadonlyArray<Type>
}

const optionalField = (
  checking: Checking,
  target: TypedNode,
  key: string,
  name: Offsets,
  whole: Offsets
): TypedNode => {
  const access = propertyOf(insideOptional(target.type), key)
  if (isUnknown(access, key)) reportUnknown(checking, target, key, name)
  // When it runs, all optionals are looked into: what lies inside of these has another type.
  else if (access.missingFrom.some((member) => member.kind === "optional")) {
    const what = describe(insideOptional(target.type))
    checking.report("SP1207", `${show(key)} cannot be read from ${what}`, name, {
      notes: [{ message: "only a part of it is an optional" }],
      help: "make all of it optional with optional.of(…), or none of it with .orValue(…)"
    })
  }
  return {
    op: "optionalField",
    target,
    key,
    type: optional(access.type),
    fallible: target.fallible,
    ...offsetsOf(whole)
  }
}

const reportUnsafe = (
  checking: Checking,
  target: TypedNode,
  key: string,
  name: Offsets,
  whole: Offsets,
  unsafe: Unsafe
): void => {
  const { access, missing, declared } = unsafe
  if (access.type.kind === "never" && missing.some((member) => isRuledOut(member, key))) {
    checking.report("SP1204", `${show(key)} is missing here`, name, {
      help: "the condition before it holds only where the field is missing: is its ! or || the wrong way round?"
    })
    return
  }
  if (access.type.kind === "never" && missing.some((member) => member.kind !== "null")) {
    return reportUnknown(checking, target, key, name)
  }
  if (missing.some((member) => member.kind === "null")) return reportNull(checking, target, key, name)
  const written = checking.text(whole)
  if (missing.length > 0) {
    const has = membersOf(target.type).filter((member) => !missing.includes(member))
    checking.report("SP1204", `${show(key)} is not a field of every ${describe(target.type)}`, name, {
      notes: [
        {
          message: `${listed(missing.map(describe))} ${missing.length === 1 ? "has" : "have"} no such field`
        },
        { message: `${listed(has.map(describe))} may have it` }
      ],
      help: `ask first which one it is, or whether it is there: has(${written}) && …`
    })
    return
  }
  const on = declared.length === 1 && declared[0] !== undefined ? ` on ${describe(declared[0])}` : ""
  checking.report("SP1204", `${show(key)} is optional${on} and may be missing`, name, {
    help: `guard it: has(${written}) && …, or give a default: ${withDefault(checking, target, key, name, access.type)}`
  })
}

const reportNull = (checking: Checking, target: TypedNode, key: string, name: Offsets): void => {
  const written = checking.text(target)
  checking.report("SP1205", `${show(written)} may be null, and null has no ${show(key)}`, name, {
    help: `guard it: ${written} != null && …`
  })
}

const withDefault = (
  checking: Checking,
  target: TypedNode,
  key: string,
  name: Offsets,
  type: Type
): string => {
  const field = /^[A-Za-z_]\w*$/.test(key)
    ? `${checking.text(target)}.?${key}`
    : `${checking.text(target)}.?${checking.text(name)}`
  return `${field}.orValue(${defaultFor(type)})`
}

const defaultFor = (type: Type): string => {
  switch (membersOf(type)[0]?.kind) {
    case "string":
      return `""`
    case "int":
      return "0"
    case "double":
      return "0.0"
    case "bool":
      return "false"
    case "list":
      return "[]"
    default:
      return "…"
  }
}

const accessOf = (access: PropertyAccess, use: FieldUse): FieldNode["access"] => {
  if (use === "null" && mayBeAbsent(access)) return "null"
  return access.dynamic || access.optionalIn.length > 0 ? "lookup" : "present"
}

const mayBeAbsent = (access: PropertyAccess): boolean =>
  access.dynamic || access.optionalIn.length > 0 || access.missingFrom.length > 0

const declares = (member: Type, key: string): boolean =>
  member.kind === "record" && member.properties.has(key)

/** No possible object has the field. For object literals, and where a condition has ruled it out, that is an answer. */
const isUnknown = (access: PropertyAccess, key: string): boolean =>
  access.type.kind === "never" &&
  access.missingFrom.some(
    (member) => !(member.kind === "record" && member.fresh === true) && !isRuledOut(member, key)
  )

/** A field that the record declares and narrowing has taken away. */
const isRuledOut = (member: Type, key: string): boolean =>
  member.kind === "record" && member.properties.get(key)?.type.kind === "never"

const invalidField = (target: TypedNode, whole: Offsets, type: Type): TypedNode => ({
  op: "field",
  target,
  key: "",
  access: "lookup",
  type,
  fallible: true,
  ...offsetsOf(whole)
})

const offsetsOf = ({ start, end }: Offsets): Offsets => ({ start, end })

const listed = (names: ReadonlyArray<string>): string => {
  const shown = names.slice(0, 8)
  const more = names.length - shown.length
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ")
}
