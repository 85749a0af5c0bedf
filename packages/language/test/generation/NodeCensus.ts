import { standardFunctions } from "../../src/expression/FunctionTable.ts"
import type { TypedNode } from "../../src/expression/TypedNode.ts"
import { nodesIn } from "./NodeWalk.ts"

/** Counts what checked expressions are made of, so that a generator which stops making something is noticed. */
export class NodeCensus {
  readonly #counts = new Map<string, number>()

  /** Counts a node and all that are in it. */
  add(node: TypedNode): void {
    for (const part of nodesIn(node)) {
      for (const name of namesOf(part)) this.#counts.set(name, this.count(name) + 1)
    }
  }

  count(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  /** Which of the names occurred less often. */
  rarerThan(least: number, names: ReadonlyArray<string>): ReadonlyArray<string> {
    return names.flatMap((name) => (this.count(name) < least ? [`${name}: ${this.count(name)}`] : []))
  }
}

/** All that is to occur: operations, in the variants that are compiled differently, and functions. */
export const nodeNames: ReadonlyArray<string> = [
  "constant",
  "variable",
  "local",
  ...["present", "null", "lookup"].map((access) => `field ${access}`),
  "has",
  "optionalField",
  ...["list", "object", "dyn"].map((on) => `index ${on}`),
  "optionalIndex",
  "not",
  "negate int",
  "negate double",
  "negate dyn",
  "and",
  "or",
  "and absorb",
  "or absorb",
  "conditional",
  ...["int", "double"].flatMap((on) =>
    ["+", "-", "*", "/"].map((operator) => `arithmetic ${operator} ${on}`)
  ),
  "arithmetic % int",
  "arithmetic + string",
  "arithmetic + list",
  ...["+", "-"].map((operator) => `arithmetic ${operator} dyn`),
  ...["number", "value"].map((on) => `order ${on}`),
  ...["scalar", "value"].map((on) => `equal ${on}`),
  ...["scalars", "list", "object", "dyn"].map((on) => `in ${on}`),
  "list",
  "list optional",
  "object",
  "object optional",
  ...["all", "exists", "exists_one", "map", "transformMapEntry"].flatMap((name) => [
    `comprehension ${name} 1`,
    `comprehension ${name} 2`
  ]),
  "comprehension filter 1",
  "comprehension sortBy 1",
  "comprehension transformMap 2",
  ...["list", "object", "dyn"].map((on) => `comprehension over ${on}`),
  "assertBool",
  "typeOf",
  ...["of", "ofNonZeroValue", "hasValue", "value", "orValue", "or", "none"].map((name) => `optional ${name}`),
  "optionalMap",
  "optionalMap flat",
  "bind",
  "dispatch"
].filter((name) => name !== "comprehension transformMapEntry 1")

/** Every function of the table. */
export const functionNames: ReadonlyArray<string> = [
  ...new Set(standardFunctions.map(({ name }) => `function ${name}`))
]

const namesOf = (node: TypedNode): ReadonlyArray<string> => {
  switch (node.op) {
    case "field":
      return [`field ${node.access}`]
    case "index":
      return [`index ${node.on}`]
    case "negate":
      return [`negate ${node.on}`]
    case "and":
    case "or":
      return node.absorb ? [node.op, `${node.op} absorb`] : [node.op]
    case "arithmetic":
      return [`arithmetic ${node.operator} ${node.on}`]
    case "order":
    case "equal":
    case "in":
      return [`${node.op} ${node.on}`]
    case "list":
      return node.items.some(({ optional }) => optional) ? ["list", "list optional"] : ["list"]
    case "object":
      return node.entries.some(({ optional }) => optional) ? ["object", "object optional"] : ["object"]
    case "comprehension":
      return [
        `comprehension ${node.macro} ${node.second === undefined ? 1 : 2}`,
        `comprehension over ${node.on}`
      ]
    case "optional":
      return [`optional ${node.operation}`]
    case "optionalMap":
      return node.flat ? ["optionalMap", "optionalMap flat"] : ["optionalMap"]
    case "call":
      return [`function ${node.name}`]
    case "dispatch":
      return ["dispatch", `function ${node.name}`]
    default:
      return [node.op]
  }
}
