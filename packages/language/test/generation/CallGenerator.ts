import type { FunctionDefinition, Overload, Param } from "../../src/expression/FunctionDefinition.ts"
import { standardFunctions } from "../../src/expression/FunctionTable.ts"
import { elementOf } from "../../src/types/Access.ts"
import { isSubtype } from "../../src/types/Assignability.ts"
import * as Type from "../../src/types/Type.ts"
import { membersOf } from "../../src/types/Union.ts"
import { type GeneratedScope, placeText } from "./GeneratedScope.ts"
import type { Generating, Producer } from "./Generating.ts"
import { method, type Piece, piece } from "./Piece.ts"
import { escaped, patterns, type TextKind, texts } from "./RandomText.ts"

interface Candidate {
  readonly definition: FunctionDefinition
  readonly overload: Overload
}

/** A call of a function of the table whose result is of a type; all functions are equally likely. */
export const call: Producer = (generating, type, depth, scope) => {
  const { random } = generating
  if (random.chance(0.15)) {
    const made = callOnUnion(generating, type, depth, scope)
    if (made !== undefined) return made
  }
  const names = candidatesFor(type, generating.dyn)
  for (let attempt = 0; attempt < 4 && names.length > 0; attempt++) {
    const { definition, overload } = random.pick(random.pick(names))
    const args = argumentTypes(generating, definition, overload, type)
    if (isSubtype(resultOf(overload, args), type))
      return callText(generating, definition, overload, args, depth, scope)
  }
  return undefined
}

/** A call whose overload is only chosen when it runs, as a value may be one thing or another. */
const callOnUnion: Producer = ({ random }, type, _depth, scope) => {
  const [name, kinds] =
    type.kind === "int" && type.values === undefined
      ? ["size", sized]
      : type.kind === "string" && type.values === undefined && type.except === undefined
        ? ["string", written]
        : ["", sized]
  const places = scope.places.filter((place) => {
    const members = membersOf(place.type)
    return members.length > 1 && members.every(({ kind }) => kinds.has(kind))
  })
  return name === "" || places.length === 0
    ? undefined
    : piece(`${name}(${placeText(random, random.pick(places))})`)
}

const sized = new Set<Type.Type["kind"]>(["string", "list", "map", "record"])
const written = new Set<Type.Type["kind"]>(["string", "int", "double", "bool", "timestamp", "duration"])

const resultOf = ({ result }: Overload, args: ReadonlyArray<Type.Type>): Type.Type =>
  typeof result === "function" ? result(args) : result

/** The overloads that may give the type, by function. Kept for types that are asked for again and again. */
const candidatesFor = (type: Type.Type, dyn: boolean): ReadonlyArray<ReadonlyArray<Candidate>> => {
  const cache = dyn ? withDyn : withoutDyn
  const before = cache.get(type)
  if (before !== undefined) return before
  const found = standardFunctions.flatMap((definition) => {
    const candidates = definition.overloads
      .filter(({ result }) => typeof result === "function" || isSubtype(result, type))
      .filter(({ result }) => dyn || typeof result === "function" || !hasDyn(result))
      .map((overload) => ({ definition, overload }))
    return candidates.length === 0 || (typeof candidates[0]?.overload.result === "function" && !isBuilt(type))
      ? []
      : [candidates]
  })
  cache.set(type, found)
  return found
}

const withDyn = new WeakMap<Type.Type, ReadonlyArray<ReadonlyArray<Candidate>>>()
const withoutDyn = new WeakMap<Type.Type, ReadonlyArray<ReadonlyArray<Candidate>>>()

const hasDyn = (type: Type.Type): boolean =>
  type.kind === "dyn" || (type.kind === "list" && hasDyn(type.element))

/** Types that the results of functions are made of. */
const isBuilt = ({ kind }: Type.Type): boolean =>
  kind === "list" ||
  kind === "map" ||
  kind === "record" ||
  kind === "optional" ||
  kind === "int" ||
  kind === "double"

/** Types for the arguments with which the result is likely to be what is wanted. */
const argumentTypes = (
  generating: Generating,
  { name }: FunctionDefinition,
  { params, variadic }: Overload,
  wanted: Type.Type
): ReadonlyArray<Type.Type> => {
  const { random } = generating
  const element =
    wanted.kind === "list" ? wanted.element : wanted.kind === "optional" ? wanted.value : undefined
  const hints = element === undefined ? [wanted] : [element, wanted]
  if (name === "flatten" && element !== undefined) {
    return params.map((param, index) => (index === 0 ? Type.list(Type.list(element)) : param.type))
  }
  const types = params.map((param) => fit(generating, param.type, hints))
  const [only] = types
  return variadic && only !== undefined ? random.several(1, 3, () => only) : types
}

/** A type whose values a parameter takes: one of the hints if possible. */
const fit = (generating: Generating, type: Type.Type, hints: ReadonlyArray<Type.Type>): Type.Type => {
  const { random, types } = generating
  switch (type.kind) {
    case "list":
      return Type.list(fit(generating, elementOf(type).type, hints))
    case "map":
      return (
        hints.find(({ kind }) => kind === "record" || kind === "map") ??
        Type.map(fit(generating, type.value, hints))
      )
    case "dyn":
      return hints.length > 0 && random.chance(0.8) ? random.pick(hints) : types.scalar()
    default:
      return (
        hints.find((hint) => hint.kind !== "never" && hint.kind !== "dyn" && isSubtype(hint, type)) ?? type
      )
  }
}

const callText = (
  generating: Generating,
  definition: FunctionDefinition,
  overload: Overload,
  types: ReadonlyArray<Type.Type>,
  depth: number,
  scope: GeneratedScope
): Piece => {
  const pieces =
    definition.name === "format"
      ? formatArguments(generating, depth, scope)
      : types.map((type, index) => {
          const param = overload.params[Math.min(index, overload.params.length - 1)]
          return argument(generating, definition, param, type, index, depth - 1, scope)
        })
  const [receiver, ...rest] = pieces
  if (definition.style === "method" && receiver !== undefined) {
    return method(receiver, definition.name, ...rest.map(({ text }) => text))
  }
  return piece(`${definition.name}(${pieces.map(({ text }) => text).join(", ")})`)
}

const argument = (
  generating: Generating,
  { name, style }: FunctionDefinition,
  param: Param | undefined,
  type: Type.Type,
  index: number,
  depth: number,
  scope: GeneratedScope
): Piece => {
  const { random } = generating
  if (param?.constant === "regex") return piece(escaped(random.pick(patterns)))
  const kinds = textKinds(name, param?.name ?? "")
  const [first] = kinds
  if (type.kind === "string" && type.values === undefined && first !== undefined && random.chance(0.7)) {
    return piece(escaped(random.pick<string>(texts[random.pick(kinds)])))
  }
  if (type.kind === "int" && index > 0 && random.chance(0.6)) return piece(String(random.below(4)))
  if (name === "lists.range") return piece(String(random.below(5)))
  // A call of literals alone is run when it is checked, and refused when it fails.
  return style === "method" || index === 0
    ? generating.open(type, depth, scope)
    : generating.expression(type, depth, scope)
}

/** What the texts that a parameter takes are. */
const textKinds = (name: string, param: string): ReadonlyArray<TextKind> => {
  if (param === "zone") return ["zone"]
  if (param === "network") return ["cidr"]
  if (param === "ipOrNetwork") return ["ip", "cidr"]
  const group = name.split(".")[0] ?? ""
  return kindsOf.get(name) ?? kindsOf.get(group) ?? []
}

const kindsOf = new Map<string, ReadonlyArray<TextKind>>([
  ["ip", ["ip"]],
  ["timestamp", ["timestamp"]],
  ["duration", ["duration"]],
  ["base64.decode", ["base64"]],
  ["base64.decodeUrl", ["base64"]],
  ["hex.decode", ["hex"]],
  ["json.decode", ["json"]],
  ["defang", ["indicator"]],
  ["refang", ["indicator"]],
  ["ioc.type", ["indicator", "ip"]]
])

/** Clauses with values that they can write: `format` looks at the values only when it runs. */
const formatArguments = (
  generating: Generating,
  depth: number,
  scope: GeneratedScope
): ReadonlyArray<Piece> => {
  const { random } = generating
  const clauses = random.several(0, 3, () => random.pick(formats))
  const values = clauses.map(({ type }) => generating.expression(type, depth - 1, scope).text)
  return [piece(escaped(clauses.map(({ clause }) => clause).join(" – "))), piece(`[${values.join(", ")}]`)]
}

const formats: ReadonlyArray<{ readonly clause: string; readonly type: Type.Type }> = [
  { clause: "%s", type: Type.string },
  { clause: "%s", type: Type.list(Type.int) },
  { clause: "%s", type: Type.timestamp },
  { clause: "%d", type: Type.int },
  { clause: "%.2f", type: Type.double },
  { clause: "%e", type: Type.double },
  { clause: "%x", type: Type.int },
  { clause: "%X", type: Type.string },
  { clause: "%b", type: Type.int },
  { clause: "%o", type: Type.int },
  { clause: "%% %s", type: Type.bool }
]
