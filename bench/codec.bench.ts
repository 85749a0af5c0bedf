/**
 * Checking what a service answers: a page of 2,000 STIX-like objects, parsed only, and parsed and checked in several
 * ways. `codec` is what the runtime makes of a manifest: closed records but for the objects themselves, which keep what
 * they do not know; `written by hand` is one Effect schema of structs, which checks types only and, where it decodes,
 * drops what it does not know.
 */
// First of all: what it exports must not be compiled.
import { decodeInterpreted } from "./InterpretedStix.ts"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { outputCodec } from "../packages/runtime/src/schema/ValueCodec.ts"
import { figure } from "./Figure.ts"
import { describeMachine } from "./Machine.ts"
import { measure, median, type Samples, spread, speedRatio, type Subject } from "./Measurement.ts"
import { stixPageSchema } from "./StixSchemas.ts"
import { stixDefinitions, stixPage, withoutAssertions } from "./StixPage.ts"
import { type Column, textTable } from "./TextTable.ts"

const count = 2000
const text = stixPage(count)
const reference = { $ref: "#/types/Page" }

const typesOnly = outputCodec(reference, withoutAssertions(stixDefinitions))
const complete = outputCodec(reference, stixDefinitions)
const isPage = Schema.is(stixPageSchema())
const decodePage = Schema.decodeUnknownSync(stixPageSchema())

const parse = (): unknown => JSON.parse(text)

const repeat =
  (once: () => boolean): Subject["run"] =>
  (times) => {
    let weight = 0
    for (let index = 0; index < times; index++) {
      if (!once()) throw new Error("the page does not fit")
      weight++
    }
    return weight
  }

const subjects: ReadonlyArray<Subject> = [
  { name: "JSON.parse alone", run: repeat(() => parse() !== null) },
  { name: "+ Schema.is, written by hand", run: repeat(() => isPage(parse())) },
  { name: "+ codec, types only", run: repeat(() => Result.isSuccess(typesOnly.decode(parse()))) },
  {
    name: "+ codec, with formats and bounds",
    run: repeat(() => Result.isSuccess(complete.decode(parse())))
  },
  { name: "+ decode, written by hand", run: repeat(() => decodePage(parse()).items.length === count) },
  {
    name: "+ interpreted decode, written by hand",
    run: repeat(() => decodeInterpreted(parse()).items.length === count)
  }
]

const columns: ReadonlyArray<Column> = [
  { heading: "page of 2,000", align: "left" },
  { heading: "ms", align: "right" },
  { heading: "min–max", align: "left" },
  { heading: "objects/s", align: "right" },
  { heading: "time to JSON.parse", align: "right" }
]

const row = (name: string, samples: Samples, bare: Samples): ReadonlyArray<string> => {
  const milliseconds = samples.map((sample) => sample / 1e6)
  return [
    name,
    figure(median(milliseconds)),
    spread(milliseconds, figure),
    `${Math.round(count / median(milliseconds))} k`,
    `${figure(speedRatio(bare, samples))}x`
  ]
}

const main = (): void => {
  process.stdout.write(`${describeMachine()}\n`)
  process.stdout.write(`${count} objects, ${Math.round(text.length / count)} characters each\n`)
  const start = performance.now()
  const first = outputCodec(reference, { ...stixDefinitions }).decode(parse())
  if (Result.isFailure(first)) throw new Error(first.failure[0]?.message ?? "the page does not fit")
  process.stdout.write(`a new codec and its first page: ${figure(performance.now() - start)} ms\n\n`)
  const measured = measure(subjects, { rounds: 31, sampleMilliseconds: 60 })
  const bare = measured.get("JSON.parse alone") ?? []
  process.stdout.write(
    `${textTable(
      columns,
      [...measured].map(([name, samples]) => row(name, samples, bare))
    )}\n`
  )
}

main()
