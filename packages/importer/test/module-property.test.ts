import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type Json, loadYaml, SourceFile, toJson } from "@sallyport/language"
import { loadManifest } from "@sallyport/runtime"
import { convertModule, type ImportedModule } from "../src/index.ts"
import { isObject, uncovered } from "./Coverage.ts"
import { at, keysOf } from "./ImportedText.ts"
import { Choices, moduleOf } from "./ModuleRecipe.ts"

const numbers = Arbitrary.array(
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 9_999 }))),
  {
    minLength: 20,
    maxLength: 400
  }
)

type Files = ReturnType<typeof moduleOf>

const converted = (files: Files): Result.Result<ImportedModule, unknown> =>
  convertModule({
    name: "random",
    icon: undefined,
    files: Object.entries(files).map(([name, content]) => ({ name, text: JSON.stringify(content) }))
  })

describe("any module", () => {
  it.effect("gives a manifest that loads, in which every property is, unless a loss names it", () =>
    Effect.gen(function* () {
      const result = yield* Arbitrary.checkEffect(
        numbers,
        (choices) => {
          const problems = problemsOf(moduleOf(new Choices(choices)))
          if (problems.length > 0) failures.push(...problems)
          return problems.length === 0
        },
        { runs: 400, seed: 20_261_122, size: 60 }
      )
      expect(failures.slice(-3)).toEqual([])
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )

  it.effect("of texts that are hardly JSON is converted or refused, without a crash", () =>
    Effect.gen(function* () {
      const texts = Arbitrary.array(Arbitrary.schema(Schema.Json), { maxLength: 3 })
      const result = yield* Arbitrary.checkEffect(
        texts,
        (contents) => {
          const [first, second, third] = contents.map((content) => JSON.stringify(content))
          const files = [
            { name: "manifest.json", text: first ?? "{" },
            { name: "action_a.json", text: `{"arguments":${second ?? "}"},"results":${third ?? "1"}}` }
          ]
          const module = convertModule({ name: "r", icon: undefined, files })
          return Result.isSuccess(module) && loads(module.success)
        },
        { runs: 300, seed: 20_261_122, size: 60 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )
})

/** For the message: what was wrong with the smallest module. */
const failures: Array<string> = []

const loads = ({ name, yaml }: ImportedModule): boolean =>
  loadManifest(new SourceFile(`${name}.yaml`, yaml)).manifest !== undefined

const problemsOf = (files: Files): ReadonlyArray<string> => {
  const module = converted(files)
  if (Result.isFailure(module)) return [String(module.failure)]
  if (!loads(module.success)) return ["the manifest does not load"]
  const { root } = loadYaml(new SourceFile("a.yaml", module.success.yaml))
  const manifest = root === undefined ? null : toJson(root)
  // What an object has twice or JSON writes otherwise is not what was meant: the text counts.
  const read: unknown = JSON.parse(JSON.stringify(files))
  return isObject(read)
    ? Object.entries(read).flatMap(([file, content]) => missingIn(file, content, manifest, module.success))
    : []
}

/** Arguments and settings are one map each; their names may have changed, which a loss then says. */
const missingIn = (
  file: string,
  content: unknown,
  manifest: Json,
  { losses }: ImportedModule
): ReadonlyArray<string> => {
  if (!isObject(content)) return []
  return Object.entries(content).flatMap(([key, schema]: readonly [string, unknown]) => {
    if (key === "results") {
      const output = at(operationOf(file, manifest), file.startsWith("action") ? "output" : "event")
      return uncovered({ file, pointer: "/results", schema, draft: output }, manifest, losses)
    }
    if ((key !== "arguments" && key !== "configuration") || !isObject(schema)) return []
    const properties: unknown = Object.entries(schema).find(([name]) => name === "properties")?.[1]
    if (!isObject(properties)) return []
    return Object.entries(properties).flatMap(([name, inner]: readonly [string, unknown]) => {
      const pointer = `/${key}/properties/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`
      const maps =
        key === "configuration"
          ? [at(manifest, "connection", "config"), at(manifest, "connection", "secrets")]
          : [at(operationOf(file, manifest), "input")]
      const drafts = maps.flatMap((map) => [at(map, name), at(map, `${name}?`)])
      const draft = drafts.find((draft) => draft !== undefined)
      const isSecret = key === "configuration" && drafts.indexOf(draft) > 1
      return uncovered({ file, pointer, schema: isSecret ? asSecret(inner) : inner, draft }, manifest, losses)
    })
  })
}

/** Secrets are texts: that needs no word in the manifest. */
const asSecret = (schema: unknown): unknown =>
  isObject(schema)
    ? Object.fromEntries(
        Object.entries(schema).filter(
          ([name, value]) => !name.endsWith("secret") && !(name === "type" && value === "string")
        )
      )
    : schema

/** What a file became: operations stand in the order of their files, triggers before connectors. */
const operationOf = (file: string, manifest: Json): Json | undefined => {
  const section = at(manifest, file.startsWith("action") ? "actions" : "triggers")
  const name = keysOf(section)[file === "action_a.json" || file.startsWith("trigger") ? 0 : 1]
  return name === undefined ? undefined : at(section, name)
}
