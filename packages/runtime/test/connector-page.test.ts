import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { connectorIndex } from "../src/documentation/ConnectorIndex.ts"
import { connectorPage } from "../src/documentation/ConnectorPage.ts"
import { connectorReadme } from "../src/documentation/ConnectorReadme.ts"
import { code, inline, prose, showJson } from "../src/documentation/MarkdownText.ts"
import type { CheckedManifest } from "../src/manifest/CheckedManifest.ts"
import { readMarkdown, type ReadMarkdown, withoutCode } from "./MarkdownReader.ts"
import { checked, fixture } from "./ManifestText.ts"

const directory = new URL("../../../manifests/", import.meta.url)
const manifests: ReadonlyArray<CheckedManifest> = [
  fixture(),
  ...readdirSync(directory)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => checked(readFileSync(new URL(name, directory), "utf8"), name))
]

/** The part of a page from a heading to the next of its level or above. */
const sectionOf = (page: string, heading: string): string => {
  const [, rest] = page.split(`\n${heading}\n`)
  if (rest === undefined) return expect.fail(`no section "${heading}"`)
  return rest.split(/\n#{1,3} /)[0] ?? ""
}

describe.each(manifests.map((manifest) => [manifest.manifest.connector, manifest] as const))(
  "the page of %s",
  (connector, manifest) => {
    const page = connectorPage(manifest)
    const read = readMarkdown(page)

    it("has every action, trigger and type once, and nothing more", () => {
      const { actions, triggers, manifest: vocabulary } = manifest
      expect(read.headings.filter((heading) => heading.startsWith("### ") && !isOfConnect(heading))).toEqual([
        ...[...actions.keys()].map((name) => `### ${connector}.${name}`),
        ...[...triggers.keys()].map((name) => `### ${connector}.${name} (trigger)`),
        ...Object.keys(vocabulary.types ?? {}).map((name) => `### Type ${name}`)
      ])
    })

    it("has every input, with whether it must be given", () => {
      const places = [
        ...[...manifest.actions].map(([name, { input }]) => [`### ${connector}.${name}`, input] as const),
        ...[...manifest.triggers].map(
          ([name, { input }]) => [`### ${connector}.${name} (trigger)`, input] as const
        )
      ]
      for (const [heading, { properties }] of places) {
        const { tables } = readMarkdown(sectionOf(page, heading))
        const rows = tables.filter(([head]) => head?.[0] === "input").flat()
        for (const [name, { default: standard, isRequired }] of properties) {
          const row = rows.find(([cell]) => cell === `\`${name}\``)
          expect(row, `${heading}: ${name}`).toBeDefined()
          const expected = standard === undefined ? (isRequired ? "required" : "optional") : "default "
          expect(row?.[2]).toContain(expected)
          expect(row?.[1]).not.toBe("")
        }
      }
    })

    it("has every setting and secret, with its variable", () => {
      for (const name of [...manifest.config.properties.keys(), ...manifest.secrets.keys()]) {
        const row = read.tables.flat().find(([cell]) => cell === `\`${name}\``)
        expect(row, name).toContain(`\`${`${connector}_${name}`.toUpperCase()}\``)
      }
    })

    it("has every example as a command whose input is that of the manifest", () => {
      const calls = read.fences.flatMap((fence) => inputOfCall(fence) ?? [])
      const examples = Object.entries(manifest.manifest.actions ?? {}).flatMap(([name, action]) =>
        (action.examples ?? []).map(({ input }) => ({
          operation: `${connector}.${name}`,
          input: input ?? {}
        }))
      )
      expect(calls).toEqual(examples)
    })

    it("links only to headings that it has", () => {
      const anchors = new Set(
        read.headings.map((heading) =>
          heading
            .replace(/^#+ /, "")
            .toLowerCase()
            .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
            .replaceAll(" ", "-")
        )
      )
      const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = ""]) => anchor)
      expect(links.length).toBeGreaterThan(0)
      expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([])
    })

    it("has whole tables", () => expectWholeTables(read))

    it("and its README agree on what there is", () => {
      const readme = connectorReadme(manifest, { page: "page.md", notes: "## Notes\n\nBy hand.\n" })
      const { headings, tables } = readMarkdown(readme)
      expectWholeTables(readMarkdown(readme))
      const names = tables.flat().flatMap(([first = ""]) => /^\[`(\w+)`\]\(page\.md#/.exec(first)?.[1] ?? [])
      expect(names).toEqual([...manifest.actions.keys(), ...manifest.triggers.keys()])
      expect(headings.at(-1)).toBe("## Notes")
      expect(readme.endsWith("By hand.\n")).toBe(true)
    })
  }
)

const isOfConnect = (heading: string): boolean => ["### Ways to authenticate", "### Limits"].includes(heading)

/** The input of a command, whichever way it is given. */
const inputOfCall = (fence: string): { readonly operation: string; readonly input: unknown } | undefined => {
  const [, operation = ""] = /^sallyport call (\S+) --input /.exec(fence) ?? []
  const given = /--input '([^']*)'/.exec(fence)?.[1] ?? /<<'JSON'\n([\s\S]*)\nJSON$/.exec(fence)?.[1]
  if (operation === "" || given === undefined) return undefined
  const input: unknown = JSON.parse(given)
  return { operation, input }
}

const expectWholeTables = ({ tables }: ReadMarkdown): void => {
  expect(tables.length).toBeGreaterThan(0)
  for (const [head, rule, ...rows] of tables) {
    expect(rule?.every((cell) => cell === "---")).toBe(true)
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row.length).toBe(head?.length)
  }
}

/** What a manifest may hold as text, and what it must not do to a page. */
const hostile = [
  "<script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt;",
  "a | b || c \\| d `e | f` ``g`h|i`` `unclosed",
  "\n\n# Heading\n\n## Another\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n",
  "```\n</code></pre>\n~~~\n```",
  "[click](javascript:alert(1)) ![x](https://a.example/x.png) [ok](https://a.example/(b)) [a]: x",
  "it's $(rm -rf) `id` \"quoted\" \\'",
  "\u202eright to left\u2066 zero\u200bwidth",
  "- item <b>\n- [x] done\n1. one\n> quote\n***\n---\n***bold*** __under__ $x$",
  "JSON\nJSON"
]
const hostileText = hostile.join(" ") + hostile.join("\n\n")
const text = JSON.stringify(hostileText)

const hostileManifest = `
connector: example
version: 1.0.0
title: ${text}
description: ${text}
docs: "https://a.example/?<b>|)[x](y)\`"
connection:
  config:
    place?: { enum: [${text}, plain], default: ${text}, description: ${text} }
  secrets:
    key: { description: ${text} }
types:
  Thing:
    type: object
    description: ${text}
    properties:
      ${text}: { type: string, pattern: "^(a|b)\`?$", description: ${text}, examples: ["a\`"] }
      inner: { type: array, items: { type: object, properties: { deep: { const: ${text} } } } }
http: { base: "https://a.example", auth: session }
auth:
  session:
    headers: { a: "\${{ session.x }}" }
    open: { POST: /open, json: { k: "\${{ secrets.key }}" }, body: { type: object, required: [x], properties: { x: { type: string } } } }
    confirm: { ask: ${JSON.stringify(`<b> | ${hostile[4] ?? ""}`)}, POST: /confirm, json: { a: "\${{ answer }}" } }
actions:
  act:
    summary: ${text}
    description: ${text}
    deprecated: ${text}
    input: { what: { type: string, description: ${text} } }
    output: { $ref: "#/types/Thing" }
    request: { GET: "/x/{what}" }
    response: { 404: { output: { ${text}: "a" } } }
    examples:
      - { summary: ${text}, input: { what: ${text} }, output: { ${text}: "a" } }
triggers:
  tick:
    summary: ${text}
    description: ${text}
    event: { $ref: "#/types/Thing" }
    implementation: code
    input: { kind: { enum: [${text}], description: ${text} } }
`

describe("texts of a hostile manifest", () => {
  const manifest = checked(hostileManifest)
  const pages = [
    connectorPage(manifest),
    connectorReadme(manifest, { page: "p.md", notes: undefined }),
    `# Index\n\n${connectorIndex([manifest, manifest])}\n`
  ]

  it("make no heading, break no table, and bring no HTML and no link but to https", () => {
    for (const page of pages) {
      const read = readMarkdown(page)
      expectWholeTables(read)
      expect(read.headings.slice(1).filter((heading) => !/^##+ [\w. ()]+$/.test(heading))).toEqual([])
      expect(read.headings.map((heading) => heading.split(" ")[1])).not.toContain("Heading")
      const loose = read.prose.filter((line) => /[<>|]/.test(line))
      expect(loose).toEqual([])
      const targets = read.prose.flatMap((line) =>
        [...line.matchAll(/(?<!\\)\]\(([^)\s]*)\)/g)].map(([, target = ""]) => target)
      )
      expect(targets.length).toBeGreaterThan(0)
      expect(
        targets.filter((target) => !/^(?:#|p\.md|example\.md|https:\/\/a\.example\/)/.test(target))
      ).toEqual([])
    }
  })

  it("hide nothing: characters that nobody sees are named or escaped", () => {
    for (const page of pages) expect(/[\u200b\u202e\u2066]/.test(page)).toBe(false)
    for (const page of pages) expect(page).toContain("⟨U+202E⟩")
  })

  it("reach a shell as they are", () => {
    const fences = readMarkdown(pages[0] ?? "").fences
    expect(fences.flatMap((fence) => inputOfCall(fence) ?? [])).toEqual([
      { operation: "example.act", input: { what: hostileText } }
    ])
    // Quoted with ' the text may not hold one.
    const poll = fences.find((fence) => fence.startsWith("sallyport poll")) ?? ""
    const given: unknown = JSON.parse(
      /--input '([^']*)' --state example-tick\.json/.exec(poll)?.[1] ?? "null"
    )
    expect(given).toEqual({ kind: hostileText })
  })
})

const pieces = [
  "a",
  " ",
  "|",
  "`",
  "``",
  "```",
  "\\",
  "<b>",
  "\n",
  "- ",
  "#",
  "[",
  "](https://a.example)",
  "**",
  "_",
  "$",
  "&amp;",
  "1.",
  "~~~",
  "\u200b",
  "é"
]
const hostileTexts = Arbitrary.array(
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: pieces.length - 1 }))),
  { maxLength: 40 }
).pipe(Arbitrary.map((indexes) => indexes.map((index) => pieces[index] ?? "").join("")))

const holds = (property: (text: string) => boolean): Effect.Effect<void> =>
  Effect.gen(function* () {
    const result = yield* Arbitrary.checkEffect(hostileTexts, property, {
      runs: 3_000,
      seed: 20_261_122,
      size: 60
    })
    expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
  })

describe("any text", () => {
  it.effect("is one line without a mark of tables or HTML, in prose and as code", () =>
    holds((text) =>
      [inline(text), code(text)].every((line) => !/[\n|\u200b]/.test(line) && !/[<>]/.test(withoutCode(line)))
    )
  )

  it.effect("is no heading, table or block of code as prose", () =>
    holds((text) => {
      const { fences, headings, tables } = readMarkdown(prose(text))
      return headings.length + tables.length + fences.length === 0
    })
  )

  it.effect("is the same text in JSON that is shown", () =>
    holds((text) => {
      const read: unknown = JSON.parse(showJson([text], 2))
      return Array.isArray(read) && read[0] === text
    })
  )

  it("that is long and full of marks is written at once", () => {
    for (const mark of ["`", "``a", "[", "**", "[a](", "`".repeat(50), "_", "- \n"])
      expect(inline(mark.repeat(20_000)).length).toBeGreaterThan(0)
  })
})
