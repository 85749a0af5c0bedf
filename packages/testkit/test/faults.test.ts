import type { Json } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as zlib from "node:zlib"
import { AnswerFault, Fault, Reply, simulatedServer, type SimulatedServer } from "../src/index.ts"
import { at, listAt, send } from "./Client.ts"

const body = { items: [{ n: 1 }, { n: 2 }], next_cursor: "Y3Vyc29y" }

/** A server that counts what it carried out, and answers all with the same page. */
const server = Effect.fnUntraced(function* () {
  const work = { done: 0 }
  const running = yield* simulatedServer(() => {
    work.done++
    return Reply.json({ ...body, next_cursor: `Y3Vyc29y${work.done}` })
  })
  return { ...running, work }
})

const failure = (target: SimulatedServer, path = "/x") => Effect.flip(send(target.origin + path))

/** Lets real sockets get on until it is so. */
const until = (isSo: () => boolean): Effect.Effect<void> =>
  Effect.callback<void>((resume) => {
    const look = (): void => {
      if (isSo()) resume(Effect.void)
      else setImmediate(look)
    }
    look()
  })

describe("a fault", () => {
  it.effect("is for the requests that match, as often as it says, and then over", () =>
    Effect.gen(function* () {
      const target = yield* server()
      const fault = target.faults.add(Fault.status(503), {
        method: "POST",
        path: "/feeds",
        skip: 1,
        times: 2
      })
      const statuses: Array<number> = []
      for (const [method, path] of [
        ["POST", "/feeds"],
        ["GET", "/feeds"],
        ["POST", "/feeds/1"],
        ["POST", "/other"],
        ["POST", "/feeds"],
        ["POST", "/feeds"]
      ] as const)
        statuses.push((yield* send(target.origin + path, { method })).status)
      expect(statuses).toEqual([200, 200, 503, 200, 503, 200])
      expect([fault.played, target.faults.waiting, target.work.done]).toEqual([2, [], 4])
      expect(target.requests.all.map((request) => request.fault)).toEqual([
        undefined,
        undefined,
        "status 503",
        undefined,
        "status 503",
        undefined
      ])
    })
  )

  it.effect("waits behind those that were added before it, and may be taken out", () =>
    Effect.gen(function* () {
      const target = yield* server()
      target.faults.add(Fault.status(500))
      target.faults.add(Fault.status(502), { when: ({ target: raw }) => raw.includes("?") })
      const always = target.faults.add(Fault.status(504), { times: Number.POSITIVE_INFINITY })
      const statuses: Array<number> = []
      for (const path of ["/a?b", "/a", "/a?b", "/a"])
        statuses.push((yield* send(target.origin + path)).status)
      always.remove()
      statuses.push((yield* send(`${target.origin}/a`)).status)
      expect(statuses).toEqual([500, 504, 502, 504, 200])
    })
  )

  it.effect("is a status with any body and with Retry-After as seconds or as a date", () =>
    Effect.gen(function* () {
      const target = yield* server()
      const date = "Fri, 01 Jan 2027 00:00:00 GMT"
      target.faults.add(Fault.status(429, { retryAfter: 7 }))
      target.faults.add(Fault.status(503, { retryAfter: date, body: "html" }))
      target.faults.add(Fault.status(502, { body: "text" }))
      target.faults.add(Fault.status(504, { body: "empty" }))
      target.faults.add(Fault.status(401, { body: { message: "The token has expired", code: "T301" } }))
      const seen: Array<ReadonlyArray<unknown>> = []
      for (let count = 0; count < 5; count++) {
        const { headers, status, text } = yield* send(`${target.origin}/x`)
        seen.push([status, headers["retry-after"], headers["content-type"], text.slice(0, 20)])
      }
      expect(seen).toEqual([
        [429, "7", "application/json", '{"message":"Too Many'],
        [503, date, "text/html; charset=utf-8", "<!DOCTYPE html>\n<htm"],
        [502, undefined, "text/plain; charset=utf-8", "502 Bad Gateway"],
        [504, undefined, undefined, ""],
        [401, undefined, "application/json", '{"message":"The toke']
      ])
      expect(target.work.done).toBe(0)
    })
  )

  it.effect("is a redirect to this origin or another", () =>
    Effect.gen(function* () {
      const target = yield* server()
      target.faults.add(Fault.redirect("/elsewhere"))
      target.faults.add(Fault.redirect("https://other.example/x", 307))
      const [near, far] = [yield* send(`${target.origin}/x`), yield* send(`${target.origin}/x`)]
      expect([near.status, near.headers.location]).toEqual([302, "/elsewhere"])
      expect([far.status, far.headers.location]).toEqual([307, "https://other.example/x"])
    })
  )
})

describe("a broken connection", () => {
  it.effect("comes before the request is carried out, or afterwards", () =>
    Effect.gen(function* () {
      const target = yield* server()
      for (const [fault, done] of [
        [Fault.reset(), 0],
        [Fault.hangUp(), 0],
        [Fault.reset({ carriedOut: true }), 1],
        [Fault.hangUp({ carriedOut: true }), 2]
      ] as const) {
        target.faults.add(fault)
        expect(yield* failure(target)).toMatchObject({ code: "ECONNRESET" })
        expect(target.work.done).toBe(done)
      }
      target.faults.add(Fault.statusAfterwards(504))
      expect((yield* send(`${target.origin}/x`)).status).toBe(504)
      expect(target.work.done).toBe(3)
      expect(target.requests.all.map(({ status }) => status)).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
        504
      ])
    })
  )

  it.effect("comes in the middle of the body, by its length or by its chunks", () =>
    Effect.gen(function* () {
      const target = yield* server()
      for (const fault of [Fault.resetMidway(), Fault.truncated(), Fault.truncated({ chunked: true })]) {
        target.faults.add(fault)
        expect(yield* failure(target)).toBeInstanceOf(Error)
      }
      expect(target.work.done).toBe(3)
      expect((yield* send(`${target.origin}/x`)).status).toBe(200)
    })
  )
})

describe("an answer that is held", () => {
  it.effect("comes whole when it is released, and so do those that come later", () =>
    Effect.gen(function* () {
      const target = yield* server()
      for (const fault of [Fault.silent(), Fault.stalled(), Fault.drip({ everyMillis: 1 })]) {
        target.faults.add(fault, { times: 2 })
        const waiting = yield* Effect.forkChild(send(`${target.origin}/x`))
        yield* until(() => fault.held() === 1)
        fault.release()
        expect(at((yield* Fiber.join(waiting)).json, "items", 1, "n")).toBe(2)
        expect(fault.held()).toBe(0)
        expect((yield* send(`${target.origin}/x`)).status).toBe(200)
      }
    })
  )

  it.effect("is let go when the client goes away", () =>
    Effect.gen(function* () {
      const target = yield* server()
      const fault = Fault.silent()
      target.faults.add(fault)
      const waiting = yield* Effect.forkChild(send(`${target.origin}/x`))
      yield* until(() => fault.held() === 1)
      yield* Fiber.interrupt(waiting)
      yield* until(() => fault.held() === 0 && target.openConnections() === 0)
      expect(target.work.done).toBe(0)
    })
  )

  it.effect("ends with the server", () =>
    Effect.gen(function* () {
      const fault = Fault.stalled()
      const waiting = yield* Effect.scoped(
        Effect.gen(function* () {
          const target = yield* server()
          target.faults.add(fault)
          const sent = yield* Effect.forkDetach(Effect.flip(send(`${target.origin}/x`)))
          yield* until(() => fault.held() === 1)
          return sent
        })
      )
      expect(yield* Fiber.join(waiting)).toBeInstanceOf(Error)
    })
  )
})

describe("a wrong answer", () => {
  it.effect("is HTML with 200, half of its JSON, or of another type", () =>
    Effect.gen(function* () {
      const target = yield* server()
      target.faults.add(AnswerFault.html())
      target.faults.add(AnswerFault.brokenJson())
      target.faults.add(AnswerFault.contentType("text/plain"))
      target.faults.add(AnswerFault.contentType(undefined))
      const html = yield* send(`${target.origin}/x`)
      expect([html.status, html.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"])
      const broken = yield* send(`${target.origin}/x`)
      expect([broken.status, broken.headers["content-type"], broken.json]).toEqual([
        200,
        "application/json",
        undefined
      ])
      expect(broken.text.startsWith('{"items":[')).toBe(true)
      expect((yield* send(`${target.origin}/x`)).headers["content-type"]).toBe("text/plain")
      expect((yield* send(`${target.origin}/x`)).headers["content-type"]).toBe(undefined)
    })
  )

  it.effect("has bad items among the right ones", () =>
    Effect.gen(function* () {
      const target = yield* server()
      target.faults.add(AnswerFault.badItems(["bad", null, 3]))
      expect(listAt((yield* send(`${target.origin}/x`)).json, "items")).toEqual([
        { n: 1 },
        "bad",
        { n: 2 },
        null,
        3
      ])
    })
  )

  it.effect("has a next cursor that is null, missing, the same again, or goes in circles", () =>
    Effect.gen(function* () {
      const target = yield* server()
      const cursor = (query = "") =>
        Effect.map(send(`${target.origin}/x${query}`), ({ json }) => at(json, "next_cursor"))
      target.faults.add(AnswerFault.nextCursor("null"))
      expect(yield* cursor()).toBe(null)
      target.faults.add(AnswerFault.nextCursor("missing"))
      expect(yield* cursor()).toBe(undefined)
      target.faults.add(AnswerFault.nextCursor("repeated"))
      expect(yield* cursor("?cursor=a%2Bb%3D")).toBe("a+b=")
      target.faults.add(AnswerFault.nextCursor({ cycle: 2 }), { times: 5 })
      const cycle: Array<Json | undefined> = []
      for (let count = 0; count < 5; count++) cycle.push(yield* cursor())
      expect(cycle).toEqual(["Y3Vyc29y4", "Y3Vyc29y5", "Y3Vyc29y4", "Y3Vyc29y5", "Y3Vyc29y4"])
    })
  )

  it.effect("says it is packed when it is not, or is a bomb", () =>
    Effect.gen(function* () {
      const target = yield* server()
      target.faults.add(Fault.wrongEncoding())
      target.faults.add(Fault.gzipBomb({ bytes: 20 * 1024 * 1024 + 5 }))
      const wrong = yield* send(`${target.origin}/x`)
      expect(wrong.headers["content-encoding"]).toBe("gzip")
      expect(() => zlib.gunzipSync(wrong.bytes)).toThrow(/incorrect header/)
      const bomb = yield* send(`${target.origin}/x`)
      expect(bomb.bytes.length).toBeLessThan(64 * 1024)
      expect(zlib.gunzipSync(bomb.bytes).length).toBe(20 * 1024 * 1024 + 5)
    })
  )
})

describe("a simulated server", () => {
  it.effect("records the target, the headers and the body exactly as they were sent", () =>
    Effect.gen(function* () {
      const target = yield* server()
      const path = "/a/%2e%2e//b;c?x=1&x=%20+&match%5Btype%5D=a,b&=&e"
      yield* send(target.origin + path, {
        method: "PUT",
        headers: { "X-Mixed-Case": "v" },
        body: "b\u0000dy"
      })
      const { last } = target.requests
      expect([last?.method, last?.target, last?.text]).toEqual(["PUT", path, "b\u0000dy"])
      expect(last?.rawHeaders).toContain("X-Mixed-Case")
      expect(last?.query).toEqual([
        ["x", "1"],
        ["x", "  "],
        ["match[type]", "a,b"],
        ["", ""],
        ["e", ""]
      ])
    })
  )

  it.effect("keeps the last requests only, and goes on counting", () =>
    Effect.gen(function* () {
      const target = yield* simulatedServer(() => Reply.empty(204), { maxRecorded: 4 })
      for (let count = 0; count < 7; count++) yield* send(`${target.origin}/${count}`)
      expect(target.requests.lines).toEqual(["GET /4", "GET /5", "GET /6"])
      expect([target.requests.received, target.requests.last?.index]).toEqual([7, 6])
      target.requests.clear()
      expect([target.requests.all, target.requests.received]).toEqual([[], 7])
    })
  )

  it.effect("compresses for clients that take gzip, where it is told to", () =>
    Effect.gen(function* () {
      const target = yield* simulatedServer(() => Reply.json(body), { gzip: true })
      const encoding = (accepted: string) =>
        Effect.map(
          send(`${target.origin}/x`, { headers: { "accept-encoding": accepted } }),
          (answer) => answer
        )
      const packed = yield* encoding("br, gzip;q=0.5")
      expect(packed.headers["content-encoding"]).toBe("gzip")
      expect(zlib.gunzipSync(packed.bytes).toString()).toBe(JSON.stringify(body))
      for (const accepted of ["identity", "gzip;q=0", "br"])
        expect((yield* encoding(accepted)).headers["content-encoding"]).toBe(undefined)
    })
  )

  it.effect("reads no more than 16 MiB of a request", () =>
    Effect.gen(function* () {
      const target = yield* server()
      const answer = yield* send(`${target.origin}/x`, {
        method: "POST",
        body: "x".repeat(16 * 1024 * 1024 + 1)
      })
      expect([answer.status, target.work.done]).toEqual([413, 0])
    })
  )

  it.effect("shows its own mistakes", () => {
    const mistake = new TypeError("a mistake")
    return Effect.gen(function* () {
      const target = yield* simulatedServer(() => {
        throw mistake
      })
      expect((yield* send(`${target.origin}/x`)).status).toBe(500)
      expect(target.defects).toEqual([mistake])
    })
  })
})
