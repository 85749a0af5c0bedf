import { type Ast, macroNames } from "@sallyport/language"

/** A place where an expression reads a variable of its environment. Offsets are into the expression's text. */
export interface VariableRead {
  readonly name: string
  /** The fields that are read from it, as far as their names are written down. */
  readonly path: ReadonlyArray<string>
  readonly start: number
  readonly end: number
}

/** All reads of variables in an expression, in the order of the text. Variables of macros are not among them. */
export const readsOf = (expression: Ast.Expression): ReadonlyArray<VariableRead> => {
  const reads: Array<VariableRead> = []
  visit(expression, new Set(), reads)
  return reads.toSorted((a, b) => a.start - b.start)
}

/** The parser bounds how deep expressions are, so recursion is safe. */
const visit = (expression: Ast.Expression, bound: ReadonlySet<string>, reads: Array<VariableRead>): void => {
  const chain = chainOf(expression)
  if (chain !== undefined) {
    if (!bound.has(chain.name)) reads.push(chain)
    return
  }
  if (expression.kind === "call") return visitCall(expression, bound, reads)
  for (const part of partsOf(expression)) visit(part, bound, reads)
}

/** A macro binds the names before its last argument: `x.map(e, f(e))`. */
const visitCall = (call: Ast.Call, bound: ReadonlySet<string>, reads: Array<VariableRead>): void => {
  if (call.target !== undefined) visit(call.target, bound, reads)
  const names = new Set(bound)
  let rest = call.args
  if (call.target !== undefined && macroNames.has(call.name.text)) {
    for (let [first] = rest; first?.kind === "identifier" && rest.length > 1; [first] = rest) {
      names.add(first.name)
      rest = rest.slice(1)
    }
  }
  for (const argument of rest) visit(argument, names, reads)
}

/** `a.b["c"]` as a variable and the names behind it; a field that is computed ends the names. */
const chainOf = (expression: Ast.Expression): VariableRead | undefined => {
  const path: Array<string> = []
  let current = expression
  for (;;) {
    if (current.kind === "identifier")
      return { name: current.name, path: path.toReversed(), start: expression.start, end: expression.end }
    if (current.kind === "select") path.push(current.field.text)
    else if (current.kind === "index" && current.index.kind === "literal")
      path.push(String(current.index.value))
    else return undefined
    current = current.target
  }
}

const partsOf = (expression: Ast.Expression): ReadonlyArray<Ast.Expression> => {
  switch (expression.kind) {
    case "select":
      return [expression.target]
    case "index":
      return [expression.target, expression.index]
    case "unary":
      return [expression.operand]
    case "binary":
      return [expression.left, expression.right]
    case "conditional":
      return [expression.condition, expression.consequent, expression.alternate]
    case "list":
      return expression.items.map(({ value }) => value)
    case "map":
      return expression.entries.flatMap(({ key, value }) => [key, value])
    default:
      return []
  }
}
