import { describe, expect, it, layer } from "@effect/vitest"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FileSystem from "effect/FileSystem"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { join } from "node:path"
import { readSecret } from "../src/connection/SecretReader.ts"
import type { SecretSource } from "../src/connection/SecretSource.ts"
import type { Environment } from "../src/connection/VariableName.ts"

const node = process.execPath
const isWindows = process.platform === "win32"

/** Reads a secret in a directory of its own; what goes wrong is the text of the error. */
const read = (source: SecretSource, directory = ".", environment: Environment = {}) =>
  readSecret(source, { environment, directory }).pipe(
    Effect.map(Redacted.value),
    Effect.catchTag("SecretSourceError", ({ message }) => Effect.succeed(`refused: ${message}`))
  )

const inDirectory = Effect.flatMap(FileSystem.FileSystem, (files) => files.makeTempDirectoryScoped())

/** Writes a file that only its owner can read, and gives its directory. */
const written = Effect.fnUntraced(function* (name: string, content: string, mode: number = 0o600) {
  const files = yield* FileSystem.FileSystem
  const directory = yield* inDirectory
  yield* files.writeFileString(join(directory, name), content)
  yield* files.chmod(join(directory, name), mode)
  return directory
})

/** What a program that runs this script prints is the secret. */
const script = (text: string, ...args: ReadonlyArray<string>): SecretSource => ({
  command: [node, "-e", text, ...args]
})

describe("a secret from a variable", () => {
  it.effect("is its text as it is, line breaks too", () =>
    Effect.gen(function* () {
      expect(yield* read({ env: "KEY" }, ".", { KEY: " a b\n" })).toBe(" a b\n")
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.effect("that is not set or empty is refused by its name", () =>
    Effect.gen(function* () {
      expect(yield* read({ env: "KEY" })).toBe("refused: the variable KEY is not set")
      expect(yield* read({ env: "KEY" }, ".", { KEY: "" })).toBe("refused: the variable KEY is empty")
      expect(yield* read({ env: "toString" })).toBe("refused: the variable toString is not set")
    }).pipe(Effect.provide(NodeServices.layer))
  )
})

layer(NodeServices.layer)("a secret from a file", (it) => {
  const contents: ReadonlyArray<readonly [string, string, string]> = [
    ["without a line break", "topsecret", "topsecret"],
    ["without its last line break", "topsecret\n", "topsecret"],
    ["without its last line break of Windows", "topsecret\r\n", "topsecret"],
    ["with all other white space", " top secret \n\n", " top secret \n"],
    ["without a byte order mark", "\ufefftopsecret\n", "topsecret"]
  ]
  for (const [how, content, expected] of contents)
    it.effect(`is read ${how}`, () =>
      Effect.gen(function* () {
        const directory = yield* written("key", content)
        expect(yield* read({ file: "key" }, directory)).toBe(expected)
        expect(yield* read({ file: join(directory, "key") }, "/")).toBe(expected)
      })
    )

  it.effect("of 64 KiB is read, a larger one refused", () =>
    Effect.gen(function* () {
      const most = "x".repeat(64 * 1024)
      expect(yield* read({ file: "key" }, yield* written("key", most))).toBe(most)
      const directory = yield* written("key", `${most}x`)
      expect(yield* read({ file: "key" }, directory)).toBe(
        `refused: the file ${join(directory, "key")} is larger than 64 KiB`
      )
    })
  )

  it.effect("says what is wrong with the file", () =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const directory = yield* written("empty", "\n")
      yield* files.writeFile(join(directory, "binary"), Uint8Array.of(0xff, 0xfe, 0x41))
      yield* files.symlink("loop", join(directory, "loop"))
      const at = (name: string): string => join(directory, name)
      expect(yield* read({ file: "empty" }, directory)).toBe(`refused: the file ${at("empty")} is empty`)
      expect(yield* read({ file: "none" }, directory)).toBe(`refused: the file ${at("none")} does not exist`)
      expect(yield* read({ file: "." }, directory)).toBe(`refused: ${directory} is a directory, not a file`)
      expect(yield* read({ file: "/dev/null" }, directory)).toBe("refused: /dev/null is not a regular file")
      expect(yield* read({ file: "binary" }, directory)).toBe(
        `refused: the file ${at("binary")} is not text in UTF-8`
      )
      expect(yield* read({ file: "loop" }, directory)).toContain(
        `refused: the file ${at("loop")} cannot be read`
      )
      expect(yield* read({ file: "~/key" }, directory)).toBe(
        `refused: the file ${at("~/key")} does not exist: "~" has no meaning here, write the whole path`
      )
    })
  )

  it.effect.skipIf(process.getuid?.() === 0)("that may not be read says so", () =>
    Effect.gen(function* () {
      const directory = yield* written("key", "topsecret", 0o000)
      expect(yield* read({ file: "key" }, directory)).toContain("may not be read by this user")
    })
  )

  it.effect.skipIf(isWindows)(
    "that others can read is used with a warning, one that they cannot without",
    () =>
      Effect.gen(function* () {
        const lines: Array<string> = []
        const logger = Logger.make(({ logLevel, message }) => {
          lines.push(`${logLevel} ${String(message)}`)
        })
        const directory = yield* written("key", "topsecret\n", 0o644)
        yield* read({ file: "key" }, directory).pipe(Effect.provide(Logger.layer([logger])))
        expect(lines).toEqual([
          `Warn the file of a secret can be read by others than its owner: run \`chmod 600 ${join(directory, "key")}\``
        ])
        yield* read({ file: "key" }, yield* written("key", "topsecret\n")).pipe(
          Effect.provide(Logger.layer([logger]))
        )
        expect(lines).toHaveLength(1)
      })
  )
})

layer(NodeServices.layer)("a secret from a command", (it) => {
  it.effect("is what it prints without its last line break", () =>
    Effect.gen(function* () {
      expect(yield* read(script("console.log('top secret')"))).toBe("top secret")
    })
  )

  it.effect("is given its arguments as they are, by no shell", () =>
    Effect.gen(function* () {
      const args = ["$HOME", "a b", "; echo no", "*", "`id`", ""]
      const printed = yield* read(script("console.log(JSON.stringify(process.argv.slice(1)))", ...args))
      expect(JSON.parse(printed)).toEqual(args)
    })
  )

  it.effect("runs in the directory of the file, with the variables that were given and no others", () =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const directory = yield* files.realPath(yield* inDirectory)
      const environment = { GIVEN: "1" }
      const text = "console.log(JSON.stringify([process.cwd(), process.env]))"
      const printed = yield* read(script(text), directory, environment)
      expect(JSON.parse(printed)).toEqual([directory, environment])
    })
  )

  it.effect("that fails shows its exit code, and nothing that it printed", () =>
    Effect.gen(function* () {
      const failing = "console.log('topsecret'); console.error('topsecret'); process.exitCode = 3"
      expect(yield* read(script(failing))).toBe(
        `refused: the command ${JSON.stringify(node)} ended with exit code 3`
      )
      expect(yield* read(script("process.kill(process.pid, 'SIGKILL')"))).toBe(
        `refused: the command ${JSON.stringify(node)} could not be run to its end`
      )
    })
  )

  it.effect.skipIf(isWindows)("has nowhere to write errors to, and nothing to read", () =>
    Effect.gen(function* () {
      const text =
        "console.log([0, 2].map((fd) => fs.fstatSync(fd).rdev === fs.statSync('/dev/null').rdev).join())"
      expect(yield* read(script(text))).toBe("true,true")
    })
  )

  it.effect("that does not exist, prints nothing, no text or too much is refused", () =>
    Effect.gen(function* () {
      expect(yield* read({ command: ["no-such-program", "topsecret"] })).toBe(
        'refused: the command "no-such-program" does not exist, or its directory .'
      )
      expect(yield* read(script(""))).toContain("printed nothing")
      expect(yield* read(script("process.stdout.write(Buffer.from([255]))"))).toContain("not text in UTF-8")
      expect(yield* read(script("process.stdout.write('x'.repeat(65536))"))).toHaveLength(65_536)
      expect(yield* read(script("for (;;) process.stdout.write('x'.repeat(65536))"))).toContain(
        "printed more than 64 KiB"
      )
      expect(yield* read({ command: [node, "-e", "a\0topsecret"] })).toBe(
        `refused: the command ${JSON.stringify(node)} could not be run to its end`
      )
    })
  )

  it.effect.skipIf(isWindows)("that may not be run says so", () =>
    Effect.gen(function* () {
      const directory = yield* written("program", "#!/bin/sh\necho topsecret\n")
      expect(yield* read({ command: ["./program"] }, directory)).toBe(
        'refused: the command "./program" may not be run by this user'
      )
      const files = yield* FileSystem.FileSystem
      yield* files.chmod(join(directory, "program"), 0o700)
      expect(yield* read({ command: ["./program"] }, directory)).toBe("topsecret")
    })
  )

  it.effect("that does not end is ended after 10 seconds", () =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const directory = yield* inDirectory
      const text =
        "fs.writeFileSync('new', String(process.pid)); fs.renameSync('new', 'pid'); setInterval(() => {}, 1000)"
      const fiber = yield* Effect.forkChild(read(script(text), directory))
      const pidFile = join(directory, "pid")
      while (!(yield* files.exists(pidFile))) yield* Effect.yieldNow
      const pid = Number(yield* files.readFileString(pidFile))
      expect(process.kill(pid, 0)).toBe(true)
      yield* TestClock.adjust("10 seconds")
      expect(yield* Fiber.join(fiber)).toBe(
        `refused: the command ${JSON.stringify(node)} gave no secret within 10 seconds`
      )
      expect(() => process.kill(pid, 0)).toThrow("ESRCH")
    })
  )
})
