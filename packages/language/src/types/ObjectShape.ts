import { suggest } from "../diagnostics/Suggestion.ts"
import type { Span } from "../source/Span.ts"
import { Comparison } from "./Comparison.ts"
import type { SchemaProblems } from "./SchemaProblems.ts"
import { map, type Property, type RecordType, type Type } from "./Type.ts"

/** A property as a schema declares it. */
export interface ShapeProperty {
  readonly type: Type
  /** Has a default that is applied, so that it is always there. */
  readonly isFilled: boolean
  readonly description: string | undefined
  readonly key: Span
}

/** What an object schema says, before it is decided what is missing: parts of an `allOf` are merged like this. */
export interface ObjectShape {
  readonly properties: ReadonlyMap<string, ShapeProperty>
  /** The names in `required`, with where they stand. */
  readonly required: ReadonlyMap<string, Span>
  /** The type of further properties; closed without. `at` is where that is said. */
  readonly rest: { readonly type: Type; readonly at: Span } | undefined
}

/** The type of a shape. Reports names in `required` that no property has, unless further properties are allowed. */
export const shapeType = (shape: ObjectShape, name: string | undefined, problems: SchemaProblems): Type => {
  const { rest } = shape
  if (shape.properties.size === 0 && shape.required.size === 0 && rest !== undefined) return map(rest.type)
  const properties = new Map<string, Property>()
  for (const [key, { type, isFilled, description }] of shape.properties) {
    const required = isFilled || shape.required.has(key)
    properties.set(key, { type, required, ...(description !== undefined && { description }) })
  }
  for (const [key, span] of shape.required) {
    if (properties.has(key)) continue
    if (rest !== undefined) properties.set(key, { type: rest.type, required: true })
    else reportUndeclared(key, span, shape, problems)
  }
  const type: RecordType = { kind: "record", properties, ...(name !== undefined && { name }) }
  return rest === undefined ? type : { ...type, rest: rest.type }
}

/**
 * All that two object schemas say, as `allOf` and `extends` do. A property of both has the narrower type, as when a
 * text becomes a constant; it is a located problem when neither is narrower. Open when one of them is.
 */
export const mergeShapes = (a: ObjectShape, b: ObjectShape, problems: SchemaProblems): ObjectShape => {
  const properties = new Map(a.properties)
  for (const [key, later] of b.properties) {
    const earlier = properties.get(key)
    if (earlier === undefined) {
      properties.set(key, later)
      continue
    }
    const type = narrower(earlier.type, later.type)
    if (type === undefined) {
      problems.error("SP0213", `the property "${key}" has two types that do not agree`, later.key, {
        notes: [{ message: "its other type is here", span: earlier.key }],
        help: "give it the same type in both, or a narrower one, such as a const, in one of them"
      })
    }
    properties.set(key, {
      type: type ?? earlier.type,
      isFilled: earlier.isFilled || later.isFilled,
      description: later.description ?? earlier.description,
      key: later.key
    })
  }
  return { properties, required: new Map([...a.required, ...b.required]), rest: mergeRest(a, b, problems) }
}

const mergeRest = (a: ObjectShape, b: ObjectShape, problems: SchemaProblems): ObjectShape["rest"] => {
  if (a.rest === undefined || b.rest === undefined) return a.rest ?? b.rest
  const type = narrower(a.rest.type, b.rest.type)
  if (type === undefined) {
    problems.error("SP0213", "further properties have two types that do not agree", b.rest.at, {
      notes: [{ message: "their other type is here", span: a.rest.at }]
    })
  }
  return { type: type ?? a.rest.type, at: b.rest.at }
}

/** References are compared by name: their targets may not be there yet. */
const narrower = (a: Type, b: Type): Type | undefined => {
  if (new Comparison("opaque").holds(b, a)) return b
  return new Comparison("opaque").holds(a, b) ? a : undefined
}

const reportUndeclared = (key: string, span: Span, shape: ObjectShape, problems: SchemaProblems): void => {
  const meant = suggest(key, shape.properties.keys())
  problems.error("SP0211", `required names "${key.slice(0, 60)}", which is not under properties`, span, {
    help: meant === undefined ? "declare the property, or drop the name" : `did you mean "${meant}"?`
  })
}
