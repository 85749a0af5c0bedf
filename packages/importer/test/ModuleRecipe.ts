/** Decisions taken from a list of numbers, which is read again, differently, when it is used up. */
export class Choices {
  readonly #numbers: ReadonlyArray<number>
  #at = 0

  constructor(numbers: ReadonlyArray<number>) {
    this.#numbers = numbers
  }

  below(limit: number): number {
    const number = this.#numbers[this.#at % this.#numbers.length] ?? 0
    const round = Math.floor(this.#at++ / this.#numbers.length)
    return (number + 7 * round) % limit
  }

  pick<A>(of: ReadonlyArray<A>, otherwise: A): A {
    return of[this.below(of.length)] ?? otherwise
  }
}

/** The files of a module with schemas that are right, wrong and hostile in turn. */
export const moduleOf = (
  choices: Choices
): { readonly [file: string]: { readonly [name: string]: unknown } } => ({
  "manifest.json": {
    name: choices.pick<unknown>(["Acme", "", 5, "9 lives", "\ud800"], "Acme"),
    slug: choices.pick<unknown>(["acme", "Ac-me.", null, undefined], "acme"),
    version: choices.pick<unknown>(["1.0.0", "1", "x", null], "1.0.0"),
    description: choices.pick<unknown>(
      ["Text", "# not: a comment\n\t- x", "\u0000\u0085\u2028\ufeff", 1],
      ""
    ),
    configuration: rootOf(choices)
  },
  "action_a.json": operationOf(choices),
  "action_b.json": operationOf(choices),
  "trigger_a.json": operationOf(choices),
  "connector_a.json": operationOf(choices)
})

const operationOf = (choices: Choices): { readonly [name: string]: unknown } => ({
  name: choices.pick<unknown>(["Run", "", "${{ 1 }}", " a\nb ", undefined], "Run"),
  slug: choices.pick<unknown>(["run", "run", "Run!", undefined], undefined),
  uuid: choices.pick<unknown>(["u1", "u2", 3], "u1"),
  docker_parameters: choices.pick<unknown>(
    ["run", "get-a/{a}", "post-a/{b}/{a}", "delete-a/..", "put-a/%zz", "get-", undefined],
    "run"
  ),
  arguments: rootOf(choices),
  results: choices.below(4) === 0 ? undefined : schemaOf(choices, 4)
})

const rootOf = (choices: Choices): unknown =>
  choices.below(12) === 0
    ? oddities[choices.below(oddities.length)]
    : {
        type: "object",
        properties: propertiesOf(choices, 3),
        required: choices.pick<unknown>([["a"], ["a", "zz"], true, [1], undefined], undefined),
        secrets: choices.pick<unknown>([["a"], ["b", "none"], "a", undefined], undefined),
        definitions: { D: schemaOf(choices, 2), E: { $ref: "#/definitions/E" } },
        ...(choices.below(4) === 0 && {
          anyOf: [{ required: ["b"] }, { properties: propertiesOf(choices, 1) }]
        })
      }

const names = [
  "a",
  "b",
  "match[a]",
  "$top",
  "__proto__",
  "constructor",
  "class",
  "",
  "é",
  "a?",
  "\ud800",
  "x".repeat(300)
]
const oddities: ReadonlyArray<unknown> = [null, 1, "string", "thing", [], ["a"], true, false, {}]
const types = [
  "string",
  "integer",
  "number",
  "boolean",
  "object",
  "array",
  "null",
  "list",
  "file",
  ["string", "null"],
  [],
  null,
  7
]
const values: ReadonlyArray<unknown> = [
  "a",
  "",
  1,
  1.5,
  -0,
  2 ** 60,
  1e300,
  true,
  null,
  [],
  ["a"],
  {},
  { a: 1 },
  "\u0000",
  "\ud800",
  "1e3",
  "- x",
  "a: b"
]

const propertiesOf = (choices: Choices, depth: number): unknown => {
  if (choices.below(15) === 0) return oddities[choices.below(oddities.length)]
  return Object.fromEntries(
    Array.from({ length: choices.below(4) }, () => {
      const schema = schemaOf(choices, depth - 1)
      const location = choices.pick<unknown>(["path", "query", "body", "header", undefined], undefined)
      const isPlain = typeof schema !== "object" || schema === null || Array.isArray(schema)
      return [
        choices.pick(names, "a"),
        isPlain || location === undefined ? schema : { ...schema, in: location }
      ]
    })
  )
}

/** A schema of at most that depth, with one to four keywords of any kind. */
const schemaOf = (choices: Choices, depth: number): unknown => {
  if (choices.below(12) === 0) return oddities[choices.below(oddities.length)]
  const entries = Array.from({ length: 1 + choices.below(4) }, () => keywordOf(choices, depth))
  return Object.fromEntries(entries)
}

const keywordOf = (choices: Choices, depth: number): readonly [string, unknown] => {
  const value = (): unknown => values[choices.below(values.length)]
  const inner = (): unknown => (depth > 0 ? schemaOf(choices, depth - 1) : {})
  const some = (): ReadonlyArray<unknown> => Array.from({ length: choices.below(4) }, inner)
  const count = (): unknown => choices.pick<unknown>([0, 1, 3, -1, "2", 1.5], 0)
  const keywords: ReadonlyArray<readonly [string, () => unknown]> = [
    ["type", () => types[choices.below(types.length)]],
    ["type", () => choices.pick(["object", "string", "array", "integer"], "object")],
    ["properties", () => propertiesOf(choices, depth)],
    ["properties", () => propertiesOf(choices, depth)],
    ["required", () => choices.pick<unknown>([["a"], ["b", "c"], true, false, "a", [null]], true)],
    ["additionalProperties", () => choices.pick<unknown>([true, false, inner(), 3], true)],
    ["patternProperties", () => ({ [choices.pick(["^a", "(?=a)", "("], "a")]: inner() })],
    ["items", inner],
    ["items", some],
    ["additionalItems", inner],
    ["prefixItems", some],
    ["enum", () => Array.from({ length: choices.below(4) }, value)],
    ["const", value],
    ["default", value],
    ["example", value],
    ["examples", () => choices.pick<unknown>([[value()], value()], [])],
    ["pattern", () => choices.pick<unknown>(["^a$", "(?!a)", "[", "\\1", 5], "a")],
    ["format", () => choices.pick<unknown>(["uuid", "datetime", "int32", "color", "password", 3], "uuid")],
    ["minimum", () => choices.pick<unknown>([0, 9, "1", 2 ** 60], 0)],
    ["maximum", () => choices.pick<unknown>([1, -5, null], 0)],
    ["exclusiveMinimum", () => choices.pick<unknown>([true, false, 4], true)],
    ["multipleOf", () => choices.pick<unknown>([1, 0.1, 0], 1)],
    ["minLength", count],
    ["maxItems", count],
    ["uniqueItems", () => choices.pick<unknown>([true, "yes"], true)],
    ["allOf", some],
    ["anyOf", some],
    ["oneOf", some],
    ["not", inner],
    ["if", inner],
    ["contains", inner],
    [
      "$ref",
      () =>
        choices.pick<unknown>(
          ["#/definitions/D", "#/definitions/E", "#", "#/properties/a", "other.json#/a", 4],
          "#"
        )
    ],
    ["nullable", () => choices.pick<unknown>([true, false, "yes"], true)],
    ["secret", () => choices.pick<unknown>([true, 1], true)],
    ["description", () => choices.pick<unknown>(["What", "\u0007\u0085", inner(), 5], "What")],
    ["title", value],
    ["readonly", value],
    ["extends", () => "Tree"],
    ["discriminator", () => ({ propertyName: "a" })],
    ["x-secret", value],
    ["x-keep-unknown", value],
    ["name", inner],
    ["descrption", value]
  ]
  const chosen = keywords[choices.below(keywords.length)]
  return chosen === undefined ? ["type", "string"] : [chosen[0], chosen[1]()]
}
