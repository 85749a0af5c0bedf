import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { document, sallyport, temporaryDirectory } from "./Sallyport.ts"

describe("the command line", () => {
  it.live("help and versions go to standard output and are no failure", () =>
    Effect.gen(function* () {
      const [help, version, bare] = yield* Effect.all([
        sallyport(["--help"]),
        sallyport(["--version"]),
        sallyport([])
      ])
      expect(help).toMatchObject({ code: 0, err: "" })
      expect(help.out).toContain("sallyport <subcommand>")
      expect(version).toEqual({ code: 0, out: "0.0.0\n", err: "" })
      expect(bare).toEqual(help)
    })
  )

  it.live("a wrong command line is exit code 2, names what was meant, and prints nothing else", () =>
    Effect.gen(function* () {
      const command = yield* sallyport(["conectors"])
      expect(command).toEqual({
        code: 2,
        out: "",
        err: 'sallyport: unknown command "conectors"; did you mean connectors?\nsee: sallyport --help\n'
      })
      const option = yield* sallyport(["connectors", "--jsn"])
      expect(option.err).toContain('unknown option "--jsn"; did you mean --json?')
      expect(option.code).toBe(2)
    })
  )

  it.live("with --json a wrong command line is a document with an error, too", () =>
    Effect.gen(function* () {
      const ended = yield* sallyport(["poll", "sekoia.feed", "--max-pages", "0", "--json"])
      expect(document(ended)).toMatchObject({ error: { reason: "Usage" } })
      expect(ended).toMatchObject({ code: 2, err: "" })
    })
  )

  it.live("a completion script is one that its shell can read, and knows every command", () =>
    Effect.gen(function* () {
      const directory = yield* temporaryDirectory
      const { code, out } = yield* sallyport(["completions", "bash"])
      expect(code).toBe(0)
      for (const command of ["connectors", "connections", "call", "poll", "check", "simulate", "completions"])
        expect(out).toContain(command)
      const script = join(directory, "sallyport.bash")
      writeFileSync(script, out)
      execFileSync("bash", ["-n", script])
    })
  )

  it.live("colours are for terminals, and for whoever forces them", () =>
    Effect.gen(function* () {
      const escape = "\u001b["
      const [plain, forced, refused] = yield* Effect.all([
        sallyport(["--help"]),
        sallyport(["--help"], { env: { FORCE_COLOR: "1" } }),
        sallyport(["--help"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } })
      ])
      expect(plain.out).not.toContain(escape)
      expect(forced.out).toContain(escape)
      expect(refused.out).not.toContain(escape)
    })
  )
})
