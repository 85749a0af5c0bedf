import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { parseAllDocuments } from "yaml"
import { SourceFile } from "../src/source/SourceFile.ts"
import { loadYaml } from "../src/source/YamlLoader.ts"
import { toJson } from "../src/source/YamlNode.ts"

// oxfmt-ignore
const pieces = [
  "a", "b", "1", "-", "?", ":", ",", "[", "]", "{", "}", "#", "'", '"', "\\", "|",
  ">", "@", "`", "~", "é", "\t", " ", "b: ", "c:", "- ", "? ", ": ", " # c\n", "&x ", "*x", "!t ",
  "!!str ", "''", "\\n", "|-\n", ">+\n", "|2\n", "\n", "\n", "\n", "\n ", "\n  ", "\n    ", "\r\n", "\n- ", "\n  - ", "\nk: ",
  "\n  k: ", "k: v\n", "- v\n", "---\n", "...\n", "%YAML 1.2\n", "0x1f", "true", "null", "1e3", ".5", "${{ x }}", "<<: ", "x y", "'q'", '"q"',
  '"q": ', "'q': ", "[a, b]", "{a: b}"
] as const

const document = Arbitrary.array(Arbitrary.schema(Schema.Literals(pieces)), { maxLength: 16 }).pipe(
  Arbitrary.map((parts) => parts.join(""))
)

/** YAML that is refused on purpose: keys that are no text, tags, merge keys, aliases, numbers, documents. */
const refused = new Set<string>(["SP0107", "SP0108", "SP0109", "SP0110", "SP0111", "SP0112", "SP0113"])

/** What yaml 2.9.1 overlooks: the end of a text that is an escape, `? a` and then a value, a lone directive. */
const overlooked = (code: string, message: string, source: string): boolean =>
  (code === "SP0102" && message.startsWith("the quote")) ||
  (message.startsWith('":" is missing') && source.includes("?")) ||
  message.startsWith("a directive must be followed")

/** What the yaml package makes of a text: JSON, or undefined when it reports anything. Its keys are text, too. */
const reference = (source: string): string | undefined => {
  const documents = parseAllDocuments(source.replace("\ufeff", ""), { stringKeys: true, logLevel: "silent" })
  if (documents.length === 0) return "null"
  const isWrong = documents.some(({ errors, warnings }) => errors.length + warnings.length > 0)
  if (isWrong || documents.length > 1) return undefined
  try {
    return JSON.stringify(documents[0]?.toJS())
  } catch {
    // An alias without an anchor is found only here.
    return undefined
  }
}

describe("random documents", () => {
  it.effect("are read as the yaml package reads them, or refused where it refuses them", () =>
    Effect.gen(function* () {
      let read = 0
      let wrong = 0
      const result = yield* Arbitrary.checkEffect(
        document,
        (source) => {
          const { root, diagnostics } = loadYaml(new SourceFile("a.yaml", source))
          const theirs = reference(source)
          const isOurs = diagnostics.some(
            ({ code, message }) => refused.has(code) || overlooked(code, message, source)
          )
          if (diagnostics.length === 0) {
            read += 1
            return root !== undefined && JSON.stringify(toJson(root)) === theirs
          }
          if (theirs === undefined) wrong += 1
          return theirs === undefined || isOurs
        },
        { runs: 20_000, seed: 20_263, size: 40 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
      expect(read).toBeGreaterThan(4000)
      expect(wrong).toBeGreaterThan(4000)
    })
  )

  it.effect("have problems inside of the file and in its order, and never a throw", () =>
    Effect.gen(function* () {
      const result = yield* Arbitrary.checkEffect(
        document,
        (source) => {
          const { diagnostics } = loadYaml(new SourceFile("a.yaml", source), {
            depth: 5,
            tokens: 40,
            aliasedNodes: 3
          })
          return diagnostics.every(
            ({ span }, index) =>
              span.start <= span.end &&
              span.end <= source.length &&
              span.start >= (diagnostics[index - 1]?.span.start ?? 0)
          )
        },
        { runs: 20_000, seed: 20_264, size: 40 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )
})
