/**
 * The service of docs/connector-authors.md, on loopback: run it, and paste what it prints into another terminal. It has
 * three alerts, one of which changed while the others were read, and forgets its notes when it ends.
 */
import { createServer, type ServerResponse } from "node:http"

const key = "key-of-acme"
const alerts = [
  ["5f0f3a3e-58b0-4a44-9d3b-0a8f6a6d7a01", "Odd log-ins", "high", "2026-01-06T08:00:00Z"],
  ["7c1d5f80-2f0b-4f1e-8d6a-90f3b1f7c2aa", "Port scan", "low", "2026-01-06T09:00:00Z"],
  ["5f0f3a3e-58b0-4a44-9d3b-0a8f6a6d7a01", "Odd log-ins, explained", "low", "2026-01-06T09:30:00.5Z"]
].map(([id, title, severity, changed_at]) => ({ id, title, severity, changed_at, rule: 7 }))
const notes: Array<unknown> = []

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost")
  const [, , id, part] = pathname.split("/")
  if (request.headers.authorization !== `Bearer ${key}`) return answer(response, 401, { error: "wrong key" })
  if (request.method === "GET" && pathname === "/alerts") {
    const start = Number(searchParams.get("cursor") ?? 0)
    const page = alerts.slice(start, start + Number(searchParams.get("limit")))
    return answer(response, 200, { alerts: page, next: String(start + page.length) })
  }
  const found = alerts.findLast((alert) => alert.id === id)
  if (found === undefined) return answer(response, 404, { error: "no such alert" })
  if (request.method === "GET") return answer(response, 200, found)
  if (request.method === "POST" && part === "notes") {
    request.resume().on("end", () => answer(response, 201, { note: notes.push(id) }))
    return undefined
  }
  return answer(response, 405, { error: "not allowed" })
})

server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  if (typeof address !== "object" || address === null) return
  process.stdout.write(`export ACME_ALERTS_API_KEY=${key}\n`)
  process.stdout.write(`export ACME_ALERTS_BASE_URL=http://127.0.0.1:${address.port}\n`)
})

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
}
