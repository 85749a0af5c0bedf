import type { FunctionDefinition, FunctionGroup, Overload } from "../FunctionDefinition.ts"

/** The part of a table entry that differs from one function to the next; an example is `[expression, result]`. */
export interface Definition {
  readonly doc: string
  readonly overloads: ReadonlyArray<Overload>
  readonly examples: ReadonlyArray<readonly [expression: string, result: string]>
  readonly verify?: NonNullable<FunctionDefinition["verify"]>
}

/** A method: `receiver.name(args)`. */
export const method = (group: FunctionGroup, name: string, definition: Definition): FunctionDefinition =>
  define("method", group, name, definition)

/** A function: `name(args)`; the name may have dots. */
export const fn = (group: FunctionGroup, name: string, definition: Definition): FunctionDefinition =>
  define("function", group, name, definition)

const define = (
  style: FunctionDefinition["style"],
  group: FunctionGroup,
  name: string,
  { doc, overloads, examples, verify }: Definition
): FunctionDefinition => ({
  name,
  style,
  group,
  doc,
  overloads,
  examples: examples.map(([expression, result]) => ({ expression, result })),
  ...(verify === undefined ? {} : { verify })
})
