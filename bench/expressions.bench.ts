/**
 * Expressions: how long it takes to compile one and how many evaluations a second it does, beside the same written by
 * hand and the two other CEL implementations for JavaScript. How to read it: `bench/README.md`.
 */
import {
  bufbuildEngine,
  celJsEngine,
  comparable,
  type ExpressionEngine,
  sallyportClosures,
  sallyportCode,
  sallyportTiered,
  type Variables
} from "./ExpressionEngine.ts"
import { type ExpressionShape, expressionShapes } from "./ExpressionShape.ts"
import { figure, scaled } from "./Figure.ts"
import { describeMachine } from "./Machine.ts"
import { measure, median, type Samples, speedRatio, spread, type Subject } from "./Measurement.ts"
import { securityEvents } from "./SecurityEvent.ts"
import { type Column, textTable } from "./TextTable.ts"

/** Issue 2, "How good". */
const expected = { compileMicroseconds: 20, timesCelJs: 5 }

const engines = [sallyportTiered, sallyportCode, sallyportClosures, celJsEngine, bufbuildEngine]

/** A power of two, so that the next event is a mask away. */
const inputs: ReadonlyArray<Variables> = securityEvents(64).map((event) => ({ event }))

type Evaluate = (variables: Variables) => unknown

const main = (): void => {
  process.stdout.write(`${describeMachine()}\n`)
  const [first] = expressionShapes
  if (first !== undefined) process.stdout.write(`${firstOfProcess(first)}\n\n`)
  for (const shape of expressionShapes) verify(shape)
  const compiling = measure(expressionShapes.flatMap(compileSubjects), { rounds: 31, sampleMilliseconds: 6 })
  const evaluating = measure([nothing, ...expressionShapes.flatMap(evaluationSubjects)], {
    rounds: 61,
    sampleMilliseconds: 3
  })
  const floor = scaled(1e9 / median(evaluating.get(nothing.name) ?? []))
  const rows = expressionShapes.flatMap((shape, index) => [
    ...(index === 0 ? [] : [[]]),
    ...rowsOf(shape, compiling, evaluating)
  ])
  process.stdout.write(
    `${textTable(columns, rows)}\n\na function that does nothing: ${floor} evaluations/s\n`
  )
}

/** Cold code: what the very first expression of a process costs once the modules are there. */
const firstOfProcess = (shape: ExpressionShape): string => {
  const [input] = inputs
  if (input === undefined) throw new Error("there are no events")
  // Without the closures, which would find most of the code warm.
  const times = [sallyportTiered, celJsEngine, bufbuildEngine].map(({ compile, name }) => {
    const start = performance.now()
    compile(shape.source(0))(input)
    return `${name} ${figure(performance.now() - start)} ms`
  })
  return `first expression of the process, text to result: ${times.join(", ")}`
}

/** Figures of engines that do not agree are worth nothing. */
const verify = (shape: ExpressionShape): void => {
  const candidates = runnersOf(shape)
  const seen = new Set<string>()
  for (const input of inputs) {
    const [reference, ...others] = candidates.map(({ evaluate, name }) => ({
      name,
      result: comparable(evaluate(input))
    }))
    const different = others.find(({ result }) => result !== reference?.result)
    if (different !== undefined) {
      throw new Error(
        `${shape.name}: ${reference?.name} gives ${reference?.result}, ${different.name} ${different.result}`
      )
    }
    seen.add(reference?.result ?? "")
  }
  if (seen.size < 2) throw new Error(`${shape.name}: the events do not tell its outcomes apart`)
}

const runnersOf = (
  shape: ExpressionShape
): ReadonlyArray<{ readonly name: string; readonly evaluate: Evaluate }> => [
  ...engines.map(({ compile, name }) => ({ name, evaluate: compile(shape.source(0)) })),
  ...shape.handWritten.map(({ evaluate, name }) => ({
    name,
    evaluate: ({ event }: Variables) => evaluate(event)
  }))
]

const evaluationSubjects = (shape: ExpressionShape): ReadonlyArray<Subject> =>
  runnersOf(shape).map(({ evaluate, name }) => ({
    name: keyOf(shape, name),
    run: (times) => evaluateAll(evaluate, times)
  }))

/** What of each evaluation is the benchmark itself. */
const nothing: Subject = { name: "nothing", run: (times) => evaluateAll(() => true, times) }

const evaluateAll = (evaluate: Evaluate, times: number): number => {
  let weight = 0
  for (let index = 0; index < times; index++) {
    const input = inputs[index & (inputs.length - 1)]
    if (input !== undefined) weight = (weight + weightOf(evaluate(input))) | 0
  }
  return weight
}

/** Looks at a result, the same way for all engines. */
const weightOf = (result: unknown): number => {
  if (typeof result === "boolean") return result ? 1 : 2
  if (typeof result === "string") return result.length
  return Array.isArray(result) ? result.length : 3
}

const compileSubjects = (shape: ExpressionShape): ReadonlyArray<Subject> =>
  engines.flatMap((engine) => [
    { name: keyOf(shape, engine.name), run: (times) => compileAll(engine, shape, times) },
    { name: `${keyOf(shape, engine.name)} and result`, run: (times) => resultOfAll(engine, shape, times) }
  ])

/** Grows for good: no text is ever compiled twice. */
let variant = 1

const compileAll = (engine: ExpressionEngine, shape: ExpressionShape, times: number): number => {
  let weight = 0
  for (let index = 0; index < times; index++) weight += engine.compile(shape.source(variant++)).length
  return weight
}

const resultOfAll = (engine: ExpressionEngine, shape: ExpressionShape, times: number): number => {
  let weight = 0
  for (let index = 0; index < times; index++) {
    const input = inputs[index & (inputs.length - 1)]
    if (input !== undefined) weight += weightOf(engine.compile(shape.source(variant++))(input))
  }
  return weight
}

const keyOf = (shape: ExpressionShape, name: string): string => `${shape.name}: ${name}`

const columns: ReadonlyArray<Column> = [
  { heading: "shape", align: "left" },
  { heading: "run by", align: "left" },
  { heading: "compile µs", align: "right" },
  { heading: "min–max", align: "left" },
  { heading: "to result µs", align: "right" },
  { heading: "evaluations/s", align: "right" },
  { heading: "min–max", align: "left" },
  { heading: "to cel-js", align: "right" },
  { heading: "to JavaScript", align: "right" },
  { heading: "missed", align: "left" }
]

type Measured = ReadonlyMap<string, Samples>

const rowsOf = (
  shape: ExpressionShape,
  compiling: Measured,
  evaluating: Measured
): ReadonlyArray<ReadonlyArray<string>> => {
  const samplesOf = (name: string): Samples => evaluating.get(keyOf(shape, name)) ?? []
  const celJs = samplesOf(celJsEngine.name)
  const byHand = samplesOf(shape.handWritten[0].name)
  return [...engines, ...shape.handWritten].map(({ name }, index) => {
    const compile = compiling.get(keyOf(shape, name))
    const toResult = compiling.get(`${keyOf(shape, name)} and result`)
    const samples = samplesOf(name)
    return [
      index === 0 ? shape.name : "",
      name,
      ...compileCells(compile, toResult),
      scaled(1e9 / median(samples)),
      spread(
        samples.map((sample) => 1e9 / sample),
        scaled
      ),
      `${figure(speedRatio(samples, celJs))}x`,
      `${figure(speedRatio(samples, byHand))}x`,
      name === sallyportTiered.name ? missedBy(compile ?? [], speedRatio(samples, celJs)) : ""
    ]
  })
}

const compileCells = (compile: Samples | undefined, toResult: Samples | undefined): ReadonlyArray<string> => {
  if (compile === undefined || toResult === undefined) return ["", "", ""]
  const microseconds = compile.map((sample) => sample / 1e3)
  return [figure(median(microseconds)), spread(microseconds, figure), figure(median(toResult) / 1e3)]
}

const missedBy = (compile: Samples, timesCelJs: number): string =>
  [
    ...(median(compile) / 1e3 > expected.compileMicroseconds
      ? [`compile ≤ ${expected.compileMicroseconds} µs`]
      : []),
    ...(timesCelJs < expected.timesCelJs ? [`evaluation ≥ ${expected.timesCelJs}x cel-js`] : [])
  ].join(", ")

main()
