import { describe, expect, it, layer } from "@effect/vitest"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { join } from "node:path"
import { SecretBox } from "../src/session/SecretBox.ts"
import { secretBoxFromFile } from "../src/session/SecretBoxFile.ts"

const isWindows = process.platform === "win32"
const oldKey = Buffer.alloc(32, 1).toString("base64")
const newKey = Buffer.alloc(32, 2).toString("base64")
const boxOf = (...keys: ReadonlyArray<string>): SecretBox =>
  Result.getOrThrow(SecretBox.fromText(Redacted.make(keys.join("\n"))))

const box = boxOf(oldKey)
const opened = (sealed: string, context = "c", by = box): string => {
  const outcome = by.open(sealed, context)
  return Result.isSuccess(outcome) ? Redacted.value(outcome.success) : `refused: ${outcome.failure.reason}`
}
const seal = (text: string, context = "c"): string => box.seal(Redacted.make(text), context)

/** A text as Unicode allows it. */
const texts = Arbitrary.schema(Schema.String.check(Schema.makeFilter((text) => text.isWellFormed())))

describe("a secret box", () => {
  it.effect("opens what it sealed, whatever the text and the context", () =>
    Effect.gen(function* () {
      const result = yield* Arbitrary.checkEffect(
        Arbitrary.all({ text: texts, context: texts }),
        ({ context, text }) => opened(seal(text, context), context) === text,
        { runs: 300, seed: 3 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )

  it.effect("refuses what was sealed for another context", () =>
    Effect.gen(function* () {
      const result = yield* Arbitrary.checkEffect(
        Arbitrary.all({ one: texts, other: texts }),
        ({ one, other }) => one === other || opened(seal("text", one), other) === "refused: refused",
        { runs: 300, seed: 3 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )

  it("refuses a sealed text of which any character was changed, taken away or added", () => {
    const sealed = seal("topsecret")
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\0é"
    let tried = 0
    for (let at = 0; at <= sealed.length; at++) {
      for (const character of alphabet) {
        const changes = [
          sealed.slice(0, at) + character + sealed.slice(at + 1),
          sealed.slice(0, at) + character + sealed.slice(at),
          sealed.slice(0, at) + sealed.slice(at + 1)
        ]
        for (const changed of changes) {
          if (changed === sealed) continue
          tried++
          expect(opened(changed)).toMatch(/^refused: (?:format|unknown_key|refused)$/)
        }
      }
    }
    expect(tried).toBeGreaterThan(10_000)
  })

  it("refuses bytes of which any bit was changed", () => {
    const [version, key, data = ""] = seal("topsecret").split(".")
    const bytes = Buffer.from(data, "base64url")
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8((changed[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3)
      expect(opened(`${version}.${key}.${changed.toString("base64url")}`)).toBe("refused: refused")
    }
  })

  it("never seals the same text alike, and its nonces are all different", () => {
    const nonces = new Set(
      Array.from({ length: 2_000 }, () =>
        Buffer.from(seal("a").split(".")[2] ?? "", "base64url").toString("hex", 0, 12)
      )
    )
    expect(nonces.size).toBe(2_000)
  })

  it("shows neither the text nor the key in what it seals", () => {
    const sealed = seal("topsecret-topsecret")
    expect(sealed).toMatch(/^sb1\.[A-Za-z0-9_-]{11}\.[A-Za-z0-9_-]+$/)
    for (const hidden of ["topsecret", oldKey, Buffer.from("topsecret-topsecret").toString("base64url")])
      expect(sealed).not.toContain(hidden)
  })

  it("whose keys were changed opens what the old one sealed, and seals with the new one", () => {
    const changed = boxOf("# since today", newKey, "", oldKey)
    expect(opened(seal("a"), "c", changed)).toBe("a")
    const sealed = changed.seal(Redacted.make("b"), "c")
    expect(opened(sealed, "c", boxOf(newKey))).toBe("b")
    expect(opened(sealed, "c", box)).toBe("refused: unknown_key")
    expect(changed.keyId).not.toBe(box.keyId)
  })

  it("is not made of anything but 32 bytes in base64", () => {
    const wrong = [
      "",
      "# only a comment",
      "topsecret",
      Buffer.alloc(31).toString("base64"),
      Buffer.alloc(33).toString("base64"),
      oldKey.replace("=", ""),
      `${oldKey}${oldKey}`,
      `${oldKey.slice(0, 42)}F=`,
      Buffer.alloc(32, 1).toString("hex"),
      `${oldKey}\ntopsecret`,
      Array.from({ length: 101 }, () => oldKey).join("\n")
    ]
    for (const text of wrong) {
      const outcome = SecretBox.fromText(Redacted.make(text))
      if (Result.isSuccess(outcome)) throw new Error(`taken: ${text}`)
      expect(outcome.failure.reason).toBe("key")
      const shown = `${outcome.failure.message} ${JSON.stringify(outcome.failure)} ${String(outcome.failure)}`
      for (const line of text.split("\n").filter((line) => line.length > 5 && !line.startsWith("#")))
        expect(shown).not.toContain(line)
    }
  })

  it("makes keys that are all different", () => {
    const keys = new Set(Array.from({ length: 100 }, () => Redacted.value(SecretBox.makeKey())))
    expect(keys.size).toBe(100)
    for (const key of keys)
      expect(opened(boxOf(key).seal(Redacted.make("a"), "c"), "c", boxOf(key))).toBe("a")
  })
})

layer(NodeServices.layer)("a key file", (it) => {
  const directory = Effect.flatMap(FileSystem.FileSystem, (files) => files.makeTempDirectoryScoped())
  const problem = (path: string, create = false) =>
    secretBoxFromFile({ path, create }).pipe(
      Effect.map(() => "taken"),
      Effect.catchTag("SecretBoxError", ({ message, reason }) => Effect.succeed(`${reason}: ${message}`))
    )

  it.effect.skipIf(isWindows)("is made for its owner only where that is asked, and kept", () =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const path = join(yield* directory, "keys", "box.key")
      expect(yield* problem(path)).toBe(`key: the key file ${path} does not exist`)
      const first = yield* secretBoxFromFile({ path, create: true })
      expect((yield* files.stat(path)).mode & 0o777).toBe(0o600)
      expect((yield* files.stat(join(path, ".."))).mode & 0o777).toBe(0o700)
      expect(yield* files.readDirectory(join(path, ".."))).toEqual(["box.key"])
      const second = yield* secretBoxFromFile({ path, create: true })
      expect(second.keyId).toBe(first.keyId)
    })
  )

  it.effect("that several make at once is one", () =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const folder = yield* directory
      const path = join(folder, "box.key")
      const boxes = yield* Effect.forEach(
        Array.from({ length: 20 }, (_, index) => index),
        () => secretBoxFromFile({ path, create: true }),
        { concurrency: "unbounded" }
      )
      expect(new Set(boxes.map(({ keyId }) => keyId)).size).toBe(1)
      expect(yield* files.readDirectory(folder)).toEqual(["box.key"])
    })
  )

  it.effect.skipIf(isWindows)("that others can read or write is refused with what to do", () =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const path = join(yield* directory, "box.key")
      yield* files.writeFileString(path, `${oldKey}\n`)
      for (const mode of [0o640, 0o604, 0o620, 0o602, 0o644]) {
        yield* files.chmod(path, mode)
        expect(yield* problem(path)).toContain(`is open to others: run \`chmod 600 ${path}\``)
      }
      yield* files.chmod(path, 0o400)
      expect(yield* problem(path)).toBe("taken")
    })
  )

  it.effect("that is none is refused, without its content", () =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const folder = yield* directory
      const path = join(folder, "box.key")
      expect(yield* problem(folder)).toBe(`key: the key file ${folder} is not a file`)
      yield* files.writeFileString(path, "topsecret", { mode: 0o600 })
      const message = yield* problem(path, true)
      expect(message).toContain(`the key file ${path}: key 1 is not 32 bytes in base64`)
      expect(message).not.toContain("topsecret")
      yield* files.writeFileString(path, "x".repeat(70_000))
      expect(yield* problem(path)).toContain("too large")
    })
  )
})
