import type { Checking } from "./Checking.ts"
import { Evaluation, EvaluationFailure } from "./Evaluation.ts"
import { applyOverload } from "./OverloadCall.ts"
import type { CallNode, TypedNode } from "./TypedNode.ts"
import { Duration, Timestamp } from "./Value.ts"

/**
 * Runs a call whose arguments are all literals, once, while it is checked: `duration("1 hour")` is a mistake that
 * must be seen before anything runs, and `timestamp("…")` need not be parsed again for every event. A result that is
 * not small stays a call.
 */
export const foldCall = (checking: Checking, node: CallNode): TypedNode => {
  const args = node.args.flatMap((arg) => (arg.op === "constant" ? [arg.value] : []))
  if (args.length === 0 || args.length < node.args.length) return node
  try {
    const value = applyOverload(node.overload, args, new Evaluation(foldBudget))
    if (typeof value === "object" && !(value instanceof Timestamp) && !(value instanceof Duration))
      return node
    if (typeof value === "string" && value.length > 256) return node
    // JSON has no NaN and no infinity, so the generated code could not write it as a literal.
    if (typeof value === "number" && !Number.isFinite(value)) return node
    const { end, start, type } = node
    return { op: "constant", value, type, fallible: false, start, end }
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    // Out of budget says nothing about the call itself.
    if (error.code === "SP1306") return node
    return checking.invalid("SP1215", `this call always fails: ${error.message}`, node)
  }
}

const foldBudget = 10_000
