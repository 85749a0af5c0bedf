/** A node of the syntax tree; `start` and `end` are UTF-16 offsets into the expression's text. */
export type Expression =
  | Literal
  | Identifier
  | Select
  | Index
  | Call
  | Unary
  | Binary
  | Conditional
  | ListLiteral
  | MapLiteral
  | Missing

interface Located {
  readonly start: number
  readonly end: number
}

/** A name and where it is written. */
export interface Name extends Located {
  readonly text: string
}

/** `null`, `true`, `1`, `1.5`, `"text"`; a minus directly before a number belongs to it. */
export interface Literal extends Located {
  readonly kind: "literal"
  readonly type: "null" | "bool" | "int" | "double" | "string"
  readonly value: null | boolean | number | string
}

/** A name on its own: a variable, a macro's variable or a type. */
export interface Identifier extends Located {
  readonly kind: "identifier"
  readonly name: string
}

/** `target.field`, or `target.?field` when optional. The field's text is empty in `target.`, which is still a node. */
export interface Select extends Located {
  readonly kind: "select"
  readonly target: Expression
  readonly field: Name
  readonly optional: boolean
}

/** `target[index]`, or `target[?index]` when optional. */
export interface Index extends Located {
  readonly kind: "index"
  readonly target: Expression
  readonly index: Expression
  readonly optional: boolean
}

/** `name(args)` or `target.name(args)`. Macros are calls too: what a call means is decided when it is checked. */
export interface Call extends Located {
  readonly kind: "call"
  readonly target: Expression | undefined
  readonly name: Name
  readonly args: ReadonlyArray<Expression>
}

/** `!a` and `-a`. */
export interface Unary extends Located {
  readonly kind: "unary"
  readonly operator: "!" | "-"
  readonly operand: Expression
}

/** The operators with two sides. */
export type BinaryOperator =
  | "||"
  | "&&"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"

/** `left operator right`. */
export interface Binary extends Located {
  readonly kind: "binary"
  readonly operator: BinaryOperator
  /** Where the operator itself stands. */
  readonly at: number
  readonly left: Expression
  readonly right: Expression
}

/** `condition ? consequent : alternate`. */
export interface Conditional extends Located {
  readonly kind: "conditional"
  readonly condition: Expression
  readonly consequent: Expression
  readonly alternate: Expression
}

/** One element of a list literal. */
export interface ListItem {
  readonly value: Expression
  /** `[?e]`: left out when the optional is empty. */
  readonly optional: boolean
}

/** `[a, ?b]`. */
export interface ListLiteral extends Located {
  readonly kind: "list"
  readonly items: ReadonlyArray<ListItem>
}

/** One `key: value` of an object literal. */
export interface MapEntry {
  readonly key: Expression
  readonly value: Expression
  /** `{?k: e}`: left out when the optional is empty. */
  readonly optional: boolean
}

/** `{"a": b, ?"c": d}`. */
export interface MapLiteral extends Located {
  readonly kind: "map"
  readonly entries: ReadonlyArray<MapEntry>
}

/** Stands where an expression should be and is not; the parser has said so. */
export interface Missing extends Located {
  readonly kind: "missing"
}
