import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"

const repository = resolve(import.meta.dirname, "..")
const program = join(repository, "docs/tour/check-expressions.ts")

/** Runs the program of the tour in a directory. */
function runTour(cwd: string, ...parameters: ReadonlyArray<string>) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [program, ...parameters], {
    cwd,
    encoding: "utf8",
    env: { PATH: "" }
  })
  return { status, stdout, stderr }
}

describe("the tour", () => {
  it("prints what the README shows, and finds every mistake", () => {
    const { status, stderr, stdout } = runTour(repository)
    expect(stderr).toBe("")
    expect(status).toBe(0)
    const readme = readFileSync(join(repository, "README.md"), "utf8")
    const shown = [...readme.matchAll(/^```text\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) =>
      block.split("\n")
    )
    const lines = new Set(stdout.split("\n"))
    expect(shown.length).toBeGreaterThan(10)
    expect(shown.filter((line) => line !== "" && line !== "  …" && !lines.has(line))).toEqual([])
    expect(stdout).toMatch(/(\d+) of \1 mistakes found/)
  })
})

describe("the demo", () => {
  it("prints what the README shows", { timeout: 120_000 }, () => {
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      [join(repository, "packages/cli/src/main.ts"), "demo"],
      { cwd: repository, encoding: "utf8", env: { PATH: "" } }
    )
    expect(status, stderr).toBe(0)
    const readme = readFileSync(join(repository, "README.md"), "utf8")
    const [, shown = ""] = /^```console\n([\s\S]*?)^```$/m.exec(readme) ?? []
    const lines = new Set(stdout.split("\n").map((line) => line.trimEnd()))
    expect(shown.trimEnd().split("\n").length).toBeGreaterThan(4)
    expect(
      shown
        .trimEnd()
        .split("\n")
        .filter((line) => !lines.has(line))
    ).toEqual([])
  })
})

describe("a file of one's own in the tour", () => {
  const directory = mkdtempSync(join(tmpdir(), "sallyport-tour-"))
  const files = {
    "schema.yaml": "type: object\nproperties: { x: { type: integer } }\nrequired: [x]\n",
    "unsupported.yaml": "type: object\nnot: {}\nproperties: { x: { type: integer } }\n",
    "zero.json": '{ "x": 0 }',
    "text.json": '{ "x": "hello" }',
    "broken.json": '{ "x": ',
    "right.yaml": "schema: schema.yaml\nsample: zero.json\nconditions:\n  a: event.x == 0\n",
    "wrong.yaml": "schema: schema.yaml\nconditions:\n  a: event.y > 1\n",
    "divides.yaml": "schema: schema.yaml\nsample: zero.json\nvalues:\n  a: ${{ 1 / event.x }}\n",
    "no-integer.yaml": "schema: schema.yaml\nsample: text.json\nvalues:\n  a: ${{ 1 / event.x }}\n",
    "broken-sample.yaml": "schema: schema.yaml\nsample: broken.json\nvalues:\n  a: ${{ 1 / event.x }}\n",
    "bad-schema.yaml": "schema: unsupported.yaml\nconditions:\n  a: event.x == 0\n",
    "no-schema.yaml": "schema: nowhere.yaml\nconditions:\n  a: event.x == 0\n",
    "prose.yaml": "hello there\n",
    "empty.yaml": "",
    "not-yaml.yaml": "a: [1\nb: }\n"
  }

  beforeAll(() => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)
    writeFileSync(join(directory, "binary.yaml"), Uint8Array.of(0, 0xff, 0xfe))
  })

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true })
  })

  const outcomes: ReadonlyArray<readonly [parameters: string, status: number, says: string]> = [
    ["right.yaml", 0, "a  bool  =  true"],
    ["right.yaml --format json", 0, '"errors": 0'],
    ["wrong.yaml", 1, 'error[SP1203]: unknown field "y"'],
    ["wrong.yaml --format json", 1, '"code": "SP1203"'],
    ["wrong.yaml --format=sarif", 1, '"ruleId": "SP1203"'],
    ["wrong.yaml --format github", 1, "::error file=wrong.yaml,line=3"],
    ["divides.yaml --format github", 1, "title=SP1302::division by zero"],
    ["no-integer.yaml", 1, "error[SP0231]: expected int"],
    ["broken-sample.yaml", 1, "error[SP0102]"],
    ["bad-schema.yaml", 1, "error[SP0203]"],
    ["prose.yaml", 1, "error[SP0231]: expected ExpressionFile"],
    ["empty.yaml", 1, "error[SP0231]: expected ExpressionFile"],
    ["not-yaml.yaml", 1, "error[SP01"],
    ["no-schema.yaml", 2, 'no-schema.yaml:1:9: cannot read "nowhere.yaml": there is no such file'],
    ["nowhere.yaml", 2, 'cannot read "nowhere.yaml": there is no such file'],
    [".", 2, 'cannot read ".": it is a directory'],
    ["binary.yaml", 2, 'cannot read "binary.yaml": it is not UTF-8 text'],
    ["--wrong", 2, "there is no option --wrong"],
    ["right.yaml --format xml", 2, '--format is one of pretty, json, sarif, github, not "xml"'],
    ["--format json", 2, "--format json needs a FILE"]
  ]

  for (const [parameters, status, says] of outcomes) {
    it(`${parameters} ends with ${status} and says why`, () => {
      const outcome = runTour(directory, ...parameters.split(" "))
      expect(outcome.stdout + outcome.stderr).toContain(says)
      expect(outcome.status).toBe(status)
      expect(outcome.stdout + outcome.stderr).not.toMatch(/^ {4}at /m)
      expect(outcome.stderr === "").toBe(status < 2)
    })
  }
})
