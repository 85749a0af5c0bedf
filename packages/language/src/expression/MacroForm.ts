import type { Call, Expression } from "./Ast.ts"
import type { Checking } from "./Checking.ts"
import type { TypedNode } from "./TypedNode.ts"

/** The name of a macro's variable; undefined, and reported, when the argument is not a name. */
export const variableName = (checking: Checking, expression: Expression | undefined): string | undefined => {
  if (expression === undefined) return undefined
  if (expression.kind === "identifier") return expression.name
  if (expression.kind !== "missing") {
    checking.report("SP1210", "a macro begins with the name of its variable", expression, {
      help: "for example: items.exists(item, item.size > 3)"
    })
  }
  return undefined
}

/** Reports that a macro was called in none of its forms. */
export const reportShape = (checking: Checking, call: Call, forms: ReadonlyArray<string>): TypedNode => {
  const count = call.args.length === 1 ? "1 argument" : `${call.args.length} arguments`
  return checking.invalid(
    "SP1210",
    `"${call.name.text}" does not take ${count}`,
    call.name,
    { notes: forms.map((form) => ({ message: `it is called as ${form}` })) },
    call
  )
}
