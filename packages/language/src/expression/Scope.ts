import type { Type } from "../types/Type.ts"
import { membersOf, union } from "../types/Union.ts"

/** A variable in scope with the type it has at this point. */
export interface Binding {
  readonly name: string
  readonly type: Type
  /** The id of a macro's variable; a variable of the environment has none. */
  readonly local: number | undefined
}

/**
 * What is known of variables where a condition came out one way. Types are computed when they are asked for: most
 * facts are never used. `none` knows nothing.
 */
export type Facts = ReadonlyArray<Fact>

/** The type that a variable has where something is known of it. */
export class Fact {
  readonly name: string
  readonly #compute: () => Type
  #type: Type | undefined

  constructor(name: string, compute: () => Type) {
    this.name = name
    this.#compute = compute
  }

  /** Has anyone relied on this fact? */
  get used(): boolean {
    return this.#type !== undefined
  }

  /** The variable's type, computed once. */
  get type(): Type {
    this.#type ??= this.#compute()
    return this.#type
  }
}

/** Nothing is known. */
export const none: Facts = []

/** What is known after the first facts and then, in the scope they make, the second ones. */
export const followedBy = (first: Facts, second: Facts): Facts => {
  if (first.length === 0) return second
  if (second.length === 0) return first
  return [...first.filter((fact) => !second.some((other) => other.name === fact.name)), ...second]
}

/** What is known when one of the two holds and nobody knows which; both were found in `scope`. */
export const either = (first: Facts, second: Facts, scope: Scope): Facts => {
  if (first.length === 0 || second.length === 0) return none
  const facts: Array<Fact> = []
  for (const fact of first) {
    const twin = second.find((other) => other.name === fact.name)
    if (twin === undefined) continue
    facts.push(
      new Fact(fact.name, () => {
        const type = union([fact.type, twin.type])
        const before = scope.lookup(fact.name)?.type
        return before !== undefined && membersOf(type).length > membersOf(before).length + maxCases
          ? before
          : type
      })
    )
  }
  return facts
}

/**
 * How many cases an alternative may add to a type. `(has(x.a) || b)` makes two of one record, and twenty such in a row
 * would make a million: beyond this, what the alternatives say is forgotten.
 */
const maxCases = 8

/** The variables in scope. Immutable: narrowing and macros make a new scope on top. */
export class Scope {
  readonly #variables: ReadonlyMap<string, Type>
  readonly #above: Frame | undefined

  constructor(variables: ReadonlyMap<string, Type>, above?: Frame) {
    this.#variables = variables
    this.#above = above
  }

  /** What a name stands for here, with the type that it has at this point. */
  lookup(name: string): Binding | undefined {
    for (let frame = this.#above; frame !== undefined; frame = frame.next) {
      if (frame.name === name) return { name, type: frame.source.type, local: frame.local }
    }
    const type = this.#variables.get(name)
    return type === undefined ? undefined : { name, type, local: undefined }
  }

  /** With a macro's variable, which hides others of that name. */
  withLocal(name: string, type: Type, local: number): Scope {
    return new Scope(this.#variables, { name, source: { type }, local, next: this.#above })
  }

  /** With what is known about variables that are in scope. */
  withFacts(facts: Facts): Scope {
    let above = this.#above
    for (const fact of facts) {
      above = { name: fact.name, source: fact, local: this.#localOf(fact.name), next: above }
    }
    return above === this.#above ? this : new Scope(this.#variables, above)
  }

  /** All names, innermost first, each once. */
  names(): ReadonlyArray<string> {
    const names = new Set<string>()
    for (let frame = this.#above; frame !== undefined; frame = frame.next) names.add(frame.name)
    for (const name of this.#variables.keys()) names.add(name)
    return [...names]
  }

  #localOf(name: string): number | undefined {
    for (let frame = this.#above; frame !== undefined; frame = frame.next) {
      if (frame.name === name) return frame.local
    }
    return undefined
  }
}

interface Frame {
  readonly name: string
  readonly source: { readonly type: Type }
  readonly local: number | undefined
  readonly next: Frame | undefined
}
