/** A piece of an expression's text with how tightly it binds, so that brackets stand only where they must. */
export interface Piece {
  readonly text: string
  readonly level: Level
}

/** From the conditional, which binds least, to what needs no brackets anywhere (CEL, "Syntax"). */
export const level = {
  conditional: 0,
  or: 1,
  and: 2,
  relation: 3,
  sum: 4,
  product: 5,
  unary: 6,
  member: 7
} as const

export type Level = (typeof level)[keyof typeof level]

export const piece = (text: string, at: Level = level.member): Piece => ({ text, level: at })

/** The text where something that binds at least as tightly is wanted. */
export const at = (least: Level, { level, text }: Piece): string => (level < least ? `(${text})` : text)

/** A binary operator, which groups to the left. */
export const binary = (left: Piece, operator: string, right: Piece, on: Level): Piece =>
  piece(`${at(on, left)} ${operator} ${right.level <= on ? `(${right.text})` : right.text}`, on)

/** `receiver.name(args)`. */
export const method = (receiver: Piece, name: string, ...args: ReadonlyArray<string>): Piece =>
  piece(`${at(level.member, receiver)}.${name}(${args.join(", ")})`)

export const choice = (condition: Piece, consequent: Piece, alternate: Piece): Piece =>
  piece(`${at(level.or, condition)} ? ${at(level.or, consequent)} : ${alternate.text}`, level.conditional)
