import {
  checkValue,
  isAssignable,
  membersOf,
  nullable,
  type Span,
  showType,
  suggest,
  Type,
  union
} from "@sallyport/language"
import type { CompiledValue, ObjectValue } from "./CompiledValue.ts"

/** A place where a value does not fit, and why. */
export interface Misfit {
  readonly span: Span
  readonly message: string
  readonly help?: string
}

/**
 * Where a value does not fit a type: as deep inside of it as can be said. Nothing when it fits; `dyn` fits everywhere,
 * what it holds is seen when it runs.
 */
export const misfitsOf = (value: CompiledValue, wanted: Type.Type): ReadonlyArray<Misfit> => {
  if (value.kind === "literal")
    return checkValue(value.node, wanted).map(({ help, message, span }) => ({
      span,
      message,
      ...(help !== undefined && { help })
    }))
  if (isAssignable(value.type, wanted)) return []
  const members = membersOf(wanted).filter((member) => member.kind !== "null")
  const [only] = members
  if (members.length === 1 && only !== undefined) {
    if (value.kind === "object" && only.kind === "record") return misfitsOfObject(value, only)
    if (value.kind === "list" && only.kind === "list")
      return value.items.flatMap((item) => misfitsOf(item, only.element))
    if (value.kind === "object" && only.kind === "map")
      return [...value.entries.values()].flatMap((entry) => misfitsOf(entry, only.value))
  }
  return [
    { span: value.span, message: `this gives ${brief(value.type)}, but ${brief(wanted)} is wanted here` }
  ]
}

/**
 * The type of the JSON that a value of an expression becomes: times are texts, what an optional holds is there or not.
 * Types that come from schemas are JSON's already.
 */
export const jsonTypeOf = (type: Type.Type): { readonly type: Type.Type; readonly mayBeAbsent: boolean } => {
  if (type.kind === "ref") return { type, mayBeAbsent: false }
  const members = type.kind === "union" ? type.members : [type]
  const mayBeAbsent = members.some((member) => member.kind === "optional")
  if (!mayBeAbsent && members.every(isJson)) return { type, mayBeAbsent }
  return { type: union(members.map(jsonMember)), mayBeAbsent }
}

/** A type in a message. */
export const brief = (type: Type.Type): string => showType(type, { brief: true })

const misfitsOfObject = (value: ObjectValue, wanted: Type.RecordType): ReadonlyArray<Misfit> => {
  const found: Array<Misfit> = []
  for (const [name, entry] of value.entries) {
    const property = wanted.properties.get(name)
    const type = property?.type ?? wanted.rest
    if (type === undefined) {
      const meant = suggest(name, wanted.properties.keys())
      const on = wanted.name === undefined ? "" : ` on ${wanted.name}`
      found.push({
        span: entry.span,
        message: `unknown property "${name.slice(0, 60)}"${on}`,
        ...(meant !== undefined && { help: `did you mean "${meant}"?` })
      })
    } else if (entry.kind === "expression" && entry.mayBeAbsent && property?.required === true) {
      found.push({
        span: entry.span,
        message: `this may be missing, but "${name}" must be there`,
        help: 'give a default: ${{ x.?y.orValue("") }}'
      })
    } else found.push(...misfitsOf(entry, type))
  }
  for (const [name, property] of wanted.properties) {
    if (property.required && !value.entries.has(name))
      found.push({
        span: value.span,
        message: `missing property "${name}"`,
        help: `it is ${brief(property.type)}`
      })
  }
  // What no part of it explains is said of the whole.
  if (found.length === 0)
    found.push({
      span: value.span,
      message: `this gives ${brief(value.type)}, but ${brief(wanted)} is wanted here`
    })
  return found
}

const isJson = (type: Type.Type): boolean => {
  switch (type.kind) {
    case "timestamp":
    case "duration":
    case "type":
    case "optional":
      return false
    case "list":
      return isJson(type.element)
    case "map":
      return isJson(type.value)
    case "record":
      return type.fresh !== true || [...type.properties.values()].every((property) => isJson(property.type))
    case "union":
      return type.members.every(isJson)
    default:
      return true
  }
}

/** Types with times or optionals in them were made by an expression: they are as deep as its text, no deeper. */
const jsonMember = (type: Type.Type): Type.Type => {
  switch (type.kind) {
    case "timestamp":
    case "duration":
    case "type":
      return Type.string
    case "optional":
      return jsonTypeOf(type.value).type
    case "list":
      return isJson(type) ? type : Type.list(innerType(type.element))
    case "map":
      return isJson(type) ? type : Type.map(innerType(type.value))
    case "record":
      return isJson(type) ? type : jsonRecord(type)
    default:
      return type
  }
}

const jsonRecord = (type: Type.RecordType): Type.RecordType => ({
  ...type,
  properties: new Map(
    [...type.properties].map(([name, property]) => [name, { ...property, type: innerType(property.type) }])
  )
})

/** Inside of lists and objects, an empty optional is null. */
const innerType = (type: Type.Type): Type.Type => {
  const { mayBeAbsent, type: json } = jsonTypeOf(type)
  return mayBeAbsent ? nullable(json) : json
}
