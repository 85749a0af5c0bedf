import type { Manifest } from "@sallyport/runtime"
import { Reply } from "../server/Reply.ts"

/** An example of an action, as its manifest has it. */
export type Example = NonNullable<NonNullable<NonNullable<Manifest["actions"]>[string]["examples"]>[number]>

/** What a service answers in an example: a text as it is, anything else as JSON, and 200 unless it says otherwise. */
export const exampleReply = ({
  body,
  headers = {},
  status = 200
}: NonNullable<Example["response"]>): Reply => {
  const own = Object.entries(headers)
  if (body === undefined) return Reply.empty(status, own)
  const text = typeof body === "string" ? body : JSON.stringify(body)
  const otherwise = typeof body === "string" ? "text/plain; charset=utf-8" : "application/json"
  const isTyped = own.some(([name]) => name.toLowerCase() === "content-type")
  return { status, headers: isTyped ? own : [["content-type", otherwise], ...own], body: text }
}
