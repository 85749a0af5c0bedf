/**
 * The feed that `feed.bench.ts` reads, in a process of its own: pages of a Sekoia feed on loopback, made before the first
 * request. Prints its port; ends with its standard input.
 */
import { createServer } from "node:http"
import { stixObject } from "../StixPage.ts"

const [objects = 0, limit = 1] = process.argv.slice(2).map(Number)

const pages: Array<Buffer> = []
for (let start = 0; start <= objects; start += limit) {
  const count = Math.min(limit, objects - start)
  const items = Array.from({ length: count }, (_, index) => stixObject(start + index))
  pages.push(Buffer.from(JSON.stringify({ items, next_cursor: cursorOf(start + count) })))
}

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? "/", "http://localhost")
  const cursor = searchParams.get("cursor")
  const start = cursor === null ? 0 : Number(Buffer.from(cursor, "base64").toString())
  const page = pages[start / limit]
  if (page === undefined) return response.writeHead(400).end()
  return response
    .writeHead(200, { "content-type": "application/json", "content-length": page.length })
    .end(page)
})

server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  const bytes = pages.reduce((sum, { length }) => sum + length, 0)
  if (typeof address === "object" && address !== null)
    process.stdout.write(`${JSON.stringify({ port: address.port, bytes })}\n`)
})
process.stdin
  .on("end", () => {
    server.close()
    server.closeAllConnections()
  })
  .resume()

function cursorOf(at: number): string {
  return Buffer.from(String(at)).toString("base64")
}
