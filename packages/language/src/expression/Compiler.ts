import { type CodeWriter, type Helper, helpers, isObjects, isPlainKey, localName } from "./CodeWriter.ts"
import { compileComprehension } from "./ComprehensionCode.ts"
import type { Evaluator } from "./Interpreter.ts"
import { compileInside, compileOptional } from "./OptionalCode.ts"
import type {
  ArithmeticNode,
  EqualNode,
  FieldNode,
  InNode,
  ListNode,
  LogicNode,
  ObjectNode,
  TypedNode
} from "./TypedNode.ts"

/**
 * Turns a checked expression into one JavaScript function. Only two kinds of text reach its source: what is written
 * in this file, and strings and numbers through `JSON.stringify`. Everything else (functions of the table, other
 * constants) is passed in. Undefined where the platform forbids code generation, and where macros nest so deeply that
 * the generated functions would need more stack than closures do.
 */
export const compileToJavaScript = (
  node: TypedNode,
  site: (node: TypedNode) => number
): { readonly evaluate: Evaluator; readonly code: string } | undefined => {
  if (!canGenerateCode()) return undefined
  const compiler = new Compiler(site)
  const body = compiler.code(node)
  if (compiler.mostLocals > maxLocals) return undefined
  const code = compiler.program(body)
  // The one place where code is generated, from typed nodes only; what it returns is the function that `program` wrote.
  // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-assignment, typescript/no-unsafe-call
  const evaluate: Evaluator = new Function("h", "k", code)(helpers, compiler.constants)
  return { evaluate, code }
}

/** Each function takes the variables of all macros around it, so the stack grows with the square of their number. */
const maxLocals = 64

let generationAllowed: boolean | undefined

/** False under a content security policy or `--disallow-code-generation-from-strings`. */
const canGenerateCode = (): boolean => {
  if (generationAllowed === undefined) {
    try {
      // Asks whether generation is allowed.
      // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call
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
  /** The most variables of macros that one place sees. */
  mostLocals = 0

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
    this.mostLocals = Math.max(this.mostLocals, this.#locals.length)
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
        return this.call(
          "dispatch",
          [this.#keep(node.overloads), JSON.stringify(node.name), `[${args}]`],
          node
        )
      }
      case "not":
        return `(!${this.code(node.operand)})`
      case "negate": {
        const operand = this.code(node.operand)
        if (node.on === "dyn") return this.call("negate", [operand], node)
        // An int has no negative zero; a double has.
        return node.on === "int" ? `(0-${operand})` : `(-${operand})`
      }
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
        return compileOptional(this, node)
      case "optionalField":
      case "optionalIndex":
      case "optionalMap":
        return `${this.helper("toOptional")}(${compileInside(this, node)})`
      case "bind": {
        const name = localName(node.local)
        const body = this.lift([name], () =>
          this.within([node.local], () => `return ${this.code(node.body)}`)
        )
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
        return Number.isFinite(value) && value >= 0 && !Object.is(value, -0)
          ? JSON.stringify(value)
          : this.#keep(value)
      case "boolean":
        return String(value)
      default:
        return value === null ? "null" : this.#keep(value)
    }
  }

  #variable(node: TypedNode & { readonly op: "variable" }): string {
    const name = JSON.stringify(node.name)
    const read =
      node.name in Object.prototype
        ? `(${this.helper("hasOwn")}(v,${name})?v[${name}]:undefined)`
        : `v[${name}]`
    return `(${read}??${this.call("missingVariable", [read, name], node)})`
  }

  #field(node: FieldNode): string {
    const key = JSON.stringify(node.key)
    const target = this.code(node.target)
    if (node.access === "present") return `${target}[${key}]`
    if (node.access === "null" && isObjects(node.target.type) && isPlainKey(node.key))
      return `(${target}[${key}]??null)`
    return this.call(node.access === "null" ? "nullField" : "lookup", [target, key], node)
  }

  #has(node: TypedNode & { readonly op: "has" }): string {
    const key = JSON.stringify(node.key)
    if (node.target.type.kind === "optional") {
      return `(${this.helper("maybeField")}(${compileInside(this, node.target)},${key})!==undefined)`
    }
    const target = this.code(node.target)
    if (node.dynamic) return this.call("hasField", [target, key], node)
    return isPlainKey(node.key)
      ? `(${target}[${key}]!==undefined)`
      : `${this.helper("hasOwn")}(${target},${key})`
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
    if (!node.absorb)
      return `(${this.code(node.left)}${node.op === "and" ? "&&" : "||"}${this.code(node.right)})`
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
      item.optional
        ? `(x=${compileInside(this, item.value)})!==undefined&&o.push(x);`
        : `o.push(${this.code(item.value)});`
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
        const inner = optional ? compileInside(this, value) : this.code(value)
        return `y=${this.code(key)};x=${inner};${optional ? "if(x!==undefined)" : ""}${put("x")}`
      })
      return `const o={__proto__:null};let x,y;${entries.join("")}return o`
    })([])
  }
}

const intHelpers = {
  "+": "addInt",
  "-": "subtractInt",
  "*": "multiplyInt",
  "/": "divideInt",
  "%": "remainderInt"
} as const satisfies { readonly [operator in ArithmeticNode["operator"]]: Helper }
