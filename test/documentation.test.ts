import { existsSync, globSync, readFileSync, statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import * as Schema from "effect/Schema"

const repository = resolve(import.meta.dirname, "..")
const pages = globSync("{*.md,{docs,packages,connectors,manifests,playbooks,bench,test}/**/*.md}", {
  cwd: repository,
  exclude: ["**/node_modules/**", "**/dist/**"]
}).toSorted()

/** The links of a page, without those in code. */
function linksOf(text: string): ReadonlyArray<string> {
  const prose = text.replaceAll(/^(?:```|~~~)[\s\S]*?^(?:```|~~~)/gm, "").replaceAll(/`[^`\n]*`/g, "`code`")
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)].flatMap(([, link]) => (link === undefined ? [] : [link]))
}

/** The anchors that GitHub gives a page's headings. */
function anchorsOf(text: string): ReadonlyArray<string> {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-")
  )
}

/** Why a link of `page` leads nowhere; `undefined` when it leads somewhere or out of the repository. */
function brokenLink(page: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return link.startsWith("https://") ? undefined : `${page}: ${link} is not https`
  const [path = "", anchor] = link.split("#")
  const target = path === "" ? join(repository, page) : resolve(repository, dirname(page), path)
  if (!existsSync(target)) return `${page}: ${link} does not exist`
  if (anchor === undefined || statSync(target).isDirectory()) return undefined
  return anchorsOf(readFileSync(target, "utf8")).includes(anchor)
    ? undefined
    : `${page}: ${link} has no such heading`
}

describe("the documentation", () => {
  it("has no link that leads nowhere", () => {
    const broken = pages.flatMap((page) =>
      linksOf(readFileSync(join(repository, page), "utf8")).flatMap((link) => brokenLink(page, link) ?? [])
    )
    expect(broken).toEqual([])
  })

  it("names only commands that exist", () => {
    const manifest = readFileSync(join(repository, "package.json"), "utf8")
    const decode = Schema.decodeUnknownSync(
      Schema.fromJsonString(Schema.Struct({ scripts: Schema.Record(Schema.String, Schema.String) }))
    )
    const { scripts } = decode(manifest)
    // `pnpm install` is pnpm's own, `pnpm ci` and `pnpm docs` are mentioned as a warning.
    const known = new Set([...Object.keys(scripts), "install"])
    const named = ["README.md", "CONTRIBUTING.md"].flatMap((page) => [
      ...readFileSync(join(repository, page), "utf8").matchAll(/(?:`|^)p?npm (?:run )?([a-z][a-z:]*)/gm)
    ])
    expect(named.length).toBeGreaterThan(10)
    expect(named.map(([, command]) => command ?? "").filter((command) => !known.has(command))).toEqual([])
  })

  it("finds a link that leads nowhere", () => {
    expect(brokenLink("docs/architecture.md", "decisions/")).toBeUndefined()
    expect(brokenLink("README.md", "CONTRIBUTING.md#windows-and-alpine")).toBeUndefined()
    expect(brokenLink("README.md", "CONTRIBUTING.md#macos")).toBe(
      "README.md: CONTRIBUTING.md#macos has no such heading"
    )
    expect(brokenLink("docs/architecture.md", "README.md")).toBe(
      "docs/architecture.md: README.md does not exist"
    )
    expect(brokenLink("README.md", "http://example.com")).toBe("README.md: http://example.com is not https")
    expect(linksOf("[a](b.md) `[c](d.md)`\n```\n[e](f.md)\n```\n[`g`](h.md)")).toEqual(["b.md", "h.md"])
  })
})
