import { describe, expect, it } from "@effect/vitest"
import { SourceFile } from "@sallyport/language"
import { loadManifest } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { commandReference } from "../src/index.ts"
import { repository } from "./Sallyport.ts"

describe("the reference of the commands", () => {
  const reference = Effect.runSync(commandReference)
  const sections = reference.split(/^## /m).slice(1)

  it("has every command, each with a description and an example", () => {
    expect(sections).toHaveLength(18)
    for (const section of sections) {
      const [name = ""] = section.split("\n")
      expect(section).toMatch(/^sallyport [a-z -]+\n\n[A-Z].*\.\n\n`sallyport /)
      expect(section, name).toMatch(/```sh\n[^`]*sallyport /)
    }
  })

  it("names only actions, triggers and inputs that the shipped manifests have", () => {
    const examples = [...reference.matchAll(/sallyport (?:call|poll|connectors show) (\w+)\.(\w+)(.*)/g)]
    expect(examples.length).toBeGreaterThanOrEqual(5)
    for (const [example, connector, name = "", options = ""] of examples) {
      const path = join(repository, `manifests/${connector}.yaml`)
      const { manifest } = loadManifest(new SourceFile(path, readFileSync(path, "utf8")))
      const operation = manifest?.actions.get(name) ?? manifest?.triggers.get(name)
      expect(operation, example).toBeDefined()
      for (const [, input = ""] of options.matchAll(/--set '?(\w+)=/g))
        expect(operation?.input.properties.has(input), example).toBe(true)
    }
  })
})
