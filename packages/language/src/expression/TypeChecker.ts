import { dyn, type Type, typeType } from "../types/Type.ts"
import { membersOf } from "../types/Union.ts"
import type { Call } from "./Ast.ts"
import type { Checking } from "./Checking.ts"
import type { Scope } from "./Scope.ts"
import type { TypedNode } from "./TypedNode.ts"
import { durationTypeName, timestampTypeName, typeNames } from "./TypeNames.ts"

/** `dyn(x)`: the value as it is, its type forgotten. */
export const checkDyn = (checking: Checking, call: Call, scope: Scope): TypedNode => {
  const operand = onlyArgument(checking, call, scope)
  return operand === undefined ? invalid(call) : { ...operand, type: dyn }
}

/** `type(x)`: known when checked where the type leaves no choice, else looked at when it runs. */
export const checkTypeOf = (checking: Checking, call: Call, scope: Scope): TypedNode => {
  const operand = onlyArgument(checking, call, scope)
  if (operand === undefined) return invalid(call)
  const { end, start } = call
  const [only, other] = membersOf(operand.type)
  const name = only === undefined || other !== undefined ? undefined : nameOf(only)
  if (name !== undefined && !operand.fallible) {
    return { op: "constant", value: name, type: typeType, fallible: false, start, end }
  }
  return { op: "typeOf", operand, type: typeType, fallible: operand.fallible, start, end }
}

const nameOf = (type: Type) => {
  switch (type.kind) {
    case "null":
      return typeNames.get("null_type")
    case "record":
      return typeNames.get("map")
    case "optional":
      return typeNames.get("optional_type")
    case "timestamp":
      return timestampTypeName
    case "duration":
      return durationTypeName
    default:
      return typeNames.get(type.kind)
  }
}

const onlyArgument = (checking: Checking, call: Call, scope: Scope): TypedNode | undefined => {
  const args = call.args.map((arg) => checking.check(arg, scope))
  const [only, ...rest] = args
  if (only !== undefined && rest.length === 0) return only
  checking.report("SP1210", `"${call.name.text}" takes 1 argument, not ${args.length}`, call.name)
  return undefined
}

const invalid = ({ end, start }: Call): TypedNode => ({
  op: "invalid",
  type: dyn,
  fallible: true,
  start,
  end
})
