import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { rooms } from "./architecture/Room.ts"

const repository = resolve(import.meta.dirname, "..")
const page = readFileSync(join(repository, "docs/architecture.md"), "utf8")
const picture = page.split("\n").filter((line) => line.startsWith("    "))

/** The arrows of a line of the picture. What hangs on a branch hangs on `cli`. */
const arrowsOf = (line: string): ReadonlyArray<readonly [string, string]> => {
  const names = line.split(/─*► |\s{2,}/).flatMap((part) => part.match(/^[a-z]+(?:\/\*)?(?= |$)/) ?? [])
  const chain = /[├└]/.test(line) ? ["cli", ...names] : names
  return chain.slice(1).map((to, index) => [chain[index] ?? "", to] as const)
}

describe("the picture of the architecture", () => {
  const own = picture.filter((line) => !line.includes("HTTP API"))
  const arrows = own.flatMap(arrowsOf)

  it("has only arrows that the table of rooms allows", () => {
    expect(arrows.length).toBeGreaterThan(7)
    const wrong = arrows.filter(([from, to]) => {
      const room = rooms.find(({ name }) => name === from)
      return room === undefined || !room.mayImport.includes(to)
    })
    expect(wrong).toEqual([])
  })

  it("has every room", () => {
    const drawn = new Set([
      ...arrows.flat(),
      ...(picture.join(" ").includes("console ──►") ? ["console"] : [])
    ])
    expect([...drawn].toSorted()).toEqual(rooms.map(({ name }) => name).toSorted())
  })

  it("stands above the rooms that are not built yet, by name", () => {
    const [, unbuilt = ""] = /exist today\.([^.]*)do not yet/.exec(page) ?? []
    const named = [...unbuilt.matchAll(/`([a-z]+)`/g)].map(([, name]) => name)
    const missing = rooms.filter(
      ({ directory }) => !existsSync(join(repository, directory.replace("/*", "")))
    )
    expect(named).toEqual(missing.map(({ name }) => name))
  })
})
