import { insideOptional } from "../types/Type.ts"
import { membersOf } from "../types/Union.ts"
import { type CodeWriter, isObjects, isPlainKey, localName } from "./CodeWriter.ts"
import type { OptionalMapNode, OptionalNode, TypedNode } from "./TypedNode.ts"

/** `o.orValue(x)` and its kin. */
export const compileOptional = (writer: CodeWriter, node: OptionalNode): string => {
  const [target, other] = node.args
  if (target === undefined) return writer.helper("None")
  switch (node.operation) {
    case "hasValue":
      return `(${compileInside(writer, target)}!==undefined)`
    case "value":
      return writer.call("valueOfOptional", [compileInside(writer, target)], node)
    case "orValue":
      return orValue(writer, target, other)
    default:
      return `${writer.helper("toOptional")}(${compileInside(writer, node)})`
  }
}

const orValue = (writer: CodeWriter, target: TypedNode, other: TypedNode | undefined): string => {
  const inner = compileInside(writer, target)
  const fallback = other === undefined ? "null" : writer.code(other)
  // A null inside is a value; only undefined is nothing.
  const mayBeNull = membersOf(insideOptional(target.type)).some(
    (member) => member.kind === "null" || member.kind === "dyn"
  )
  if (!mayBeNull) return `(${inner}??${fallback})`
  return writer.lift(["x"], () => `return x!==undefined?x:${fallback}`)([inner])
}

/** The inside of a node whose type is an optional: a value, or undefined where there is none. */
export const compileInside = (writer: CodeWriter, node: TypedNode): string => {
  switch (node.op) {
    case "optionalField": {
      const target =
        node.target.type.kind === "optional" ? compileInside(writer, node.target) : writer.code(node.target)
      const key = JSON.stringify(node.key)
      const isPlain = isPlainKey(node.key) && isObjects(insideOptional(node.target.type))
      return isPlain ? `${target}?.[${key}]` : `${writer.helper("maybeField")}(${target},${key})`
    }
    case "optionalIndex": {
      const target =
        node.target.type.kind === "optional" ? compileInside(writer, node.target) : writer.code(node.target)
      return `${writer.helper("maybeElement")}(${target},${writer.code(node.index)})`
    }
    case "optionalMap":
      return insideMapped(writer, node)
    case "optional":
      return compileUnwrapped(writer, node)
    default: {
      const code = writer.code(node)
      return node.type.kind === "optional" ? `${code}.value` : writer.call("inside", [code], node)
    }
  }
}

const insideMapped = (writer: CodeWriter, node: OptionalMapNode): string => {
  const name = localName(node.local)
  return writer.lift([name], () => {
    const body = writer.within([node.local], () =>
      node.flat ? compileInside(writer, node.body) : writer.code(node.body)
    )
    return `return ${name}===undefined?undefined:${body}`
  })([compileInside(writer, node.target)])
}

const compileUnwrapped = (writer: CodeWriter, node: OptionalNode): string => {
  const [target, other] = node.args
  if (target === undefined) return "undefined"
  switch (node.operation) {
    case "of":
      return writer.code(target)
    case "ofNonZeroValue":
      return writer.call("nonZero", [writer.code(target)], node)
    case "or": {
      const fallback = other === undefined ? "undefined" : compileInside(writer, other)
      return writer.lift(["x"], () => `return x!==undefined?x:${fallback}`)([compileInside(writer, target)])
    }
    default: {
      const code = writer.code(node)
      return node.type.kind === "optional" ? `${code}.value` : writer.call("inside", [code], node)
    }
  }
}
