import type { Type } from "../types/Type.ts"
import { membersOf } from "../types/Union.ts"
import { compileComprehension } from "./ComprehensionCode.ts"
import type { Evaluator } from "./Interpreter.ts"
import * as operations from "./Operations.ts"
import { dispatch } from "./OverloadCall.ts"
import type {
  ArithmeticNode,
  EqualNode,
  FieldNode,
  InNode,
  ListNode,
  LogicNode,
  ObjectNode,
  OptionalMapNode,
  OptionalNode,
  TypedNode
} from "./TypedNode.ts"
import { Optional } from "./Value.ts"

/**
 * Turns a checked expression into one JavaScript function. Only two kinds of text reach its source: what is written
 * in this file, and strings and numbers through `JSON.stringify`. Everything else (functions of the table, other
 * constants) is passed in. Undefined where the platform forbids code generation.
 */
export const compileToJavaScript = (
  node: TypedNode,
  site: (node: TypedNode) => number
): { readonly evaluate: Evaluator; readonly code: string } | undefined => {
  if (!canGenerateCode()) return undefined
  const compiler = new Compiler(site)
  const body = compiler.code(node)
  const code = compiler.program(body)
  // oxlint-disable-next-line typescript/no-implied-eval -- the one place where code is generated, from typed nodes only
  const make = new Function("h", "k", code)
  const evaluate: Evaluator = make(helpers, compiler.constants)
  return { evaluate, code }
}

/** What generated code is made of; the parts of the compiler share it. */
export interface CodeWriter {
  /** An expression in JavaScript for a node, safe to stand as an operand. */
  code(node: TypedNode): string
  /** A call of a helper that may fail or spend: the node is named just before the call. */
  call(helper: Helper, args: ReadonlyArray<string>, node: TypedNode): string
  /** The name of a helper that cannot fail. */
  helper(name: Helper): string
  site(node: TypedNode): number
  /** A function outside of the expression; sees variables, evaluation and the macros' variables of this place. */
  lift(extra: ReadonlyArray<string>, body: () => string): (args: ReadonlyArray<string>) => string
  /** Makes macro variables visible to functions lifted while `write` runs. */
  within(locals: ReadonlyArray<number>, write: () => string): string
}

const helpers = { ...operations, dispatch, hasOwn: Object.hasOwn, keys: Object.keys, None: Optional.none, Optional }

export type Helper = keyof typeof helpers

let generationAllowed: boolean | undefined

/** False under a content security policy or `--disallow-code-generation-from-strings`. */
const canGenerateCode = (): boolean => {
  if (generationAllowed === undefined) {
    try {
      // oxlint-disable-next-line typescript/no-implied-eval -- asks whether generation is allowed
      generationAllowed = new Function("return true")() === true
    } catch {
      generationAllowed = false
    }
  }
  return generationAllowed
}

class Compiler implements CodeWriter {
  readonly constants: Array<unknown> = []
  readonly #site: (node: TypedNode) => number
  readonly #used = new Set<Helper>()
  readonly #functions: Array<string> = []
  #locals: ReadonlyArray<number> = []

  constructor(site: (node: TypedNode) => number) {
    this.#site = site
  }

  program(body: string): string {
    const names = [...this.#used].map((name) => `${name}=h.${name}`)
    const constants = this.constants.map((_, index) => `k${index}=k[${index}]`)
    const declared = [...names, ...constants]
    const head = declared.length === 0 ? "" : `const ${declared.join(",")};`
    return `"use strict";${head}${this.#functions.join("")}return function(v,c){return ${body}}`
  }

  site(node: TypedNode): number {
    return this.#site(node)
  }

  helper(name: Helper): string {
    this.#used.add(name)
    return name
  }

  call(helper: Helper, args: ReadonlyArray<string>, node: TypedNode): string {
    return `${this.helper(helper)}(${[...args, this.#here(node)].join(",")})`
  }

  lift(extra: ReadonlyArray<string>, body: () => string): (args: ReadonlyArray<string>) => string {
    const captured = this.#locals.map(localName)
    const text = body()
    const name = `f${this.#functions.length}`
    this.#functions.push(`function ${name}(${[...extra, "v", "c", ...captured].join(",")}){${text}}`)
    return (args) => `${name}(${[...args, "v", "c", ...captured].join(",")})`
  }

  within(locals: ReadonlyArray<number>, write: () => string): string {
    const before = this.#locals
    this.#locals = [...before, ...locals]
    const text = write()
    this.#locals = before
    return text
  }

  code(node: TypedNode): string {
    switch (node.op) {
      case "constant":
        return this.#constant(node.value)
      case "variable":
        return this.#variable(node)
      case "local":
        return localName(node.id)
      case "field":
        return this.#field(node)
      case "has":
        return this.#has(node)
      case "index":
        return this.#index(node)
      case "call":
        return this.#call(node)
      case "dispatch": {
        const args = node.args.map((arg) => this.code(arg)).join(",")
        return this.call("dispatch", [this.#keep(node.overloads), JSON.stringify(node.name), `[${args}]`], node)
      }
      case "not":
        return `(!${this.code(node.operand)})`
      case "negate":
        return node.on === "number"
          ? `(0-${this.code(node.operand)})`
          : this.call("negate", [this.code(node.operand)], node)
      case "and":
      case "or":
        return this.#logic(node)
      case "conditional":
        return `(${this.code(node.condition)}?${this.code(node.consequent)}:${this.code(node.alternate)})`
      case "arithmetic":
        return this.#arithmetic(node)
      case "order": {
        const [left, right] = [this.code(node.left), this.code(node.right)]
        if (node.on === "number") return `(${left}${node.operator}${right})`
        return this.call("order", [JSON.stringify(node.operator), left, right], node)
      }
      case "equal":
        return this.#equal(node)
      case "in":
        return this.#in(node)
      case "list":
        return this.#list(node)
      case "object":
        return this.#object(node)
      case "comprehension":
        return compileComprehension(this, node)
      case "assertBool":
        return this.call("assertBool", [this.code(node.operand)], node)
      case "typeOf":
        return this.call("typeOf", [this.code(node.operand)], node)
      case "optional":
        return this.#optional(node)
      case "optionalField":
      case "optionalIndex":
      case "optionalMap":
        return `${this.helper("toOptional")}(${this.#inside(node)})`
      case "bind": {
        const name = localName(node.local)
        const body = this.lift([name], () => this.within([node.local], () => `return ${this.code(node.body)}`))
        return body([this.code(node.value)])
      }
      case "invalid":
        throw new Error("an expression that did not pass its check cannot be compiled")
    }
  }

  /** The last argument of a helper: names the node, then gives the evaluation. Arguments are evaluated in order. */
  #here(node: TypedNode): string {
    return `(c.site=${this.#site(node)},c)`
  }

  #keep(value: unknown): string {
    const known = this.constants.indexOf(value)
    return `k${known >= 0 ? known : this.constants.push(value) - 1}`
  }

  #constant(value: unknown): string {
    switch (typeof value) {
      case "string":
        return JSON.stringify(value)
      case "number":
        // A negative number would run into a minus before it, and JSON has no infinities.
        return Number.isFinite(value) && value >= 0 && !Object.is(value, -0) ? JSON.stringify(value) : this.#keep(value)
      case "boolean":
        return String(value)
      default:
        return value === null ? "null" : this.#keep(value)
    }
  }

  #variable(node: TypedNode & { readonly op: "variable" }): string {
    const name = JSON.stringify(node.name)
    const read = node.name in Object.prototype ? `(${this.helper("hasOwn")}(v,${name})?v[${name}]:undefined)` : `v[${name}]`
    return `(${read}??${this.call("missingVariable", [read, name], node)})`
  }

  #field(node: FieldNode): string {
    const key = JSON.stringify(node.key)
    const target = this.code(node.target)
    if (node.access === "present") return `${target}[${key}]`
    if (node.access === "null" && isObjects(node.target.type) && isPlainKey(node.key)) return `(${target}[${key}]??null)`
    return this.call(node.access === "null" ? "nullField" : "lookup", [target, key], node)
  }

  #has(node: TypedNode & { readonly op: "has" }): string {
    const key = JSON.stringify(node.key)
    if (node.target.type.kind === "optional") {
      return `(${this.helper("maybeField")}(${this.#inside(node.target)},${key})!==undefined)`
    }
    const target = this.code(node.target)
    if (node.dynamic) return this.call("hasField", [target, key], node)
    return isPlainKey(node.key) ? `(${target}[${key}]!==undefined)` : `${this.helper("hasOwn")}(${target},${key})`
  }

  #index(node: TypedNode & { readonly op: "index" }): string {
    const helper = node.on === "list" ? "listElement" : node.on === "object" ? "objectElement" : "element"
    return this.call(helper, [this.code(node.target), this.code(node.index)], node)
  }

  #call(node: TypedNode & { readonly op: "call" }): string {
    const args = node.args.map((arg) => this.code(arg))
    const given = node.overload.variadic ? [`[${args.join(",")}]`] : args
    // The implementation alone is a constant; calling it through the overload would make it a method.
    return `${this.#keep(node.overload.evaluate)}(${[...given, this.#here(node)].join(",")})`
  }

  #logic(node: LogicNode): string {
    if (!node.absorb) return `(${this.code(node.left)}${node.op === "and" ? "&&" : "||"}${this.code(node.right)})`
    const decided = node.op === "or"
    const decides = (text: string) => (decided ? text : `!${text}`)
    const absorb = this.helper("absorb")
    const call = this.lift([], () => {
      const left = this.code(node.left)
      const right = this.code(node.right)
      return (
        `let e;try{if(${decides(left)})return ${decided}}catch(x){e=${absorb}(x)}` +
        `if(${decides(right)})return ${decided};if(e!==undefined)throw e;return ${!decided}`
      )
    })
    return call([])
  }

  #arithmetic(node: ArithmeticNode): string {
    const { left, on, operator, right } = node
    const args = [this.code(left), this.code(right)]
    switch (on) {
      case "double":
        return `(${args.join(operator)})`
      case "int":
        return this.call(intHelpers[operator], args, node)
      case "string":
        return this.call("concatenate", args, node)
      case "list":
        return this.call("concatenateLists", args, node)
      case "dyn":
        return this.call("arithmetic", [JSON.stringify(operator), ...args], node)
    }
  }

  #equal(node: EqualNode): string {
    const args = [this.code(node.left), this.code(node.right)]
    if (node.on === "scalar") return `(${args.join(node.negated ? "!==" : "===")})`
    return `${node.negated ? "(!" : "("}${this.call("equals", args, node)})`
  }

  #in(node: InNode): string {
    const { left, on, right } = node
    if (on === "scalars" && right.op === "list") {
      const literals = right.items.flatMap((item) => (item.value.op === "constant" ? [item.value.value] : []))
      if (literals.length === right.items.length) return this.#inLiterals(this.code(left), literals)
    }
    const args = [this.code(left), this.code(right)]
    if (on === "object") return `${this.helper("inObject")}(${args.join(",")})`
    return this.call(on === "scalars" ? "inScalars" : on === "list" ? "inList" : "isIn", args, node)
  }

  #inLiterals(value: string, literals: ReadonlyArray<unknown>): string {
    if (literals.length > 8) return `${this.#keep(new Set(literals))}.has(${value})`
    const tests = literals.map((literal) => `x===${this.#constant(literal)}`)
    return this.lift(["x"], () => `return ${tests.length === 0 ? "false" : tests.join("||")}`)([value])
  }

  #list(node: ListNode): string {
    if (node.items.every((item) => !item.optional)) {
      return `[${node.items.map((item) => this.code(item.value)).join(",")}]`
    }
    const items = node.items.map((item) =>
      item.optional ? `(x=${this.#inside(item.value)})!==undefined&&o.push(x);` : `o.push(${this.code(item.value)});`
    )
    return this.lift([], () => `const o=[];let x;${items.join("")}return o`)([])
  }

  #object(node: ObjectNode): string {
    const isPlain = node.entries.every(
      ({ key, optional }) => !optional && key.op === "constant" && typeof key.value === "string"
    )
    if (isPlain) {
      // A computed key: "__proto__" written as one is an ordinary key.
      const entries = node.entries.map(({ key, value }) => `[${this.code(key)}]:${this.code(value)}`)
      return `({${["__proto__:null", ...entries].join(",")}})`
    }
    return this.lift([], () => {
      const entries = node.entries.map(({ key, optional, value }) => {
        const put = (text: string) => `${this.call("putKey", ["o", "y", text], node)};`
        const inner = optional ? this.#inside(value) : this.code(value)
        return `y=${this.code(key)};x=${inner};${optional ? "if(x!==undefined)" : ""}${put("x")}`
      })
      return `const o={__proto__:null};let x,y;${entries.join("")}return o`
    })([])
  }

  #optional(node: OptionalNode): string {
    const [target, other] = node.args
    if (target === undefined) return this.helper("None")
    switch (node.operation) {
      case "hasValue":
        return `(${this.#inside(target)}!==undefined)`
      case "value":
        return this.call("valueOfOptional", [this.#inside(target)], node)
      case "orValue":
        return this.#orValue(target, other)
      default:
        return `${this.helper("toOptional")}(${this.#inside(node)})`
    }
  }

  #orValue(target: TypedNode, other: TypedNode | undefined): string {
    const inner = this.#inside(target)
    const fallback = other === undefined ? "null" : this.code(other)
    // A null inside is a value; only undefined is nothing.
    const mayBeNull = membersOf(insideType(target.type)).some((member) => member.kind === "null" || member.kind === "dyn")
    if (!mayBeNull) return `(${inner}??${fallback})`
    return this.lift(["x"], () => `return x!==undefined?x:${fallback}`)([inner])
  }

  /** The inside of a node whose type is an optional: a value, or undefined where there is none. */
  #inside(node: TypedNode): string {
    switch (node.op) {
      case "optionalField": {
        const target = node.target.type.kind === "optional" ? this.#inside(node.target) : this.code(node.target)
        const key = JSON.stringify(node.key)
        const isPlain = isPlainKey(node.key) && isObjects(insideType(node.target.type))
        return isPlain ? `${target}?.[${key}]` : `${this.helper("maybeField")}(${target},${key})`
      }
      case "optionalIndex": {
        const target = node.target.type.kind === "optional" ? this.#inside(node.target) : this.code(node.target)
        return `${this.helper("maybeElement")}(${target},${this.code(node.index)})`
      }
      case "optionalMap":
        return this.#insideMapped(node)
      case "optional":
        return this.#insideOptional(node)
      default: {
        const code = this.code(node)
        return node.type.kind === "optional" ? `${code}.value` : this.call("inside", [code], node)
      }
    }
  }

  #insideMapped(node: OptionalMapNode): string {
    const name = localName(node.local)
    return this.lift([name], () => {
      const body = this.within([node.local], () => (node.flat ? this.#inside(node.body) : this.code(node.body)))
      return `return ${name}===undefined?undefined:${body}`
    })([this.#inside(node.target)])
  }

  #insideOptional(node: OptionalNode): string {
    const [target, other] = node.args
    if (target === undefined) return "undefined"
    switch (node.operation) {
      case "of":
        return this.code(target)
      case "ofNonZeroValue":
        return `${this.helper("nonZero")}(${this.code(target)})`
      case "or": {
        const fallback = other === undefined ? "undefined" : this.#inside(other)
        return this.lift(["x"], () => `return x!==undefined?x:${fallback}`)([this.#inside(target)])
      }
      default: {
        const code = this.code(node)
        return node.type.kind === "optional" ? `${code}.value` : this.call("inside", [code], node)
      }
    }
  }
}

/** The name of a macro's variable in generated code. */
export const localName = (id: number): string => `l${id}`

const intHelpers = {
  "+": "addInt",
  "-": "subtractInt",
  "*": "multiplyInt",
  "/": "divideInt",
  "%": "remainderInt"
} as const satisfies { readonly [operator in ArithmeticNode["operator"]]: Helper }

/** Is a key never found on `Object.prototype`? Then reading it is as good as asking for an own key first. */
const isPlainKey = (key: string): boolean => !(key in Object.prototype)

const isObjects = (type: Type): boolean =>
  membersOf(type).every((member) => member.kind === "record" || member.kind === "map" || member.kind === "null")

const insideType = (type: Type): Type => (type.kind === "optional" ? type.value : type)
