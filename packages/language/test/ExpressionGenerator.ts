import * as Type from "../src/types/Type.ts"
import { nullable, union } from "../src/types/Union.ts"
import type { Value } from "../src/expression/Value.ts"
import { call } from "./generation/CallGenerator.ts"
import { GeneratedScope, placeText } from "./generation/GeneratedScope.ts"
import type { Generating, Producer } from "./generation/Generating.ts"
import { guarded, unguarded } from "./generation/GuardGenerator.ts"
import { literal } from "./generation/LiteralGenerator.ts"
import { bind, macro } from "./generation/MacroGenerator.ts"
import { conditional, operator, part } from "./generation/OperatorGenerator.ts"
import { optional } from "./generation/OptionalGenerator.ts"
import { type Piece, piece } from "./generation/Piece.ts"
import { Random } from "./generation/Random.ts"
import { RandomType } from "./generation/RandomType.ts"
import { escaped, texts } from "./generation/RandomText.ts"
import { randomValue } from "./generation/RandomValue.ts"

/** Variables with their types, expressions over them, and data. Everything depends on the seed alone. */
export class ExpressionGenerator implements Generating {
  readonly random: Random
  readonly types: RandomType
  readonly dyn: boolean
  readonly variables: ReadonlyMap<string, Type.Type>
  readonly #scope: GeneratedScope

  /** Without `dyn`, the types of everything are known. */
  constructor(seed: number, options: { readonly dyn: boolean }) {
    this.random = new Random(seed)
    this.dyn = options.dyn
    this.types = new RandomType(this.random, options.dyn)
    this.variables = this.#variables()
    this.#scope = new GeneratedScope(this.variables)
  }

  /** The text of an expression that should pass the check. */
  text(): string {
    const { random } = this
    const type = random.chance(0.5) ? random.pick(results) : this.types.any(2)
    return this.expression(type, 2 + random.below(4), this.#scope).text
  }

  /** Data: a value for each variable. */
  data(): { readonly [name: string]: Value } {
    return Object.fromEntries(
      [...this.variables].map(([name, type]): [string, Value] => [name, randomValue(this.random, type)])
    )
  }

  expression(type: Type.Type, depth: number, scope: GeneratedScope): Piece {
    const { random } = this
    if (this.dyn && type.kind !== "dyn" && random.chance(0.05)) return this.#unknown(type, depth, scope)
    if (depth <= 0 || random.chance(0.15)) return this.#leaf(type, depth, scope)
    if (type.kind === "union" && random.chance(0.6)) {
      return this.expression(random.pick(type.members), depth, scope)
    }
    for (let attempt = 0; attempt < 4; attempt++) {
      const producer = random.pick(type.kind === "bool" ? conditionProducers : producers)
      const made = producer(this, type, depth, scope)
      if (made !== undefined) return made
    }
    return this.#leaf(type, depth, scope)
  }

  open(type: Type.Type, depth: number, scope: GeneratedScope): Piece {
    const { random } = this
    const places = scope.fitting(type)
    if (places.length > 0 && random.chance(depth > 0 ? 0.5 : 1))
      return piece(placeText(random, random.pick(places)))
    return this.expression(type, depth, scope)
  }

  variable(): string {
    return this.random.pick(["x", "y", "e", "k", "record", "text", "toString"])
  }

  #leaf(type: Type.Type, depth: number, scope: GeneratedScope): Piece {
    const { random } = this
    const places = scope.fitting(type)
    if (places.length > 0 && random.chance(0.7)) return piece(placeText(random, random.pick(places)))
    return literal(this, type, Math.max(0, depth), scope)
  }

  /** Something of unknown type, that gives the type's values or, seldom, anything. */
  #unknown(type: Type.Type, depth: number, scope: GeneratedScope): Piece {
    const { random } = this
    if (random.chance(0.06)) return piece(`json.decode(${escaped(random.pick<string>(texts.json))})`)
    const places = random.chance(0.2) ? scope.fitting(Type.dyn).filter(({ type }) => type.kind === "dyn") : []
    if (places.length > 0) return piece(placeText(random, random.pick(places)))
    return piece(`dyn(${this.expression(type, depth - 1, scope).text})`)
  }

  #variables(): ReadonlyMap<string, Type.Type> {
    const { random, types } = this
    const element = types.discriminated(1)
    const variables: Array<readonly [string, Type.Type]> = [
      ["record", types.record(2)],
      ["choice", types.discriminated(1)],
      ["choices", Type.list(element)],
      ["maybe", nullable(types.record(1))],
      ["mixed", union([Type.int, Type.string, Type.list(Type.int)])],
      ["container", union([Type.list(Type.string), Type.map(Type.int)])],
      ["open", Type.map(types.any(1))],
      ["numbers", Type.list(random.chance(0.5) ? Type.int : Type.double)],
      ["texts", Type.list(Type.string)],
      ["n", Type.int],
      ["d", Type.double],
      ["text", Type.string],
      ["flag", Type.bool],
      ["since", Type.timestamp],
      ["span", Type.duration],
      ["toString", types.any(1)],
      ["other", types.any(3)],
      ...(this.dyn
        ? ([
            ["any", Type.dyn],
            ["anything", Type.dyn]
          ] as const)
        : [])
    ]
    return new Map(random.shuffle(variables).slice(0, 6 + random.below(12)))
  }
}

const results: ReadonlyArray<Type.Type> = [
  Type.bool,
  Type.bool,
  Type.int,
  Type.double,
  Type.string,
  Type.timestamp,
  Type.duration,
  Type.typeType,
  Type.list(Type.int),
  Type.list(Type.string),
  Type.map(Type.string),
  Type.optional(Type.string)
]

/** Repeated ones are likelier; those for conditions are mostly operators and guards. */
const producers: ReadonlyArray<Producer> = [
  call,
  call,
  call,
  operator,
  operator,
  operator,
  guarded,
  guarded,
  unguarded,
  macro,
  macro,
  optional,
  optional,
  part,
  bind,
  conditional,
  (generating, type, depth, scope) => literal(generating, type, depth, scope)
]

const conditionProducers: ReadonlyArray<Producer> = [
  operator,
  operator,
  operator,
  operator,
  operator,
  guarded,
  guarded,
  guarded,
  macro,
  macro,
  call,
  call,
  part,
  bind,
  conditional
]
