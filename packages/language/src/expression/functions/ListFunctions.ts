import { elementOf } from "../../types/Access.ts"
import * as Type from "../../types/Type.ts"
import { membersOf, union } from "../../types/Union.ts"
import { nextCodePoint } from "../CodePoints.ts"
import { equals } from "../Equality.ts"
import type { Evaluation } from "../Evaluation.ts"
import { type FunctionDefinition, type Overload, overload, type Param } from "../FunctionDefinition.ts"
import { compare } from "../Ordering.ts"
import { isList, Optional, type Value } from "../Value.ts"
import { kindOf } from "../ValueKind.ts"
import { fn, method } from "./Define.ts"
import { anyList, boolean, integer, listOf, number, span, text, time } from "./Params.ts"
import { chargeText } from "./TextCost.ts"

type List = ReadonlyArray<Value>

const fallible = { fallible: true }
const receiver = anyList("list")

/** CEL's lists extension, and `first` and `last` of its optional types. */
export const listFunctions: ReadonlyArray<FunctionDefinition> = [
  method("lists", "distinct", {
    doc: "The elements that equal none before them, in their order.",
    overloads: [overload([receiver], sameList, distinct)],
    examples: [
      ['["b", "b", "c", "a", "c"].distinct()', '["b", "c", "a"]'],
      ["[1, 1.0, [2], [2]].distinct()", "[1, [2]]"]
    ]
  }),
  method("lists", "first", {
    doc: "The first element as an optional, none when the list is empty.",
    overloads: [overload([receiver], optionalElement, first)],
    examples: [
      ["[1, 2, 3].first().orValue(0)", "1"],
      ["[].first().hasValue()", "false"]
    ]
  }),
  method("lists", "flatten", {
    doc: "The list with the elements of the lists in it in their place, down to `depth` levels (1 when not given). Fails when `depth` is negative.",
    overloads: [
      overload([receiver], flatOnce, (list, evaluation) => flatten(list, 1, evaluation), fallible),
      overload([receiver, integer("depth")], Type.list(Type.dyn), flatten, fallible)
    ],
    examples: [
      ["[[1, 2], [], [3]].flatten()", "[1, 2, 3]"],
      ["[1, [2, [3, [4]]]].flatten(2)", "[1, 2, 3, [4]]"]
    ]
  }),
  method("lists", "last", {
    doc: "The last element as an optional, none when the list is empty.",
    overloads: [overload([receiver], optionalElement, last)],
    examples: [["[1, 2, 3].last().orValue(0)", "3"]]
  }),
  method("lists", "reverse", {
    doc: "The elements of a list, or the characters of a text, in reverse order.",
    overloads: [overload([receiver], sameList, reverse), overload([text("text")], Type.string, reverseText)],
    examples: [
      ["[5, 3, 1].reverse()", "[1, 3, 5]"],
      ['"gums".reverse()', '"smug"']
    ]
  }),
  method("lists", "slice", {
    doc: "The elements from the index `start` to before the index `end`. Fails when an index lies outside of the list or `end` before `start`.",
    overloads: [overload([receiver, integer("start"), integer("end")], sameList, slice, fallible)],
    examples: [["[1, 2, 3, 4].slice(1, 3)", "[2, 3]"]]
  }),
  method("lists", "sort", {
    doc: "The elements in ascending order, equal ones in the order they had. All are numbers, all strings (by code point), all bools, all timestamps or all durations.",
    overloads: [sortOf(number), sortOf(text), sortOf(boolean), sortOf(time), sortOf(span)],
    examples: [
      ["[3, 1.5, 2].sort()", "[1.5, 2, 3]"],
      ['["b", "c", "a"].sort()', '["a", "b", "c"]']
    ]
  }),
  fn("lists", "lists.range", {
    doc: "The whole numbers from 0 to before `size`. Fails when it is negative.",
    overloads: [overload([integer("size")], Type.list(Type.int), range, fallible)],
    examples: [["lists.range(4)", "[0, 1, 2, 3]"]]
  })
]

/** The element type of the first argument. */
function elementType([list = Type.dyn]: ReadonlyArray<Type.Type>): Type.Type {
  return elementOf(list).type
}

function sameList(args: ReadonlyArray<Type.Type>): Type.Type {
  return Type.list(elementType(args))
}

function optionalElement(args: ReadonlyArray<Type.Type>): Type.Type {
  return Type.optional(elementType(args))
}

/** Lists among the elements give their own elements, everything else stays. */
function flatOnce(args: ReadonlyArray<Type.Type>): Type.Type {
  return Type.list(
    union(membersOf(elementType(args)).map((member) => (member.kind === "list" ? member.element : member)))
  )
}

function sortOf(element: (name: string) => Param): Overload {
  return overload([listOf("list", element("element"))], sameList, sort, fallible)
}

/**
 * Scalars are looked up, lists, objects and the like compared with those before them: in JSON the former are many,
 * the latter few.
 */
function distinct(list: List, evaluation: Evaluation): List {
  const scalars = new Set<Value>()
  const others: Array<Value> = []
  return list.filter((item) => {
    evaluation.spend(1)
    if (typeof item === "object" && item !== null) {
      if (others.some((other) => isSame(other, item, evaluation))) return false
      others.push(item)
      return true
    }
    if (typeof item === "string") evaluation.spend(item.length >>> 6)
    if (scalars.has(item)) return false
    // NaN equals nothing, itself included; a Set would find it.
    if (!Number.isNaN(item)) scalars.add(item)
    return true
  })
}

function isSame(a: Value, b: Value, evaluation: Evaluation): boolean {
  evaluation.spend(1)
  return equals(a, b, evaluation)
}

function first(list: List): Optional {
  return list.length === 0 ? Optional.none : new Optional(list[0])
}

function last(list: List): Optional {
  return list.length === 0 ? Optional.none : new Optional(list.at(-1))
}

function flatten(list: List, depth: number, evaluation: Evaluation): List {
  if (depth < 0) evaluation.fail("SP1308", "the depth of flatten is negative")
  const out: Array<Value> = []
  // The lists being read, with the place in each: what nests deeply must not take the stack.
  const open = [{ list, next: 0 }]
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    evaluation.spend(1)
    if (current.next >= current.list.length) {
      open.pop()
      continue
    }
    const item = current.list[current.next++] ?? null
    if (isList(item) && open.length <= depth) open.push({ list: item, next: 0 })
    else out.push(item)
  }
  return out
}

function reverse(list: List, evaluation: Evaluation): List {
  evaluation.spend(list.length)
  return list.toReversed()
}

function reverseText(value: string, evaluation: Evaluation): string {
  chargeText(value.length * 8, evaluation)
  const characters: Array<string> = []
  for (let end = value.length, start = 0; start < end; start = nextCodePoint(value, start)) {
    characters.push(value.slice(start, nextCodePoint(value, start)))
  }
  return characters.toReversed().join("")
}

function slice(list: List, start: number, end: number, evaluation: Evaluation): List {
  if (start > end) evaluation.fail("SP1301", `the end of the slice, ${end}, lies before its start, ${start}`)
  const outside = start < 0 ? start : end
  if (start < 0 || end > list.length) {
    evaluation.fail("SP1301", `the index ${outside} lies outside of the list of ${list.length} elements`)
  }
  evaluation.spend(end - start)
  return list.slice(start, end)
}

function sort(list: List, evaluation: Evaluation): List {
  evaluation.spend(list.length * Math.ceil(Math.log2(list.length + 2)))
  // Even one element must have an order, so that a list does not fail only when it grows.
  for (const item of list) order(item, list[0] ?? null, evaluation)
  return list.toSorted((a, b) => order(a, b, evaluation))
}

function order(a: Value, b: Value, evaluation: Evaluation): number {
  const result = compare(a, b, evaluation)
  if (result === undefined) return evaluation.fail("SP1307", `${kindOf(a)} and ${kindOf(b)} have no order`)
  return Number.isNaN(result) ? evaluation.fail("SP1308", "NaN has no place in an order") : result
}

function range(size: number, evaluation: Evaluation): List {
  if (size < 0) evaluation.fail("SP1308", "the size of a range is negative")
  evaluation.spend(size)
  return Array.from({ length: size }, (_, index) => index)
}
