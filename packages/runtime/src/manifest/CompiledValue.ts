import {
  type Diagnostic,
  type Json,
  jsonOf,
  Optional,
  type Program,
  type Span,
  type Type,
  type Variables,
  type YamlNode
} from "@sallyport/language"
import type { VariableRead } from "./VariableRead.ts"

/** A value of a manifest with its expressions compiled. `type` is that of the JSON it gives. */
export type CompiledValue = LiteralValue | ExpressionValue | ListValue | ObjectValue

/** A value without expressions. */
export interface LiteralValue {
  readonly kind: "literal"
  readonly value: Json
  readonly type: Type.Type
  /** Where each part of it stands. */
  readonly node: YamlNode
  readonly span: Span
}

/** A text with at least one expression. */
export interface ExpressionValue {
  readonly kind: "expression"
  readonly program: Program
  readonly type: Type.Type
  /** True when there may be no value at all, because an optional field is missing. */
  readonly mayBeAbsent: boolean
  readonly reads: ReadonlyArray<VariableRead>
  readonly span: Span
}

/** A list with an expression somewhere in it. */
export interface ListValue {
  readonly kind: "list"
  readonly items: ReadonlyArray<CompiledValue>
  readonly type: Type.Type
  readonly span: Span
}

/** A map with an expression somewhere in it, in the order of the file. */
export interface ObjectValue {
  readonly kind: "object"
  readonly entries: ReadonlyMap<string, CompiledValue>
  readonly type: Type.Type
  readonly span: Span
}

/** What evaluating gives: JSON, or undefined for what is absent, or where and why there is none. */
export type ValueOutcome =
  | { readonly ok: true; readonly value: Json | undefined }
  | { readonly ok: false; readonly diagnostic: Diagnostic }

/**
 * Evaluates a compiled value. What is absent is left out of objects and lists, and is undefined at the top. Never
 * throws; the diagnostic of a failure holds none of the data.
 */
export const evaluateValue = (value: CompiledValue, variables: Variables): ValueOutcome => {
  switch (value.kind) {
    case "literal":
      return { ok: true, value: value.value }
    case "expression":
      return evaluateExpression(value, variables)
    case "list":
      return evaluateList(value, variables)
    case "object":
      return evaluateObject(value, variables)
  }
}

/** All reads of variables in a value. */
export const readsIn = (value: CompiledValue): ReadonlyArray<VariableRead> => {
  switch (value.kind) {
    case "literal":
      return []
    case "expression":
      return value.reads
    case "list":
      return value.items.flatMap(readsIn)
    case "object":
      return [...value.entries.values()].flatMap(readsIn)
  }
}

const evaluateExpression = ({ program, span }: ExpressionValue, variables: Variables): ValueOutcome => {
  const outcome = program.evaluate(variables)
  if (!outcome.ok) return outcome
  if (outcome.value instanceof Optional && outcome.value.value === undefined)
    return { ok: true, value: undefined }
  const json = jsonOf(outcome.value)
  if (json !== undefined) return { ok: true, value: json }
  return {
    ok: false,
    diagnostic: { code: "SP0323", severity: "error", message: "the value has no JSON", span, notes: [] }
  }
}

const evaluateList = ({ items }: ListValue, variables: Variables): ValueOutcome => {
  const out: Array<Json> = []
  for (const item of items) {
    const outcome = evaluateValue(item, variables)
    if (!outcome.ok) return outcome
    if (outcome.value !== undefined) out.push(outcome.value)
  }
  return { ok: true, value: out }
}

const evaluateObject = ({ entries }: ObjectValue, variables: Variables): ValueOutcome => {
  // Without a prototype every name is an ordinary own key; `Object.create` is typed `any`.
  // oxlint-disable-next-line typescript/no-unsafe-assignment
  const out: { [name: string]: Json } = Object.create(null)
  for (const [name, entry] of entries) {
    const outcome = evaluateValue(entry, variables)
    if (!outcome.ok) return outcome
    if (outcome.value !== undefined) out[name] = outcome.value
  }
  return { ok: true, value: out }
}
