import type { TypedNode } from "../../src/expression/TypedNode.ts"

/** A node and all nodes in it. */
export const nodesIn = (node: TypedNode): ReadonlyArray<TypedNode> => {
  const nodes: Array<TypedNode> = []
  const waiting = [node]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    nodes.push(next)
    waiting.push(...childrenOf(next))
  }
  return nodes
}

const childrenOf = (node: TypedNode): ReadonlyArray<TypedNode> => {
  switch (node.op) {
    case "field":
    case "has":
    case "optionalField":
      return [node.target]
    case "index":
    case "optionalIndex":
      return [node.target, node.index]
    case "call":
    case "dispatch":
    case "optional":
      return node.args
    case "not":
    case "negate":
    case "assertBool":
    case "typeOf":
      return [node.operand]
    case "and":
    case "or":
    case "arithmetic":
    case "order":
    case "equal":
    case "in":
      return [node.left, node.right]
    case "conditional":
      return [node.condition, node.consequent, node.alternate]
    case "list":
      return node.items.map(({ value }) => value)
    case "object":
      return node.entries.flatMap(({ key, value }) => [key, value])
    case "comprehension":
      return [node.range, node.predicate, node.body].filter((child) => child !== undefined)
    case "optionalMap":
      return [node.target, node.body]
    case "bind":
      return [node.value, node.body]
    default:
      return []
  }
}
