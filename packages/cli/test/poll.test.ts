import { describe, expect, it } from "@effect/vitest"
import { AnswerFault, Fault } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { document, sallyport, start } from "./Sallyport.ts"
import { holdNextRequest, sekoiaWorld } from "./SekoiaWorld.ts"

const pollFeed = ["poll", "sekoia.feed", "--state", "feed.state", "--set", "limit=100"]

const linesOf = (text: string): ReadonlyArray<string> => text.split("\n").filter((line) => line !== "")

describe("sallyport poll", () => {
  it.live("prints every event once over several runs, and goes on where it was", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* sekoiaWorld()
      const first = yield* sallyport([...pollFeed, "--max-pages", "1"], { cwd, env })
      expect(first.code).toBe(0)
      expect(first.err).toBe(
        "sallyport: sekoia.feed: 100 events in 1 page; there is more; the state is in feed.state\n"
      )
      expect(statSync(join(cwd, "feed.state")).mode & 0o777).toBe(0o600)
      const second = yield* sallyport(pollFeed, { cwd, env })
      expect(linesOf(first.out + second.out)).toHaveLength(sekoia.objects.size)
      expect(new Set(linesOf(first.out + second.out)).size).toBe(sekoia.objects.size)
      const third = yield* sallyport(pollFeed, { cwd, env })
      expect(third).toMatchObject({ code: 0, out: "" })
      expect(readdirSync(cwd)).toEqual(["feed.state"])
      const keyed = yield* sallyport(["poll", "sekoia.feed", "--keys", "--max-pages", "1"], { cwd, env })
      expect(linesOf(keyed.out)[0]).toMatch(/^\{"key":"[^"]+","event":\{/)
      expect(keyed.err).toContain("the state is not kept")
    })
  )

  it.live("the state does not move on before somebody has the events", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* sekoiaWorld()
      const { arrived, release } = holdNextRequest(sekoia)
      const running = yield* start(pollFeed, { cwd, env })
      yield* arrived
      running.process.stdout?.destroy()
      release()
      expect(yield* running.ended).toMatchObject({ code: 141, err: "" })
      expect(readdirSync(cwd)).toEqual([])
      const again = yield* sallyport(pollFeed, { cwd, env })
      expect(linesOf(again.out)).toHaveLength(sekoia.objects.size)
    })
  )

  it.live(
    "what was done before a failure is kept, and the failure is exit code 1 and the last line with --json",
    () =>
      Effect.gen(function* () {
        const { cwd, env, sekoia } = yield* sekoiaWorld()
        sekoia.faults.add(Fault.status(403, { body: "json" }), { skip: 1 })
        const failed = yield* sallyport([...pollFeed, "--json"], { cwd, env })
        expect(failed.code).toBe(1)
        const lines = linesOf(failed.out)
        expect(lines).toHaveLength(101)
        expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ error: { reason: "Forbidden", status: 403 } })
        const rest = yield* sallyport(pollFeed, { cwd, env })
        expect(linesOf(rest.out)).toHaveLength(sekoia.objects.size - 100)
      })
  )

  it.live("what is no event is set aside where --rejected says, and not shown", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* sekoiaWorld()
      sekoia.faults.add(AnswerFault.badItems([{ type: 7, note: "text-of-a-bad-item" }]))
      const { code, err, out } = yield* sallyport([...pollFeed, "--rejected", "bad.ndjson"], { cwd, env })
      expect(code).toBe(0)
      expect(err).toContain("set aside")
      expect(out + err).not.toContain("text-of-a-bad-item")
      const [line, ...others] = linesOf(readFileSync(join(cwd, "bad.ndjson"), "utf8"))
      expect(others).toEqual([])
      expect(JSON.parse(line ?? "")).toMatchObject({ item: { note: "text-of-a-bad-item" } })
      expect(statSync(join(cwd, "bad.ndjson")).mode & 0o777).toBe(0o600)
    })
  )

  it.live.skipIf(!existsSync("/dev/full"))(
    "what cannot be set aside is not said to be, ends with exit code 1, and comes again",
    () =>
      Effect.gen(function* () {
        const { cwd, env, sekoia } = yield* sekoiaWorld()
        sekoia.faults.add(AnswerFault.badItems([{ type: 7 }]))
        const full = yield* sallyport([...pollFeed, "--rejected", "/dev/full"], { cwd, env })
        expect(full.code).toBe(1)
        expect(full.err).toBe("sallyport: /dev/full: cannot be written: there is no space left (ENOSPC)\n")
        expect(readdirSync(cwd)).toEqual([])
      })
  )

  it.live("a state file that is damaged or of another is refused as it is, before anything is sent", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* sekoiaWorld()
      const foreign = {
        sallyport: "poll-state",
        version: 1,
        connector: "sekoia",
        trigger: "feed",
        connection: "staging",
        state: {}
      }
      for (const text of ["", "{", '{"cursor":"x"}', JSON.stringify(foreign)]) {
        writeFileSync(join(cwd, "feed.state"), text)
        const ended = yield* sallyport([...pollFeed, "--json"], { cwd, env })
        expect(ended.code).toBe(2)
        expect(document(ended)).toMatchObject({ error: { reason: "State" } })
        expect(readFileSync(join(cwd, "feed.state"), "utf8")).toBe(text)
      }
      const elsewhere: ReadonlyArray<readonly [string, string, string]> = [
        ["--state", "/dev/zero", "/dev/zero: is a device, not a regular file"],
        ["--state", ".", ".: is a directory, not a file"],
        ["--state", "nodir/s.state", 'nodir/s.state: there is no directory "nodir"'],
        ["--rejected", "nodir/bad.ndjson", 'nodir/bad.ndjson: there is no directory "nodir"'],
        ["--input", "@/dev/zero", "/dev/zero: is a device, not a regular file"]
      ]
      for (const [option, path, message] of elsewhere) {
        const ended = yield* sallyport(["poll", "sekoia.feed", option, path], { cwd, env })
        expect(ended).toEqual({ code: 2, out: "", err: `sallyport: ${message}\n` })
      }
      expect(sekoia.requests.lines).toEqual([])
      expect(readdirSync(cwd)).toEqual(["feed.state"])
    })
  )

  it.live("two processes never poll with one state; a lock whose process is gone is taken over", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* sekoiaWorld()
      const { arrived } = holdNextRequest(sekoia)
      const first = yield* start(pollFeed, { cwd, env })
      yield* arrived
      const second = yield* sallyport(pollFeed, { cwd, env })
      expect(second).toMatchObject({ code: 2, out: "" })
      expect(second.err).toContain(`process ${first.process.pid} on "${hostname()}"`)
      first.process.kill("SIGKILL")
      yield* first.ended
      expect(existsSync(join(cwd, "feed.state.lock"))).toBe(true)
      const third = yield* sallyport(pollFeed, { cwd, env })
      expect(third.code).toBe(0)
      expect(readdirSync(cwd)).toEqual(["feed.state"])
      const elsewhere = { pid: 1, host: "another-machine", begun: "", locked: "2026-01-01T00:00:00Z" }
      writeFileSync(join(cwd, "feed.state.lock"), JSON.stringify(elsewhere))
      const fourth = yield* sallyport(pollFeed, { cwd, env })
      expect(fourth.code).toBe(2)
      expect(fourth.err).toContain("another-machine")
    })
  )
})
