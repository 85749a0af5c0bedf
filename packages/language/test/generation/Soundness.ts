import type { Diagnostic } from "../../src/diagnostics/Diagnostic.ts"
import type { Evaluated } from "../../src/expression/Program.ts"
import type { TypedNode } from "../../src/expression/TypedNode.ts"
import { showType } from "../../src/types/TypePrinter.ts"
import { nodesIn } from "./NodeWalk.ts"
import { isMember } from "./ValueMembership.ts"
import { valueText } from "./ValueText.ts"

/**
 * What data of the declared types may still cause: an index, a division, a key of an open map or an empty optional, a
 * conversion, a range, the budget, an argument out of bounds.
 */
const allowed: ReadonlySet<string> = new Set([
  "SP1301",
  "SP1302",
  "SP1303",
  "SP1304",
  "SP1305",
  "SP1306",
  "SP1308"
])

/** What an outcome is that the check has promised not to happen; undefined when it kept its promise. */
export const brokenPromise = (
  node: TypedNode,
  outcome: Evaluated,
  { dyn }: { readonly dyn: boolean }
): string | undefined => {
  if (outcome.ok) {
    if (isMember(outcome.value, node.type)) return undefined
    return `is not of the type ${showType(node.type)}: ${valueText(outcome.value)}`
  }
  const { diagnostic } = outcome
  const { code, message } = diagnostic
  if (!allowed.has(code) && !(dyn && code === "SP1307")) return `fails with ${code} ${message}`
  return code === "SP1303" && isPromised(node, diagnostic)
    ? `is missing although it is sure to be there: ${message}`
    : undefined
}

/** Is what failed the reading of a field that is sure to be there by its type? */
const isPromised = (node: TypedNode, { span }: Diagnostic): boolean => {
  const failed = nodesIn(node).filter(({ end, start }) => start === span.start && end === span.end)
  return failed.length > 0 && failed.every((part) => part.op === "field" && part.access === "present")
}
