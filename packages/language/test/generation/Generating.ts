import type { Type } from "../../src/types/Type.ts"
import type { GeneratedScope } from "./GeneratedScope.ts"
import type { Piece } from "./Piece.ts"
import type { Random } from "./Random.ts"
import type { RandomType } from "./RandomType.ts"

/** What the parts of the generator need of the whole. */
export interface Generating {
  readonly random: Random
  readonly types: RandomType
  /** May values of unknown type occur? */
  readonly dyn: boolean
  /** An expression whose values are all of the type, or which is `dyn` and gives one of the type when it runs. */
  expression(type: Type, depth: number, scope: GeneratedScope): Piece
  /** An expression that is not a literal where there is one, so that comparing it decides something. */
  open(type: Type, depth: number, scope: GeneratedScope): Piece
  /** A new variable for a macro; often one that hides another. */
  variable(): string
}

/** Makes an expression of a type, or finds that it cannot. */
export type Producer = (
  generating: Generating,
  type: Type,
  depth: number,
  scope: GeneratedScope
) => Piece | undefined
