import type { DiagnosticDetails } from "../diagnostics/Diagnostic.ts"
import { suggest } from "../diagnostics/Suggestion.ts"
import { dyn } from "../types/Type.ts"
import { hasDyn } from "../types/Members.ts"
import { didYouMean, helpful } from "./Advice.ts"
import type { Call, Expression } from "./Ast.ts"
import { paramAt, type Resolution, resolveCall } from "./CallResolution.ts"
import type { CheckedCondition, Checking, Offsets } from "./Checking.ts"
import { foldCall } from "./ConstantFolding.ts"
import { describe } from "./FieldChecker.ts"
import { foreignCalls } from "./ForeignWords.ts"
import type { ArgumentShape, FunctionDefinition } from "./FunctionDefinition.ts"
import { show } from "./Lexer.ts"
import { checkMacro, macroNames } from "./MacroChecker.ts"
import {
  checkOptionalFunction,
  checkOptionalMethod,
  optionalFunctions,
  optionalMethods
} from "./OptionalChecker.ts"
import { checkRegex } from "./Regex.ts"
import { none, type Scope } from "./Scope.ts"
import { signatureOf } from "./Signature.ts"
import { checkDyn, checkTypeOf } from "./TypeChecker.ts"
import type { TypedNode } from "./TypedNode.ts"

/** Checks a call: a macro, an operation on optionals, a function (with or without a namespace) or a method. */
export const checkCall = (checking: Checking, call: Call, scope: Scope): CheckedCondition => {
  const macro = checkMacro(checking, call, scope)
  if (macro !== undefined) return macro
  return { node: checkPlainCall(checking, call, scope), whenTrue: none, whenFalse: none }
}

const checkPlainCall = (checking: Checking, call: Call, scope: Scope): TypedNode => {
  const { target } = call
  const name = call.name.text
  if (target === undefined) {
    if (name === "dyn") return checkDyn(checking, call, scope)
    if (name === "type") return checkTypeOf(checking, call, scope)
    return checkFunction(checking, call, name, call.name, scope)
  }
  const namespace = namespaceOf(checking, target, scope)
  if (namespace === "optional") return checkOptionalFunction(checking, call, scope)
  if (namespace !== undefined) {
    return checkFunction(
      checking,
      call,
      `${namespace}.${name}`,
      { start: target.start, end: call.name.end },
      scope
    )
  }
  const receiver = checking.check(target, scope)
  if (optionalMethods.has(name) && mayBeOptional(receiver)) {
    return checkOptionalMethod(checking, call, receiver, scope)
  }
  return checkMethod(checking, call, receiver, scope)
}

const mayBeOptional = (receiver: TypedNode): boolean =>
  receiver.type.kind === "optional" || hasDyn(receiver.type)

/** The dotted name before a call when it is a group of functions and not a variable. */
const namespaceOf = (checking: Checking, target: Expression, scope: Scope): string | undefined => {
  const parts: Array<string> = []
  let current = target
  while (current.kind === "select" && !current.optional) {
    parts.push(current.field.text)
    current = current.target
  }
  if (current.kind !== "identifier" || scope.lookup(current.name) !== undefined) return undefined
  const name = [current.name, ...parts.toReversed()].join(".")
  return name === "optional" || checking.functions.namespaces.has(name) ? name : undefined
}

const checkFunction = (
  checking: Checking,
  call: Call,
  name: string,
  at: Offsets,
  scope: Scope
): TypedNode => {
  const args = call.args.map((arg) => checking.check(arg, scope))
  const definition = checking.functions.functions.get(name)
  if (definition === undefined) return unknownFunction(checking, call, name, at)
  return applyDefinition(checking, call, definition, args)
}

const unknownFunction = (checking: Checking, call: Call, name: string, at: Offsets): TypedNode => {
  const [first] = call.args
  const isMethod = checking.functions.methods.has(name) || macroNames.has(name) || optionalMethods.has(name)
  if (isMethod) {
    const written = first === undefined ? "x" : checking.text(first)
    return checking.invalid(
      "SP1202",
      `${show(name)} is called on a value, not on its own`,
      at,
      { help: `write ${written}.${name}(…)` },
      call
    )
  }
  const names = [...checking.functions.functions.keys(), "has", "dyn", "type", ...optionalFunctions]
  return checking.invalid(
    "SP1202",
    `unknown function ${show(name)}`,
    at,
    foreignHelp(name) ?? didYouMean(name, names, checking.span(at)),
    call
  )
}

const checkMethod = (checking: Checking, call: Call, receiver: TypedNode, scope: Scope): TypedNode => {
  const name = call.name.text
  const definition = checking.functions.methods.get(name)
  if (definition !== undefined) {
    return applyDefinition(checking, call, definition, [
      receiver,
      ...call.args.map((arg) => checking.check(arg, scope))
    ])
  }
  if (name === "") return { op: "invalid", type: dyn, fallible: true, start: call.start, end: call.end }
  // `maths.abs(x)`: the name of the group is what is wrong, and has been reported.
  if (receiver.op === "invalid" && isInGroup(checking, name)) {
    for (const arg of call.args) checking.check(arg, scope)
    return { op: "invalid", type: dyn, fallible: true, start: call.start, end: call.end }
  }
  const details = unknownMethod(checking, call, receiver)
  // What was meant to be a macro binds variables that are not in scope here.
  if (!looksLikeMacro(name)) for (const arg of call.args) checking.check(arg, scope)
  return checking.invalid("SP1202", `unknown method ${show(name)}`, call.name, details, call)
}

const isInGroup = (checking: Checking, name: string): boolean =>
  [...checking.functions.namespaces].some((group) => checking.functions.functions.has(`${group}.${name}`))

const unknownMethod = (checking: Checking, call: Call, receiver: TypedNode): DiagnosticDetails => {
  const name = call.name.text
  if (checking.functions.functions.has(name)) {
    const more = call.args.length > 0 ? ", …" : ""
    return { help: `${name} is a function: write ${name}(${checking.text(receiver)}${more})` }
  }
  const names = [...checking.functions.methods.keys(), ...macroNames, ...optionalMethods]
  return foreignHelp(name) ?? didYouMean(name, names, checking.span(call.name))
}

const foreignHelp = (name: string): DiagnosticDetails | undefined => {
  const word = foreignCalls.get(name)
  return word === undefined ? undefined : { help: `"${name}" is written "${word}"` }
}

const looksLikeMacro = (name: string): boolean => suggest(name, macroNames) !== undefined

const applyDefinition = (
  checking: Checking,
  call: Call,
  definition: FunctionDefinition,
  args: ReadonlyArray<TypedNode>
): TypedNode => {
  // What is wrong inside an argument has been said; what the call makes of it would only repeat it.
  const isBroken = args.some((arg) => arg.op === "invalid")
  const resolution = resolveCall(
    definition,
    args.map((arg) => arg.type)
  )
  const { end, start } = call
  switch (resolution.kind) {
    case "static": {
      const { overload, type } = resolution
      const node: TypedNode = {
        op: "call",
        name: definition.name,
        overload,
        args,
        type,
        fallible: overload.fallible || args.some((arg) => arg.fallible),
        start,
        end
      }
      const isRight =
        !isBroken && checkConstants(checking, definition, args) && verifyArguments(checking, definition, args)
      if (!isRight) return { ...node, fallible: true }
      return foldCall(checking, node)
    }
    case "dynamic": {
      const { overloads, type } = resolution
      if (!isBroken) checkConstants(checking, definition, args)
      return { op: "dispatch", name: definition.name, overloads, args, type, fallible: true, start, end }
    }
    default:
      if (!isBroken || resolution.kind === "count") reportCall(checking, call, definition, args, resolution)
      return { op: "invalid", type: dyn, fallible: true, start, end }
  }
}

/** What the function itself can tell of its arguments before anything runs. */
const verifyArguments = (
  checking: Checking,
  definition: FunctionDefinition,
  args: ReadonlyArray<TypedNode>
): boolean => {
  const problem = definition.verify?.(args.map(shapeOf))
  if (problem === undefined) return true
  const argument = args[problem.argument]
  const item =
    argument?.op === "list" && problem.item !== undefined ? argument.items[problem.item] : undefined
  const at = item?.value ?? argument
  if (at !== undefined) checking.report("SP1206", problem.message, at)
  return false
}

const shapeOf = (arg: TypedNode): ArgumentShape => ({
  type: arg.type,
  literal: arg.op === "constant" ? arg.value : undefined,
  items:
    arg.op === "list" && arg.items.every((item) => !item.optional)
      ? arg.items.map((item) => item.value.type)
      : undefined
})

/** Patterns and other arguments that must be literals. */
const checkConstants = (
  checking: Checking,
  definition: FunctionDefinition,
  args: ReadonlyArray<TypedNode>
): boolean => {
  let isRight = true
  for (const [index, arg] of args.entries()) {
    const constant = definition.overloads.flatMap((overload) => paramAt(overload, index)?.constant ?? [])[0]
    if (constant === undefined) continue
    if (arg.op !== "constant" || typeof arg.value !== "string") {
      checking.report(
        "SP1211",
        `the ${constant === "regex" ? "pattern" : "argument"} of "${definition.name}" must be a literal`,
        arg,
        {
          help: `write the text itself, in quotes: patterns are compiled when the expression is checked`
        }
      )
      isRight = false
      continue
    }
    const problem = constant === "regex" ? checkRegex(arg.value) : undefined
    if (problem === undefined) continue
    const isForeign = /perl|look|reference/i.test(problem)
    checking.report(
      "SP1211",
      problem,
      arg,
      helpful(
        isForeign ? "RE2 has no back-references and no look-around: it always ends in linear time" : undefined
      )
    )
    isRight = false
  }
  return isRight
}

const reportCall = (
  checking: Checking,
  call: Call,
  definition: FunctionDefinition,
  args: ReadonlyArray<TypedNode>,
  problem: Exclude<Resolution, { readonly kind: "static" | "dynamic" }>
): void => {
  const forms = definition.overloads
    .slice(0, 6)
    .map((overload) => ({ message: `it is called as ${signatureOf(definition, overload)}` }))
  const given = definition.style === "method" ? args.slice(1) : args
  if (problem.kind === "count") {
    const count = given.length === 1 ? "1 argument" : `${given.length} arguments`
    checking.report("SP1210", `"${definition.name}" does not take ${count}`, call.name, { notes: forms })
    return
  }
  if (problem.kind === "combination") {
    const types = given.map((arg) => describe(arg.type)).join(", ")
    checking.report("SP1206", `"${definition.name}" does not take (${types}) together`, call.name, {
      notes: forms
    })
    return
  }
  const arg = args[problem.index]
  if (arg === undefined) return
  const isReceiver = definition.style === "method" && problem.index === 0
  const part = describe(problem.part)
  const message = isReceiver
    ? `"${definition.name}" cannot be called on ${part}`
    : `"${definition.name}" does not take ${part} as ${definition.overloads[0]?.params[problem.index]?.name ?? "an argument"}`
  checking.report("SP1206", message, arg, {
    notes: forms,
    ...argumentHelp(checking, arg, problem.part, definition, problem.index)
  })
}

const argumentHelp = (
  checking: Checking,
  arg: TypedNode,
  part: TypedNode["type"],
  definition: FunctionDefinition,
  index: number
): { readonly help?: string } => {
  const written = checking.text(arg)
  if (part.kind === "null") return { help: `guard it: ${written} != null && …` }
  if (part.kind === "optional") return { help: `give a default: ${written}.orValue(…)` }
  const wanted = definition.overloads[0]?.params[index]?.type.kind
  const convertible =
    part.kind === "int" || part.kind === "double" || part.kind === "string" || part.kind === "bool"
  if (
    convertible &&
    (wanted === "string" ||
      wanted === "int" ||
      wanted === "double" ||
      wanted === "timestamp" ||
      wanted === "duration")
  ) {
    return { help: `convert it: ${wanted}(${written})` }
  }
  return {}
}
