import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { generatedDirectories, generatedDocs } from "../docs/GeneratedDocs.ts"

const root = join(import.meta.dirname, "..")
const advice = "run `pnpm run docs` and commit what it writes"

describe("generated documents", () => {
  const docs = generatedDocs()

  for (const { path, content } of docs) {
    it(`${path} is what its source says`, () => {
      const file = join(root, path)
      expect(existsSync(file), `${path} is missing: ${advice}`).toBe(true)
      expect(readFileSync(file, "utf8"), `${path} is out of date: ${advice}`).toBe(content)
    })
  }

  for (const directory of generatedDirectories) {
    it(`${directory} has no document without a source`, () => {
      const found = readdirSync(join(root, directory)).map((name) => `${directory}/${name}`)
      const known = new Set(docs.map((doc) => doc.path))
      expect(
        found.filter((path) => !known.has(path)),
        advice
      ).toEqual([])
    })
  }
})
