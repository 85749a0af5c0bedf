import { type Json, isJsonList, isJsonObject } from "@sallyport/language"
import { parseJson } from "../json/JsonText.ts"
import type { Fault } from "./Fault.ts"
import { bytesOf, Reply } from "./Reply.ts"

/** Items that no schema of STIX objects takes, each for another reason. */
export const badItems: ReadonlyArray<Json> = [
  { type: "indicator", id: "indicator--without-a-pattern" },
  { type: "indicator", id: 7, created: "2026-01-01T00:00:00Z", modified: "2026-01-01T00:00:00Z" },
  { id: "no-type--00000000-0000-4000-8000-000000000000" },
  { type: "malware", id: "malware--bad-time", created: "yesterday", modified: "2026-01-01T00:00:00Z" },
  "not an object",
  null
]

/** What `next_cursor` may wrongly be. */
export type WrongCursor =
  | "null"
  | "missing"
  /** The one that the request was made with; without one, a constant. */
  | "repeated"
  /** The first `cycle` cursors that went out under this fault, again and again. */
  | { readonly cycle: number }

/** Faults in what answers say. The request is carried out, and its answer changed. */
export const AnswerFault = {
  /** Changes the whole answer. */
  change: (change: (reply: Reply) => Reply, name = "changed"): Fault => ({
    name,
    play: (exchange) => exchange.send(change(exchange.carryOut()))
  }),

  /** Changes the body of a JSON answer; one that is none stays. */
  changeJson: (change: (body: Json) => Json, name = "changed body"): Fault =>
    AnswerFault.change((reply) => {
      const body = jsonOf(reply)
      return body === undefined ? reply : { ...reply, body: JSON.stringify(change(body)) }
    }, name),

  /** A page of HTML with status 200, as portals send it. */
  html: (): Fault =>
    AnswerFault.change(
      ({ status }) => Reply.html("Sign in", { status: status < 300 ? 200 : status }),
      "html"
    ),

  /** The right body under another `Content-Type`; without one when it is undefined. */
  contentType: (contentType: string | undefined): Fault =>
    AnswerFault.change(
      (reply) => ({
        ...reply,
        headers: [
          ...reply.headers.filter(([name]) => name.toLowerCase() !== "content-type"),
          ...(contentType === undefined ? [] : [["Content-Type", contentType] as const])
        ]
      }),
      "content type"
    ),

  /** JSON that ends in the middle, within a complete answer. */
  brokenJson: (): Fault =>
    AnswerFault.change((reply) => {
      const body = bytesOf(reply)
      return { ...reply, body: body.length < 2 ? "{" : body.subarray(0, body.length >> 1) }
    }, "broken JSON"),

  /** Adds items that break the schema to the list under `items`: one after each right one, the others at the end. */
  badItems: (items: ReadonlyArray<Json> = badItems): Fault =>
    AnswerFault.changeJson((body) => {
      if (!isJsonObject(body) || !isJsonList(body["items"])) return body
      const right = body["items"]
      const mixed = right.flatMap((item, index) => [item, ...items.slice(index, index + 1)])
      return { ...body, items: [...mixed, ...items.slice(right.length)] }
    }, "bad items"),

  /** A wrong cursor: under `next_cursor` of a JSON answer, and in the `Cursor` header. */
  nextCursor: (wrong: WrongCursor): Fault => {
    const sent: Array<string> = []
    let turn = 0
    const wrongFor = (right: string, asked: string | undefined): string | null | undefined => {
      if (wrong === "null") return null
      if (wrong === "missing") return undefined
      if (wrong === "repeated") return asked ?? "cmVwZWF0ZWQ="
      if (sent.length < wrong.cycle) {
        sent.push(right)
        return right
      }
      return sent[turn++ % sent.length]
    }
    return {
      name: "next cursor",
      play: (exchange) => {
        const reply = exchange.carryOut()
        const right = cursorOf(reply)
        if (right === undefined) return exchange.send(reply)
        exchange.send(withCursor(reply, wrongFor(right, exchange.request.parameter("cursor"))))
      }
    }
  }
} as const

function jsonOf(reply: Reply): Json | undefined {
  const type = reply.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1]
  return type?.startsWith("application/json") === true
    ? parseJson(Buffer.from(bytesOf(reply)).toString("utf8"))
    : undefined
}

function cursorOf(reply: Reply): string | undefined {
  const header = reply.headers.find(([name]) => name.toLowerCase() === "cursor")?.[1]
  if (header !== undefined) return header
  const body = jsonOf(reply)
  const cursor = isJsonObject(body) ? body["next_cursor"] : undefined
  return typeof cursor === "string" ? cursor : undefined
}

/** A header cannot be null: it is missing then. */
function withCursor(reply: Reply, cursor: string | null | undefined): Reply {
  const others = reply.headers.filter(([name]) => name.toLowerCase() !== "cursor")
  if (others.length < reply.headers.length)
    return typeof cursor === "string"
      ? { ...reply, headers: [...others, ["Cursor", cursor]] }
      : { ...reply, headers: others }
  const body = jsonOf(reply)
  if (!isJsonObject(body)) return reply
  const { next_cursor: _, ...rest } = body
  return { ...reply, body: JSON.stringify(cursor === undefined ? rest : { ...rest, next_cursor: cursor }) }
}
