import type { Type } from "../types/Type.ts"
import type { FunctionDefinition } from "./FunctionDefinition.ts"
import { standardFunctions } from "./FunctionTable.ts"

/** The functions an expression may call, found by name. Made once for a table, shared by all expressions. */
export class FunctionIndex {
  readonly methods: ReadonlyMap<string, FunctionDefinition>
  readonly functions: ReadonlyMap<string, FunctionDefinition>
  /** `math` for `math.greatest`: what may stand before a dot without being a variable. */
  readonly namespaces: ReadonlySet<string>

  /** Throws when a name is defined twice: that is a mistake of the program, not of an author. */
  constructor(definitions: Iterable<FunctionDefinition>) {
    const methods = new Map<string, FunctionDefinition>()
    const functions = new Map<string, FunctionDefinition>()
    const namespaces = new Set<string>()
    for (const definition of definitions) {
      const table = definition.style === "method" ? methods : functions
      if (table.has(definition.name))
        throw new Error(`the ${definition.style} ${definition.name} is defined twice`)
      table.set(definition.name, definition)
      for (let dot = definition.name.indexOf("."); dot >= 0; dot = definition.name.indexOf(".", dot + 1)) {
        namespaces.add(definition.name.slice(0, dot))
      }
    }
    this.methods = methods
    this.functions = functions
    this.namespaces = namespaces
  }
}

/** What an expression can see: variables with their types, and functions. */
export interface Environment {
  readonly variables: ReadonlyMap<string, Type>
  readonly functions: FunctionIndex
}

/** An environment of the given variables with the language's own functions, unless others are given. */
export const environment = (
  variables: { readonly [name: string]: Type } = {},
  functions: FunctionIndex = standardIndex()
): Environment => ({ variables: new Map(Object.entries(variables)), functions })

let standard: FunctionIndex | undefined

/** The index of `standardFunctions`, built on first use. */
export const standardIndex = (): FunctionIndex => {
  standard ??= new FunctionIndex(standardFunctions)
  return standard
}
