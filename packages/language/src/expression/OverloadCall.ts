import type { Evaluation } from "./Evaluation.ts"
import type { Overload } from "./FunctionDefinition.ts"
import { paramAt } from "./CallResolution.ts"
import type { Value } from "./Value.ts"
import { kindOf } from "./ValueKind.ts"

/** Calls an overload with arguments that its parameters accept. */
export const applyOverload = (
  overload: Overload,
  args: ReadonlyArray<Value>,
  evaluation: Evaluation
): Value => {
  const given: ReadonlyArray<unknown> = overload.variadic ? [args, evaluation] : [...args, evaluation]
  // The table forgets the parameters' types; the checker or `dispatch` has seen that the arguments have them.
  // oxlint-disable-next-line typescript/no-unsafe-assignment
  const result: Value = Reflect.apply(overload.evaluate, undefined, given)
  return result
}

/** Calls the first overload that accepts the arguments, or fails: the types left it open. */
export const dispatch = (
  overloads: ReadonlyArray<Overload>,
  name: string,
  args: ReadonlyArray<Value>,
  evaluation: Evaluation
): Value => {
  for (const overload of overloads) {
    if (args.every((arg, index) => paramAt(overload, index)?.accepts(arg) === true)) {
      return applyOverload(overload, args, evaluation)
    }
  }
  return evaluation.fail("SP1307", `"${name}" does not take (${args.map(kindOf).join(", ")})`)
}
