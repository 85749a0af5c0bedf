import { type Environment, environment } from "../src/expression/Environment.ts"
import { compileExpression, type Compiled, type CompileOptions } from "../src/expression/Program.ts"
import { Timestamp, type Value } from "../src/expression/Value.ts"
import { SourceFile } from "../src/source/SourceFile.ts"
import * as Type from "../src/types/Type.ts"
import { showType } from "../src/types/TypePrinter.ts"
import { nullable, union } from "../src/types/Union.ts"

const reference = Type.record({ source: Type.string, "url?": Type.string })

const indicator = Type.record(
  {
    type: Type.stringOf("indicator"),
    id: Type.string,
    name: Type.string,
    "confidence?": Type.int,
    "revoked?": Type.bool,
    labels: Type.list(Type.string),
    references: Type.list(reference),
    owner: nullable(Type.record({ name: Type.string, "mail?": nullable(Type.string) }))
  },
  { name: "Indicator" }
)

const malware = Type.record(
  {
    type: Type.stringOf("malware"),
    id: Type.string,
    name: Type.string,
    family: Type.bool,
    "aliases?": Type.list(Type.string)
  },
  { name: "Malware" }
)

const otherObject = Type.record(
  { type: Type.stringExcept("indicator", "malware"), id: Type.string },
  { name: "OtherObject" }
)

const tree: Type.RefType = Type.ref("Tree", () =>
  Type.record({ value: Type.int, children: Type.list(tree) }, { name: "Tree" })
)

/** The variables of the tests of expressions. */
export const world: Environment = environment({
  event: union([indicator, malware, otherObject], { discriminator: "type", name: "StixObject" }),
  events: Type.list(union([indicator, malware, otherObject], { discriminator: "type", name: "StixObject" })),
  indicator,
  tree,
  n: Type.int,
  d: Type.double,
  s: Type.string,
  b: Type.bool,
  level: Type.stringOf("low", "medium", "high"),
  maybe: nullable(Type.string),
  mixed: union([Type.int, Type.string, Type.list(Type.int)]),
  xs: Type.list(Type.int),
  tags: Type.list(Type.string),
  headers: Type.map(Type.string),
  open: Type.record({ known: Type.int }, { rest: Type.string }),
  any: Type.dyn,
  now: Type.timestamp
})

const anIndicator: Value = {
  type: "indicator",
  id: "indicator--1",
  name: "evil.example",
  confidence: 80,
  labels: ["apt", "c2"],
  references: [{ source: "cve", url: "https://example.com" }, { source: "blog" }],
  owner: { name: "me", mail: null }
}

const someMalware: Value = { type: "malware", id: "malware--2", name: "RAT", family: true }

/** Values for them. */
export const values: { readonly [name: string]: Value } = {
  event: anIndicator,
  events: [anIndicator, someMalware, { type: "tool", id: "tool--3" }],
  indicator: anIndicator,
  tree: { value: 1, children: [{ value: 2, children: [] }] },
  n: 7,
  d: 2.5,
  s: "hello",
  b: true,
  level: "high",
  maybe: null,
  mixed: "text",
  xs: [1, 2, 3],
  tags: ["apt", "crime"],
  headers: { "content-type": "text/plain" },
  open: { known: 1, extra: "x" },
  any: { a: { b: [1, 2] }, text: "t", nothing: null },
  now: new Timestamp(1_767_225_600, 0)
}

/** Compiles a text in the world, under the name `expression`. */
export const compile = (
  text: string,
  options: CompileOptions = {},
  environment: Environment = world
): Compiled => compileExpression(new SourceFile("expression", text), environment, options)

/** What is wrong with a text: `code "the marked part" message`. */
export const problemsOf = (text: string): ReadonlyArray<string> =>
  compile(text).diagnostics.map(
    ({ code, message, span }) => `${code} «${text.slice(span.start, span.end)}» ${message}`
  )

/** The codes of what is wrong with a text. */
export const codesOf = (text: string): ReadonlyArray<string> =>
  compile(text).diagnostics.map(({ code }) => code)

/** The type of a text that has nothing wrong in it, printed. */
export const typeOf = (text: string): string => {
  const { diagnostics, type } = compile(text)
  const [first] = diagnostics
  return first === undefined ? showType(type) : `${first.code} ${first.message}`
}

/** The value of a text, by generated code and by the interpreter, or the code of the failure and its place. */
export const resultOf = (text: string, options: { readonly budget?: number } = {}): unknown => {
  const [compiled, interpreted] = (["generate", "interpret"] as const).map((mode) => {
    const { diagnostics, program } = compile(text, { mode })
    if (program === undefined)
      return { refused: diagnostics.map(({ code, message }) => `${code} ${message}`) }
    const result = program.evaluate(values, options)
    if (result.ok) return { value: result.value }
    const { code, span } = result.diagnostic
    return { fails: code, at: text.slice(span.start, span.end) }
  })
  if (JSON.stringify(compiled) !== JSON.stringify(interpreted)) return { compiled, interpreted }
  return compiled !== undefined && "value" in compiled ? compiled.value : compiled
}
