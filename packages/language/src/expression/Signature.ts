import type { Type } from "../types/Type.ts"
import { showType } from "../types/TypePrinter.ts"
import type { FunctionDefinition, Overload } from "./FunctionDefinition.ts"

/** `string.replace(old: string, new: string) -> string`, as messages, editors and docs write an overload. */
export const signatureOf = (definition: FunctionDefinition, overload: Overload): string => {
  const params = overload.params.map(({ name, type }) => `${name}: ${showType(type)}`)
  if (overload.variadic) params.push("…")
  const result = ` -> ${showType(resultOf(overload))}`
  if (definition.style === "function") return `${definition.name}(${params.join(", ")})${result}`
  const [receiver] = overload.params
  const on = receiver === undefined ? "" : `${showType(receiver.type)}.`
  return `${on}${definition.name}(${params.slice(1).join(", ")})${result}`
}

/** A result that depends on the arguments is shown for the parameters as they are declared. */
const resultOf = ({ params, result }: Overload): Type =>
  typeof result === "function" ? result(params.map((param) => param.type)) : result
