import { bool, dyn, insideOptional, never, optional, type Type } from "../types/Type.ts"
import { union } from "../types/Union.ts"
import type { Call } from "./Ast.ts"
import type { Checking } from "./Checking.ts"
import { describe } from "./FieldChecker.ts"
import type { Scope } from "./Scope.ts"
import type { OptionalNode, TypedNode } from "./TypedNode.ts"

/** Functions and methods of optionals: their types depend on what is inside, so they are checked here. */
export const optionalFunctions = ["optional.of", "optional.none", "optional.ofNonZeroValue"]
/** The methods of optionals, see `optionalFunctions`. */
export const optionalMethods: ReadonlySet<string> = new Set(["hasValue", "value", "orValue", "or"])

/** Checks `optional.of(x)` and its kin. */
export const checkOptionalFunction = (checking: Checking, call: Call, scope: Scope): TypedNode => {
  const args = call.args.map((arg) => checking.check(arg, scope))
  const name = call.name.text
  const wanted = name === "none" ? 0 : 1
  if (name !== "none" && name !== "of" && name !== "ofNonZeroValue") {
    return checking.invalid(
      "SP1202",
      `unknown function ${JSON.stringify(`optional.${name}`)}`,
      call.name,
      {
        notes: [{ message: `there are ${optionalFunctions.join(", ")}` }]
      },
      call
    )
  }
  if (args.length !== wanted) {
    return checking.invalid(
      "SP1210",
      `"optional.${name}" takes ${wanted} arguments, not ${args.length}`,
      call.name,
      {},
      call
    )
  }
  return optionalNode(call, name, args, optional(args[0]?.type ?? never))
}

/** Checks `o.orValue(x)` and its kin on a receiver that is an optional or may be one. */
export const checkOptionalMethod = (
  checking: Checking,
  call: Call,
  receiver: TypedNode,
  scope: Scope
): TypedNode => {
  const given = call.args.map((arg) => checking.check(arg, scope))
  const name = call.name.text
  const [arg, ...more] = given
  const inner = receiver.type.kind === "optional" ? insideOptional(receiver.type) : dyn
  if (name === "hasValue" || name === "value") {
    if (arg !== undefined)
      return wrongCount(checking, call, `"${name}" takes no arguments, not ${given.length}`)
    if (name === "hasValue") return optionalNode(call, name, [receiver], bool)
    return { ...optionalNode(call, name, [receiver], inner), fallible: true }
  }
  if (arg === undefined || more.length > 0) {
    return wrongCount(checking, call, `"${name}" takes 1 argument, not ${given.length}`)
  }
  if (name === "orValue") return optionalNode(call, name, [receiver, arg], union([inner, arg.type]))
  if (arg.type.kind !== "optional" && arg.type.kind !== "dyn") {
    return checking.invalid(
      "SP1206",
      `"or" takes an optional, this is ${describe(arg.type)}`,
      arg,
      { help: `to give a plain value, use orValue(${checking.text(arg)})` },
      call
    )
  }
  return optionalNode(call, "or", [receiver, arg], optional(union([inner, insideOptional(arg.type)])))
}

const wrongCount = (checking: Checking, call: Call, message: string): TypedNode =>
  checking.invalid("SP1210", message, call.name, {}, call)

const optionalNode = (
  { end, start }: Call,
  operation: OptionalNode["operation"],
  args: ReadonlyArray<TypedNode>,
  type: Type
): TypedNode => ({
  op: "optional",
  operation,
  args,
  type,
  fallible: args.some((arg) => arg.fallible || arg.type.kind === "dyn"),
  start,
  end
})
