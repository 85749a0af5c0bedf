import type { Evaluation, EvaluationFailure } from "./Evaluation.ts"
import * as operations from "./Operations.ts"
import { applyOverload, dispatch } from "./OverloadCall.ts"
import type {
  ArithmeticNode,
  ComprehensionNode,
  IndexNode,
  InNode,
  ListNode,
  LogicNode,
  ObjectNode,
  OptionalNode,
  TypedNode
} from "./TypedNode.ts"
import { emptyObject, isList, Optional, type Value } from "./Value.ts"

/** A checked expression as a closure: the variables by name, and the evaluation under way. */
export type Evaluator = (variables: Variables, evaluation: Evaluation) => Value

/** The values of an environment's variables, read by own keys. */
export type Variables = { readonly [name: string]: Value }

/**
 * Turns a checked expression into closures. It is the reference for the generated code, and what runs where code
 * generation is forbidden. `site` numbers a node for error messages.
 */
export const interpret = (node: TypedNode, site: (node: TypedNode) => number): Evaluator => {
  const run = new Interpreter(site).closure(node)
  return (variables, evaluation) => run({ variables, locals: [], evaluation })
}

interface Frame {
  readonly variables: Variables
  readonly locals: Array<Value>
  readonly evaluation: Evaluation
}

type Closure = (frame: Frame) => Value

class Interpreter {
  readonly #site: (node: TypedNode) => number

  constructor(site: (node: TypedNode) => number) {
    this.#site = site
  }

  closure(node: TypedNode): Closure {
    switch (node.op) {
      case "constant": {
        const { value } = node
        return () => value
      }
      case "variable": {
        const { name } = node
        return this.#at(node, ({ evaluation, variables }) => {
          return operations.missingVariable(
            Object.hasOwn(variables, name) ? variables[name] : undefined,
            name,
            evaluation
          )
        })
      }
      case "local": {
        const { id } = node
        return ({ locals }) => locals[id] ?? null
      }
      case "field":
        return this.#field(node)
      case "has": {
        const target = this.closure(node.target)
        return this.#with(node, target, (value, frame) =>
          operations.hasField(value, node.key, frame.evaluation)
        )
      }
      case "optionalField": {
        const target = this.closure(node.target)
        return (frame) => operations.toOptional(operations.maybeField(target(frame), node.key))
      }
      case "index":
        return this.#index(node)
      case "optionalIndex": {
        const target = this.closure(node.target)
        const index = this.closure(node.index)
        return (frame) => operations.toOptional(operations.maybeElement(target(frame), index(frame)))
      }
      case "call": {
        const { overload } = node
        return this.#withAll(node, node.args, (args, frame) =>
          applyOverload(overload, args, frame.evaluation)
        )
      }
      case "dispatch": {
        const { name, overloads } = node
        return this.#withAll(node, node.args, (args, frame) =>
          dispatch(overloads, name, args, frame.evaluation)
        )
      }
      case "not": {
        const operand = this.closure(node.operand)
        return (frame) => operand(frame) === false
      }
      case "negate": {
        const { on } = node
        return this.#with(node, this.closure(node.operand), (value, frame) =>
          on === "double" && typeof value === "number" ? -value : operations.negate(value, frame.evaluation)
        )
      }
      case "and":
      case "or":
        return this.#logic(node)
      case "conditional": {
        const condition = this.closure(node.condition)
        const consequent = this.closure(node.consequent)
        const alternate = this.closure(node.alternate)
        return (frame) => (condition(frame) === true ? consequent(frame) : alternate(frame))
      }
      case "arithmetic":
        return this.#arithmetic(node)
      case "order": {
        const { operator } = node
        return this.#withBoth(node, node.left, node.right, (left, right, frame) =>
          operations.order(operator, left, right, frame.evaluation)
        )
      }
      case "equal": {
        const { negated } = node
        return this.#withBoth(
          node,
          node.left,
          node.right,
          (left, right, frame) => operations.equals(left, right, frame.evaluation) !== negated
        )
      }
      case "in":
        return this.#in(node)
      case "list":
        return this.#list(node)
      case "object":
        return this.#object(node)
      case "comprehension":
        return this.#comprehension(node)
      case "assertBool":
        return this.#with(node, this.closure(node.operand), (value, frame) =>
          operations.assertBool(value, frame.evaluation)
        )
      case "typeOf":
        return this.#with(node, this.closure(node.operand), (value, frame) =>
          operations.typeOf(value, frame.evaluation)
        )
      case "optional":
        return this.#optional(node)
      case "optionalMap": {
        const { flat, local } = node
        const target = this.#inside(node.target)
        const body = flat ? this.#inside(node.body) : this.closure(node.body)
        return (frame) => {
          const inner = target(frame)
          if (inner === undefined) return Optional.none
          frame.locals[local] = inner
          return operations.toOptional(body(frame))
        }
      }
      case "bind": {
        const { local } = node
        const value = this.closure(node.value)
        const body = this.closure(node.body)
        return (frame) => {
          frame.locals[local] = value(frame)
          return body(frame)
        }
      }
      case "invalid":
        throw new Error("an expression that did not pass its check cannot be run")
    }
  }

  /** Names the node as the one that is evaluated, then runs `closure`. */
  #at(node: TypedNode, closure: Closure): Closure {
    const site = this.#site(node)
    return (frame) => {
      frame.evaluation.site = site
      return closure(frame)
    }
  }

  #with(node: TypedNode, operand: Closure, apply: (value: Value, frame: Frame) => Value): Closure {
    const site = this.#site(node)
    return (frame) => {
      const value = operand(frame)
      frame.evaluation.site = site
      return apply(value, frame)
    }
  }

  #withBoth(
    node: TypedNode,
    leftNode: TypedNode,
    rightNode: TypedNode,
    apply: (left: Value, right: Value, frame: Frame) => Value
  ): Closure {
    const site = this.#site(node)
    const left = this.closure(leftNode)
    const right = this.closure(rightNode)
    return (frame) => {
      const a = left(frame)
      const b = right(frame)
      frame.evaluation.site = site
      return apply(a, b, frame)
    }
  }

  #withAll(
    node: TypedNode,
    argNodes: ReadonlyArray<TypedNode>,
    apply: (args: ReadonlyArray<Value>, frame: Frame) => Value
  ): Closure {
    const site = this.#site(node)
    const args = argNodes.map((arg) => this.closure(arg))
    return (frame) => {
      const values = args.map((arg) => arg(frame))
      frame.evaluation.site = site
      return apply(values, frame)
    }
  }

  #field(node: TypedNode & { readonly op: "field" }): Closure {
    const { access, key } = node
    return this.#with(node, this.closure(node.target), (target, frame) =>
      access === "null"
        ? operations.nullField(target, key, frame.evaluation)
        : operations.lookup(target, key, frame.evaluation)
    )
  }

  #index(node: IndexNode): Closure {
    return this.#withBoth(node, node.target, node.index, (target, index, frame) =>
      operations.element(target, index, frame.evaluation)
    )
  }

  #logic(node: LogicNode): Closure {
    const left = this.closure(node.left)
    const right = this.closure(node.right)
    const decisive = node.op === "or"
    if (!node.absorb) return (frame) => (left(frame) === decisive ? decisive : right(frame))
    return (frame) => {
      let failure: EvaluationFailure | undefined
      try {
        if (left(frame) === decisive) return decisive
      } catch (error) {
        failure = operations.absorb(error)
      }
      if (right(frame) === decisive) return decisive
      if (failure !== undefined) throw failure
      return !decisive
    }
  }

  #arithmetic(node: ArithmeticNode): Closure {
    const { operator } = node
    return this.#withBoth(node, node.left, node.right, (left, right, { evaluation }) => {
      if (typeof left !== "number" || typeof right !== "number") {
        return operations.arithmetic(operator, left, right, evaluation)
      }
      if (node.on === "int") return operations.intArithmetic(operator, left, right, evaluation)
      return node.on === "double"
        ? operations.doubleArithmetic(operator, left, right)
        : operations.arithmetic(operator, left, right, evaluation)
    })
  }

  #in(node: InNode): Closure {
    const isLiteral =
      node.right.op === "list" && node.right.items.every((item) => item.value.op === "constant")
    return this.#withBoth(node, node.left, node.right, (left, right, { evaluation }) => {
      if (node.on === "scalars" && isList(right)) {
        return isLiteral ? right.indexOf(left) >= 0 : operations.inScalars(left, right, evaluation)
      }
      return operations.isIn(left, right, evaluation)
    })
  }

  #list(node: ListNode): Closure {
    const items = node.items.map(({ optional, value }) =>
      optional ? this.#inside(value) : this.closure(value)
    )
    return (frame) => {
      const out: Array<Value> = []
      for (const run of items) {
        const value = run(frame)
        if (value !== undefined) out.push(value)
      }
      return out
    }
  }

  #object(node: ObjectNode): Closure {
    const site = this.#site(node)
    const entries = node.entries.map(({ key, optional, value }) => ({
      key: this.closure(key),
      value: optional ? this.#inside(value) : this.closure(value)
    }))
    return (frame) => {
      const out = emptyObject()
      for (const entry of entries) {
        const key = entry.key(frame)
        const value = entry.value(frame)
        frame.evaluation.site = site
        if (value !== undefined) operations.putKey(out, key, value, frame.evaluation)
      }
      return out
    }
  }

  #optional(node: OptionalNode): Closure {
    const [target, other] = node.args
    if (target === undefined) return () => Optional.none
    // Each operand is turned into one closure: two of each would double with every level.
    if (node.operation === "of" || node.operation === "ofNonZeroValue") {
      return this.#with(node, this.closure(target), (value, { evaluation }) =>
        node.operation === "of"
          ? new Optional(value)
          : operations.toOptional(operations.nonZero(value, evaluation))
      )
    }
    const inside = this.#inside(target)
    switch (node.operation) {
      case "hasValue":
        return (frame) => inside(frame) !== undefined
      case "value": {
        const site = this.#site(node)
        return (frame) => {
          const inner = inside(frame)
          frame.evaluation.site = site
          return operations.valueOfOptional(inner, frame.evaluation)
        }
      }
      case "orValue": {
        const fallback = other === undefined ? () => null : this.closure(other)
        return (frame) => {
          const inner = inside(frame)
          return inner === undefined ? fallback(frame) : inner
        }
      }
      default: {
        const fallback = other === undefined ? () => undefined : this.#inside(other)
        return (frame) => {
          const inner = inside(frame)
          return operations.toOptional(inner === undefined ? fallback(frame) : inner)
        }
      }
    }
  }

  /** What is inside of an optional. Where the types left open whether it is one, the operand is what fails. */
  #inside(node: TypedNode): (frame: Frame) => Value | undefined {
    const run = this.closure(node)
    const site = this.#site(node)
    return (frame) => {
      const value = run(frame)
      frame.evaluation.site = site
      return operations.inside(value, frame.evaluation)
    }
  }

  #comprehension(node: ComprehensionNode): Closure {
    const site = this.#site(node)
    const range = this.closure(node.range)
    const walk = this.#walk(node)
    return (frame) => {
      const target = range(frame)
      frame.evaluation.site = site
      // A list's indices need not be listed where the types say that it is one.
      const keys =
        node.second === undefined || (node.on === "list" && isList(target))
          ? operations.elements(target, frame.evaluation)
          : operations.indices(target, frame.evaluation)
      return walk(frame, target, keys)
    }
  }

  #walk(node: ComprehensionNode): (frame: Frame, range: Value, keys: ReadonlyArray<Value>) => Value {
    const site = this.#site(node)
    const predicate = node.predicate === undefined ? undefined : this.closure(node.predicate)
    const body = node.body === undefined ? undefined : this.closure(node.body)
    const { cost, first, macro, second } = node
    return (frame, range, keys) => {
      const { evaluation, locals } = frame
      const out: Array<Value> = []
      const object = emptyObject()
      let failure: EvaluationFailure | undefined
      let count = 0
      for (const [position, item] of keys.entries()) {
        evaluation.left -= cost
        if (evaluation.left < 0) evaluation.exhausted(site)
        const key = second !== undefined && keys === range ? position : item
        locals[first] = key
        if (second !== undefined) locals[second] = operations.element(range, key, evaluation)
        if (macro === "all" || macro === "exists") {
          const decisive = macro === "exists"
          try {
            if (predicate?.(frame) === decisive) return decisive
          } catch (error) {
            failure ??= operations.absorb(error)
          }
          continue
        }
        if (predicate !== undefined && predicate(frame) !== true) continue
        count++
        const value = body?.(frame)
        evaluation.site = site
        if (macro === "transformMap") operations.putKey(object, key, value ?? null, evaluation)
        else if (macro === "transformMapEntry") operations.putEntry(object, value ?? null, evaluation)
        else if (macro === "filter") out.push(key)
        else if (value !== undefined) out.push(value)
      }
      if (failure !== undefined) throw failure
      evaluation.site = site
      switch (macro) {
        case "all":
          return true
        case "exists":
          return false
        case "exists_one":
          return count === 1
        case "transformMap":
        case "transformMapEntry":
          return object
        case "sortBy":
          return operations.sortedBy(keys, out, evaluation)
        default:
          return out
      }
    }
  }
}
