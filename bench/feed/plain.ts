/** Reads a feed with nothing but Node: fetch, JSON.parse, and a durable cursor after each page. Nothing is checked. */
import { keepCursor, reportRun } from "./DurableCursor.ts"

const [base = "", state = ""] = process.argv.slice(2)
const limit = 2000
const began = performance.now()
let cursor: string | undefined
let objects = 0
for (;;) {
  const query = new URLSearchParams({ limit: String(limit), ...(cursor !== undefined && { cursor }) })
  const feed = "d6092c37-d8d7-45c3-8aff-c4dc26030608"
  // One page after the other: each cursor comes with the page before.
  // oxlint-disable-next-line no-await-in-loop
  const response = await fetch(`${base}/v2/inthreat/collections/${feed}/objects?${query.toString()}`, {
    headers: { authorization: "Bearer bench-key" }
  })
  // What is measured is that nothing is checked.
  // oxlint-disable-next-line no-await-in-loop, typescript/no-unsafe-type-assertion
  const page = (await response.json()) as {
    readonly items: ReadonlyArray<unknown>
    readonly next_cursor: string
  }
  objects += page.items.length
  cursor = page.next_cursor
  keepCursor(state, cursor)
  if (page.items.length < limit) break
}
reportRun(objects, began)
