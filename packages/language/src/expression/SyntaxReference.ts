import type { FunctionExample } from "./FunctionDefinition.ts"

/**
 * What can be written that is not a function of the table: operators, selections and macros. The docs and the texts of
 * editors come from here, and the examples are tests.
 */
export interface SyntaxEntry {
  /** As it is written. */
  readonly forms: ReadonlyArray<string>
  readonly doc: string
  readonly examples: ReadonlyArray<FunctionExample>
}

/** Operators, from the ones that bind least to those that bind most. */
export const operatorReference: ReadonlyArray<SyntaxEntry> = [
  {
    forms: ["c ? a : b"],
    doc: "`a` where the condition holds, else `b`. What the condition says about variables holds in `a`, its contrary in `b`.",
    examples: [example('3 > 2 ? "yes" : "no"', '"yes"')]
  },
  {
    forms: ["a || b", "a && b", "!a"],
    doc: "Or, and, not. Only bools. When one side fails and the other decides alone, the other decides: `1 / 0 > 1 || true` is true. The exception is a right side that is only correct because of what the left one asked: then a failure of the left one stands.",
    examples: [example("1 / 0 > 1 || true", "true"), example("!(true && false)", "true")]
  },
  {
    forms: ["a == b", "a != b"],
    doc: "Equality by value, for lists and objects too. Numbers compare across int and double. Types that share no value are an error when checked. Next to `null`, a field that is missing counts as null.",
    examples: [example("1 == 1.0", "true"), example('{"a": [1]} == {"a": [1]}', "true")]
  },
  {
    forms: ["a < b", "a <= b", "a > b", "a >= b"],
    doc: "Order of numbers, texts (by code point), bools (false first), timestamps and durations.",
    examples: [example('"a" < "b"', "true"), example('duration("90s") > duration("1m")', "true")]
  },
  {
    forms: ["a in list", '"key" in object'],
    doc: "Is the value an element of the list, or a key of the object?",
    examples: [example("2 in [1, 2, 3]", "true"), example('"a" in {"a": 1}', "true")]
  },
  {
    forms: ["a + b", "a - b", "a * b", "a / b", "a % b", "-a"],
    doc: "Arithmetic. Two ints give an int: `/` cuts towards zero, `%` has the sign of `a`, and a result beyond ±(2^53 − 1) fails. With a double the result is a double. Numbers of unknown type (`dyn`) divide as doubles. `+` joins texts and lists, and adds durations to timestamps and durations; `-` subtracts them, and gives the duration between two timestamps.",
    examples: [
      example("7 / 2", "3"),
      example("7 / 2.0", "3.5"),
      example("-7 % 3", "-1"),
      example('"a" + "b"', '"ab"'),
      example('timestamp("2026-01-01T12:00:00Z") - duration("12h")', 'timestamp("2026-01-01T00:00:00Z")')
    ]
  },
  {
    forms: ["x.field", "x.`content-type`", 'x["field"]', "list[0]"],
    doc: "A field of an object, an element of a list. A field that may be missing must be guarded. An index beyond the end fails when it runs.",
    examples: [example('{"a": {"content-type": 7}}.a.`content-type`', "7"), example("[4, 5, 6][1]", "5")]
  },
  {
    forms: ["x.?field", "list[?0]"],
    doc: "The field or element as an optional, empty when it is not there. Selections behind it are optional too.",
    examples: [example('{"a": 1}.?a.orValue(0)', "1"), example("[4, 5][?7].orValue(0)", "0")]
  },
  {
    forms: ["[a, b]", "[?o]", '{"key": a}', '{?"key": o}'],
    doc: "Lists and objects. Behind a `?` stands an optional: when it is empty, the element or entry is left out.",
    examples: [
      example("[1, ?optional.none(), 2]", "[1, 2]"),
      example('{"a": 1, ?"b": optional.of(2)}', '{"a": 1, "b": 2}')
    ]
  }
]

/** Macros: they look like calls, but bind variables or ask about fields instead of taking values. */
export const macroReference: ReadonlyArray<SyntaxEntry> = [
  {
    forms: ["has(x.field)"],
    doc: "Is the field there? Where the answer is yes, the field may be read.",
    examples: [example('has({"a": {"b": null}}.a.b)', "true")]
  },
  {
    forms: ["x.all(e, condition)", "x.all(i, e, condition)"],
    doc: "Does the condition hold for every element? With two variables: index and element of a list, key and value of an object. With one variable, an object gives its keys.",
    examples: [
      example("[1, 2].all(e, e > 0)", "true"),
      example('{"a": 1}.all(k, v, k == "a" && v == 1)', "true")
    ]
  },
  {
    forms: ["x.exists(e, condition)", "x.exists(i, e, condition)"],
    doc: "Does the condition hold for an element?",
    examples: [example('["apt", "crime"].exists(e, e == "apt")', "true")]
  },
  {
    forms: ["x.exists_one(e, condition)", "x.exists_one(i, e, condition)"],
    doc: "Does the condition hold for exactly one element? `existsOne` is the same.",
    examples: [example("[1, 2, 2].exists_one(e, e == 2)", "false")]
  },
  {
    forms: ["x.filter(e, condition)"],
    doc: "The elements for which the condition holds. Their type is narrowed by the condition.",
    examples: [example("[1, 2, 3].filter(e, e > 1)", "[2, 3]")]
  },
  {
    forms: ["x.map(e, expression)", "x.map(e, condition, expression)"],
    doc: "A list of what the expression gives for each element, or for those for which the condition holds.",
    examples: [example("[1, 2].map(e, e * 10)", "[10, 20]"), example("[1, 2].map(e, e > 1, e * 10)", "[20]")]
  },
  {
    forms: ["x.transformList(i, e, expression)", "x.transformList(i, e, condition, expression)"],
    doc: "As `map`, with the index or key.",
    examples: [example('["a", "b"].transformList(i, e, string(i) + e)', '["0a", "1b"]')]
  },
  {
    forms: ["x.transformMap(k, v, expression)", "x.transformMap(k, v, condition, expression)"],
    doc: "An object with the same keys and what the expression gives for each.",
    examples: [example('{"a": 1}.transformMap(k, v, v + 1)', '{"a": 2}')]
  },
  {
    forms: ["x.transformMapEntry(k, v, {key: value})", "x.transformMapEntry(k, v, condition, {key: value})"],
    doc: "An object of the entries that the expression gives. Two entries with one key fail.",
    examples: [example('["a", "b"].transformMapEntry(i, e, {e: i})', '{"a": 0, "b": 1}')]
  },
  {
    forms: ["x.sortBy(e, expression)"],
    doc: "The elements ordered by what the expression gives for each; equal ones keep their order.",
    examples: [example('["ccc", "a", "bb"].sortBy(e, size(e))', '["a", "bb", "ccc"]')]
  },
  {
    forms: ["cel.bind(x, value, expression)"],
    doc: "The expression with a name for a value that is needed more than once.",
    examples: [example("cel.bind(x, 3 + 4, x * x)", "49")]
  }
]

/** Optionals: what `x.?y` gives, and what can be done with it. */
export const optionalReference: ReadonlyArray<SyntaxEntry> = [
  {
    forms: ["optional.of(x)", "optional.none()", "optional.ofNonZeroValue(x)"],
    doc: "An optional that holds `x`; an empty one; an empty one when `x` is null, false, 0, an empty text, list or object.",
    examples: [
      example("optional.of(1).hasValue()", "true"),
      example('optional.ofNonZeroValue("").hasValue()', "false")
    ]
  },
  {
    forms: ["o.orValue(x)", "o.or(p)", "o.hasValue()", "o.value()"],
    doc: "The value or `x`; the optional itself or the optional `p`; is there a value; the value, which fails when there is none.",
    examples: [
      example("optional.none().orValue(7)", "7"),
      example("optional.none().or(optional.of(8)).value()", "8")
    ]
  },
  {
    forms: ["o.optMap(x, expression)", "o.optFlatMap(x, expression)"],
    doc: "What the expression gives for the value, as an optional; with `optFlatMap` the expression gives the optional itself.",
    examples: [
      example("optional.of(2).optMap(x, x + 1).value()", "3"),
      example('optional.of({"a": 1}).optFlatMap(x, x.?a).value()', "1")
    ]
  }
]

/** Types as values. */
export const typeReference: ReadonlyArray<SyntaxEntry> = [
  {
    forms: ["type(x)", "type(x) == string"],
    doc: "The type of a value: `null_type`, `bool`, `int`, `double`, `string`, `list`, `map`, `type`, `optional_type`, `google.protobuf.Timestamp`, `google.protobuf.Duration`. The comparison narrows. A number of unknown type is an int when it is whole and exact.",
    examples: [example("type(1.5) == double", "true"), example("type(dyn([1])) == list", "true")]
  },
  {
    forms: ["dyn(x)"],
    doc: "The value with its type forgotten: what is done with it is checked when it runs.",
    examples: [example('dyn(1) == dyn("1")', "false")]
  }
]

function example(expression: string, result: string): FunctionExample {
  return { expression, result }
}
