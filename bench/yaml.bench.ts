/**
 * Loading a file: YAML with the place of everything in it, beside what the same data costs without places. How to
 * read it: `bench/README.md`.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Lexer, parseDocument, Parser } from "yaml"
import { SourceFile } from "../packages/language/src/source/SourceFile.ts"
import { loadYaml } from "../packages/language/src/source/YamlLoader.ts"
import { toJson } from "../packages/language/src/source/YamlNode.ts"
import { figure } from "./Figure.ts"
import { describeMachine } from "./Machine.ts"
import { measure, median, spread, speedRatio, type Samples, type Subject } from "./Measurement.ts"
import { type Column, textTable } from "./TextTable.ts"

const name = "playbook.yaml"
const text = readFileSync(join(import.meta.dirname, name), "utf8")

const loaded = (): string => {
  const { diagnostics, root } = loadYaml(new SourceFile(name, text))
  const [problem] = diagnostics
  if (problem !== undefined || root === undefined) throw new Error(problem?.message ?? "nothing was read")
  return JSON.stringify(toJson(root))
}

const json = loaded()

const repeat =
  (once: () => unknown): Subject["run"] =>
  (times) => {
    let weight = 0
    for (let index = 0; index < times; index++) weight += once() === undefined ? 1 : 2
    return weight
  }

const tokens = (): number => {
  let count = 0
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) for (const _ of parser.next(lexeme)) count++
  for (const _ of parser.end()) count++
  return count
}

const subjects: ReadonlyArray<Subject> = [
  { name: "sallyport loadYaml", run: repeat(() => loadYaml(new SourceFile(name, text)).root) },
  { name: "yaml parseDocument", run: repeat(() => parseDocument(text).contents) },
  { name: "yaml tokens only", run: repeat(tokens) },
  { name: "JSON.parse", run: repeat((): unknown => JSON.parse(json)) }
]

const columns: ReadonlyArray<Column> = [
  { heading: "read by", align: "left" },
  { heading: "µs a file", align: "right" },
  { heading: "min–max", align: "left" },
  { heading: "MB/s", align: "right" },
  { heading: "to parseDocument", align: "right" }
]

const main = (): void => {
  // Figures of readers that do not agree are worth nothing.
  const theirs = JSON.stringify(parseDocument(text).toJS())
  if (theirs !== json) throw new Error(`loadYaml gives ${json}, parseDocument ${theirs}`)
  const lines = text.split("\n").length - 1
  process.stdout.write(`${describeMachine()}\n`)
  process.stdout.write(`${name}: ${lines} lines, ${text.length} characters; as JSON ${json.length}\n\n`)
  const measured = measure(subjects, { rounds: 101, sampleMilliseconds: 5 })
  const reference = measured.get("yaml parseDocument") ?? []
  process.stdout.write(
    `${textTable(
      columns,
      [...measured].map(([name, samples]) => row(name, samples, reference))
    )}\n`
  )
}

const row = (name: string, samples: Samples, reference: Samples): ReadonlyArray<string> => {
  const size = name === "JSON.parse" ? json.length : text.length
  const microseconds = samples.map((sample) => sample / 1e3)
  return [
    name,
    figure(median(microseconds)),
    spread(microseconds, figure),
    figure((size * 1e3) / median(samples)),
    `${figure(speedRatio(samples, reference))}x`
  ]
}

main()
