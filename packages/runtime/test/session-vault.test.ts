import { expect, layer } from "@effect/vitest"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { join } from "node:path"
import { SecretBox } from "../src/session/SecretBox.ts"
import { SessionVault, type StoredSession } from "../src/session/SessionVault.ts"
import type { SessionVaultError } from "../src/session/SessionVaultError.ts"

const isWindows = process.platform === "win32"

const boxOf = (fill: number): SecretBox =>
  Result.getOrThrow(SecretBox.fromText(Redacted.make(Buffer.alloc(32, fill).toString("base64"))))

const key = { connection: "threatwinds", scheme: "session" }
const session: StoredSession = {
  body: Redacted.make({
    bearer: "topsecret",
    expireAt: 1_798_761_600,
    list: [null, true, { a: "é\ud83d\ude00" }]
  }),
  confirmed: false,
  opened: DateTime.makeUnsafe("2026-03-04T05:06:07.089Z"),
  service: "https://intelligence.example/api",
  expires: DateTime.makeUnsafe("2026-12-31T12:00:00Z")
}

/** A session as plain values, to compare. */
const plain = (stored: Option.Option<StoredSession>) =>
  Option.getOrUndefined(
    Option.map(stored, ({ body, confirmed, expires, opened, service }) => ({
      service,
      body: Redacted.value(body),
      confirmed,
      opened: DateTime.formatIso(opened),
      expires: expires === undefined ? undefined : DateTime.formatIso(expires)
    }))
  )

const directory = Effect.flatMap(FileSystem.FileSystem, (files) => files.makeTempDirectoryScoped())
const inFiles = (path: string, box = boxOf(1)) =>
  Effect.provide(SessionVault.layerFile({ directory: path, box }))

const put = Effect.flatMap(SessionVault, (vault) => vault.put(key, session))
const get = Effect.flatMap(SessionVault, (vault) => vault.get(key))
const problem = <A>(effect: Effect.Effect<A, SessionVaultError, SessionVault>) =>
  effect.pipe(
    Effect.map(() => "no problem"),
    Effect.catchTag("SessionVaultError", ({ message }) => Effect.succeed(message))
  )

layer(NodeServices.layer)("sessions", (it) => {
  const vaults = [
    ["in memory", () => Effect.succeed(SessionVault.layerMemory)],
    [
      "in files",
      () => Effect.map(directory, (path) => SessionVault.layerFile({ directory: path, box: boxOf(1) }))
    ]
  ] as const
  for (const [where, make] of vaults)
    it.effect(`${where} are what was put last, until they are removed`, () =>
      Effect.gen(function* () {
        const vault = yield* make()
        yield* Effect.gen(function* () {
          const vault = yield* SessionVault
          expect(plain(yield* vault.get(key))).toBeUndefined()
          yield* vault.remove(key)
          yield* vault.put(key, session)
          expect(plain(yield* vault.get(key))).toEqual(plain(Option.some(session)))
          expect(plain(yield* vault.get({ ...key, connection: "other" }))).toBeUndefined()
          yield* vault.put(key, { ...session, confirmed: true })
          expect(plain(yield* vault.get(key))?.confirmed).toBe(true)
          yield* vault.remove(key)
          expect(plain(yield* vault.get(key))).toBeUndefined()
        }).pipe(Effect.provide(vault))
      })
    )

  it.effect.skipIf(isWindows)("in files outlive the process, encrypted, for their owner only", () =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const path = join(yield* directory, "state", "sessions")
      yield* put.pipe(inFiles(path))
      expect(plain(yield* get.pipe(inFiles(path)))).toEqual(plain(Option.some(session)))
      expect(yield* files.readDirectory(path)).toEqual(["threatwinds.session.session"])
      expect((yield* files.stat(path)).mode & 0o777).toBe(0o700)
      const file = join(path, "threatwinds.session.session")
      expect((yield* files.stat(file)).mode & 0o777).toBe(0o600)
      const text = yield* files.readFileString(file)
      expect(text).toMatch(/^sb1\.[\w-]+\.[\w-]+\n$/)
      expect(Buffer.from(text, "base64url").toString("latin1")).not.toContain("bearer")
    })
  )

  it.effect("in files that are written by many at once are always whole", () =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const path = yield* directory
      yield* put.pipe(inFiles(path))
      yield* Effect.forEach(
        Array.from({ length: 40 }, (_, index) => index),
        (index) =>
          index % 2 === 0 ? put : Effect.map(get, (stored) => expect(Option.isSome(stored)).toBe(true)),
        { concurrency: "unbounded" }
      ).pipe(inFiles(path))
      expect(yield* files.readDirectory(path)).toEqual(["threatwinds.session.session"])
    })
  )

  it.effect("in files cannot be exchanged, changed or read with another key", () =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const path = yield* directory
      const file = join(path, "threatwinds.session.session")
      yield* put.pipe(inFiles(path))
      const sealed = yield* files.readFileString(file)
      const other = yield* problem(get).pipe(inFiles(path, boxOf(2)))
      expect(other).toBe(
        `the session of connection "threatwinds", scheme "session", cannot be used: it was sealed with a key that is not given; give that key besides the new one, or remove ${file} and open the session again`
      )
      yield* files.rename(file, join(path, "other.session.session"))
      const moved = yield* Effect.flatMap(SessionVault, (vault) =>
        Effect.flip(vault.get({ connection: "other", scheme: "session" }))
      ).pipe(inFiles(path))
      expect(moved.message).toContain("it was changed, or sealed for something else; remove ")
      for (const broken of ["", "{}", sealed.slice(0, -9), `${sealed}x`, "\0".repeat(100)]) {
        yield* files.writeFileString(file, broken)
        const message = yield* problem(get).pipe(inFiles(path))
        expect(message).toContain(`remove ${file} and open the session again`)
      }
      const foreign = boxOf(1).seal(Redacted.make('{"body":1}'), "session threatwinds session")
      yield* files.writeFileString(file, foreign)
      expect(yield* problem(get).pipe(inFiles(path))).toContain("it holds no session")
      yield* put.pipe(inFiles(path))
      expect(plain(yield* get.pipe(inFiles(path)))?.confirmed).toBe(false)
    })
  )

  it.effect.skipIf(isWindows)(
    "are not kept where others could reach them, nor under names that lead elsewhere",
    () =>
      Effect.gen(function* () {
        const files = yield* FileSystem.FileSystem
        const path = yield* directory
        yield* files.chmod(path, 0o750)
        expect(yield* problem(put).pipe(inFiles(path))).toContain(`run \`chmod 700 ${path}\``)
        expect(yield* files.readDirectory(path)).toEqual([])
        yield* files.writeFileString(join(path, "file"), "")
        expect(yield* problem(put).pipe(inFiles(join(path, "file")))).toContain("cannot be kept")
        for (const connection of ["../a", "a/b", "", "A", "a.b", "a\0"]) {
          const refused = yield* Effect.flatMap(SessionVault, (vault) =>
            Effect.flip(vault.put({ connection, scheme: "session" }, session))
          ).pipe(inFiles(path))
          expect(refused.message).toContain("cannot be kept under these names")
        }
      })
  )

  it.effect.skipIf(isWindows)("never show in an error", () =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const path = yield* directory
      yield* put.pipe(inFiles(path))
      yield* files.chmod(path, 0o755)
      const errors = [
        yield* Effect.flip(put).pipe(inFiles(path)),
        yield* Effect.flip(get).pipe(inFiles(path, boxOf(2)))
      ]
      for (const error of errors)
        expect(`${error.message} ${JSON.stringify(error)} ${String(error)} ${error.stack}`).not.toContain(
          "topsecret"
        )
    })
  )
})
