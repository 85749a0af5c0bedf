import { type Ast, elementOf, propertyOf, type Type } from "@sallyport/language"

/** How much may be missing where an expression's value is used: what a schema declares as optional, or anything. */
export type Absence = "declared" | "any"

/**
 * The expression with its optional fields read as optionals, so that what is missing is absent instead of a mistake:
 * `input.cursor` becomes `input.?cursor`. Only where the whole value is that field: at the top, and in both branches of a
 * condition. Anywhere else an optional field must be guarded, as in every expression.
 */
export const readAbsent = (
  expression: Ast.Expression,
  variables: ReadonlyMap<string, Type.Type>,
  absence: Absence
): Ast.Expression => {
  if (expression.kind === "conditional")
    return {
      ...expression,
      consequent: readAbsent(expression.consequent, variables, absence),
      alternate: readAbsent(expression.alternate, variables, absence)
    }
  return read(expression, variables, absence)?.expression ?? expression
}

interface Read {
  readonly expression: Ast.Expression
  readonly type: Type.Type
  /** Once something may be absent, so may all that is read from it. */
  readonly mayBeAbsent: boolean
}

/** A variable, or what is read from one by names and numbers that are written down. */
const read = (
  expression: Ast.Expression,
  variables: ReadonlyMap<string, Type.Type>,
  absence: Absence
): Read | undefined => {
  if (expression.kind === "identifier") {
    const type = variables.get(expression.name)
    return type === undefined ? undefined : { expression, type, mayBeAbsent: false }
  }
  if (expression.kind !== "select" && expression.kind !== "index") return undefined
  const target = read(expression.target, variables, absence)
  const step = target === undefined ? undefined : stepOf(expression, target.type, absence)
  if (target === undefined || step === undefined) return undefined
  const mayBeAbsent = target.mayBeAbsent || step.mayBeAbsent || expression.optional
  return {
    expression: { ...expression, target: target.expression, optional: mayBeAbsent },
    type: step.type,
    mayBeAbsent
  }
}

/** One field or element. */
const stepOf = (
  expression: Ast.Select | Ast.Index,
  type: Type.Type,
  absence: Absence
): Pick<Read, "type" | "mayBeAbsent"> | undefined => {
  const name = nameOf(expression)
  if (typeof name === "number") return { type: elementOf(type).type, mayBeAbsent: absence === "any" }
  if (name === undefined) return undefined
  const access = propertyOf(type, name)
  const isDeclared = access.optionalIn.some(
    (member) => member.kind === "record" && member.properties.has(name)
  )
  const isOpen = access.optionalIn.length > 0 || access.dynamic
  return { type: access.type, mayBeAbsent: absence === "any" ? isOpen : isDeclared }
}

const nameOf = (expression: Ast.Select | Ast.Index): string | number | undefined => {
  if (expression.kind === "select") return expression.field.text
  const { index } = expression
  return index.kind === "literal" && (typeof index.value === "string" || typeof index.value === "number")
    ? index.value
    : undefined
}
