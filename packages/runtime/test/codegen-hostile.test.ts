import { SourceFile } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { parseSync, type Program } from "oxc-parser"
import { commentLine, docComment } from "../src/codegen/DocComment.ts"
import { generateModule } from "../src/codegen/ModuleGenerator.ts"
import { propertyKey, templateLiteral, textLiteral } from "../src/codegen/TextLiteral.ts"
import { ConnectorContract } from "../src/connector/ConnectorContract.ts"
import { loadManifest } from "../src/manifest/ManifestLoader.ts"
import { isRecord } from "../src/schema/JsonValue.ts"
import { temporaryDirectory } from "./TypeScriptProject.ts"

/** What ends, begins or hides something in TypeScript, in its comments, or for its tools. */
const pieces = [
  "*/",
  "/*",
  "/**",
  "//",
  "*",
  "/",
  "`",
  "${",
  "}",
  "\\",
  '"',
  "'",
  "\n",
  "\r\n",
  "\r",
  "\t",
  " ",
  "a",
  "é",
  "😀",
  "\u2028",
  "\u2029",
  "\u0085",
  "\u0000",
  "\u0007",
  "\u007f",
  "\ufeff",
  "\u202e",
  "\u2066",
  "\u200b",
  "\u{e0041}",
  "\ud83d",
  "\udc4d",
  "@ts-ignore",
  "@ts-nocheck",
  "@deprecated",
  "@type {x}",
  "{@link x}",
  "</script>",
  "<!--",
  "eslint-disable",
  "oxlint-disable",
  "# sourceMappingURL=x",
  "\\u0041",
  "\\",
  "export const x = 1",
  "${process.exit()}"
] as const
const hostile = Arbitrary.array(Arbitrary.schema(Schema.Literals(pieces)), { maxLength: 12 }).pipe(
  Arbitrary.map((parts) => parts.join(""))
)
const settings = { runs: 400, seed: 20260818 }

/** The program that a text is; undefined when it is none. */
const parsed = (text: string): Program | undefined => {
  const { errors, program } = parseSync("module.ts", text)
  return errors.length === 0 ? program : undefined
}

/** What `const x = EXPRESSION` gives, as far as it is one literal. */
const valueOf = (expression: string): unknown => {
  const [statement, ...others] = parsed(`const x = ${expression}`)?.body ?? []
  if (statement?.type !== "VariableDeclaration" || others.length > 0) return undefined
  const init = statement.declarations[0]?.init
  if (init?.type === "Literal") return init.value
  return init?.type === "TemplateLiteral" && init.quasis.length === 1
    ? init.quasis[0]?.value.cooked
    : undefined
}

/** A manifest that says a text wherever it may say any. In JSON, so that no character of it is refused. */
const manifestOf = (text: string, name: string): string => {
  const property = name === "" || name.endsWith("?") ? `${name}.` : name
  const json = JSON.stringify({
    connector: "hostile",
    version: "1.0.0",
    title: text,
    description: text,
    connection: {
      config: { "a?": { type: "string", description: text, default: text } },
      secrets: { key: { title: text, description: text } }
    },
    types: {
      Values: { enum: [text, "other"], description: text },
      Thing: {
        type: "object",
        title: text,
        properties: { [property]: { type: "string", description: text } }
      }
    },
    actions: {
      act: {
        summary: text,
        description: text,
        deprecated: text,
        effect: "read",
        input: { values: { $ref: "#/types/Values", description: text }, thing: { $ref: "#/types/Thing" } },
        output: { type: "object", properties: { [property]: { type: "string", description: text } } },
        implementation: "code"
      }
    },
    triggers: {
      on: { summary: text, description: text, event: { $ref: "#/types/Thing" }, implementation: "code" }
    }
  })
  return json.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
}

const generated = (text: string): string | undefined => {
  const { manifest } = loadManifest(new SourceFile("hostile.yaml", text))
  return manifest && generateModule(manifest)
}

/** The members of a module: kinds and names of its statements. */
const outline = (program: Program | undefined): ReadonlyArray<string> =>
  (program?.body ?? []).map((statement) => {
    if (statement.type !== "ExportNamedDeclaration") return statement.type
    const { declaration } = statement
    if (declaration?.type === "VariableDeclaration") {
      const id = declaration.declarations[0]?.id
      return `const ${id?.type === "Identifier" ? id.name : ""}`
    }
    return declaration?.type === "TSInterfaceDeclaration" || declaration?.type === "TSTypeAliasDeclaration"
      ? `${declaration.type} ${declaration.id.name}`
      : statement.type
  })

/** The keys of the interface `Thing`, and the literals of the type `Values`. */
const namesIn = (
  program: Program | undefined
): { keys: ReadonlyArray<unknown>; values: ReadonlyArray<unknown> } => {
  const declarations = (program?.body ?? []).flatMap((statement) =>
    statement.type === "ExportNamedDeclaration" ? [statement.declaration] : []
  )
  const keys = declarations.flatMap((declaration) =>
    declaration?.type === "TSInterfaceDeclaration" && declaration.id.name === "Thing"
      ? declaration.body.body.flatMap((member) => {
          if (member.type !== "TSPropertySignature") return []
          if (member.key.type === "Identifier") return [member.key.name]
          return member.key.type === "Literal" ? [member.key.value] : []
        })
      : []
  )
  const values = declarations.flatMap((declaration) =>
    declaration?.type === "TSTypeAliasDeclaration" &&
    declaration.id.name === "Values" &&
    declaration.typeAnnotation.type === "TSUnionType"
      ? declaration.typeAnnotation.types.map((type) =>
          type.type === "TSLiteralType" && type.literal.type === "Literal" ? type.literal.value : undefined
        )
      : []
  )
  return { keys, values }
}

describe("whatever a manifest says", () => {
  it.effect("it is a text in a literal, and evaluates to itself", () =>
    Effect.gen(function* () {
      const result = yield* Arbitrary.checkEffect(
        hostile,
        (text) =>
          valueOf(textLiteral(text)) === text &&
          valueOf(templateLiteral(text)) === text &&
          !/[\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u.test(templateLiteral(text)) &&
          !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u.test(textLiteral(text)) &&
          parsed(`interface A { readonly ${propertyKey(text)}: 1 }`)?.body.length === 1,
        settings
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )

  it.effect("it stays inside its comment, and is neither a tag nor a directive", () =>
    Effect.gen(function* () {
      const result = yield* Arbitrary.checkEffect(
        Arbitrary.all({ text: hostile, deprecated: hostile }),
        ({ deprecated, text }) => {
          const source = `// ${commentLine(text)}\n${docComment(text, "  ", deprecated)}const x = 1\n`
          const { comments, errors, program } = parseSync("module.ts", source)
          const lines = comments.flatMap(({ value }) => value.split("\n"))
          const tags = lines.filter((line) => /^[\s*/]*@/.test(line))
          const directives = lines.filter((line) => /^[\s*]*(?:eslint|oxlint)-disable/.test(line))
          return (
            errors.length === 0 &&
            program.body.length === 1 &&
            comments.length === 2 &&
            tags.length === 1 &&
            directives.length === 0
          )
        },
        settings
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )

  it.effect("its module has the same members, and every name and value is what the manifest says", () =>
    Effect.gen(function* () {
      const harmless = outline(parsed(generated(manifestOf("a", "b")) ?? ""))
      expect(harmless).toContain("TSInterfaceDeclaration Thing")
      const result = yield* Arbitrary.checkEffect(
        Arbitrary.all({ text: hostile, name: hostile }),
        ({ name, text }) => {
          const manifest = manifestOf(text, name)
          const program = parsed(generated(manifest) ?? "")
          const { keys, values } = namesIn(program)
          const key = name === "" || name.endsWith("?") ? `${name}.` : name
          return (
            JSON.stringify(outline(program)) === JSON.stringify(harmless) &&
            JSON.stringify(keys) === JSON.stringify([key]) &&
            JSON.stringify(values) === JSON.stringify([text, "other"])
          )
        },
        settings
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )

  it("its module runs, and has the very text of the manifest", async () => {
    const text = `${manifestOf(pieces.join(" "), pieces.join(""))}\n# \`\${process.exit()}\` \\u0041 \\ */ \u{1f600}\n`
    const directory = temporaryDirectory()
    try {
      const file = join(directory, "manifest.gen.ts")
      writeFileSync(file, generated(text) ?? "")
      const loaded: unknown = await import(pathToFileURL(file).href)
      const contract: unknown = isRecord(loaded) ? loaded["Hostile"] : undefined
      if (!(contract instanceof ConnectorContract)) throw new Error("it exports no contract")
      expect(contract.manifest.file.text).toBe(text)
      expect(contract.manifest.manifest.title).toBe(pieces.join(" "))
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})
