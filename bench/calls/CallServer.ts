/**
 * What `calls.bench.ts` calls, in a process of its own: one feed definition for every request. Prints its port; ends with
 * its standard input.
 */
import { createServer } from "node:http"

const body = Buffer.from(
  JSON.stringify({
    data: {
      id: "4f7c1a52-0d8e-4b3f-a6c9-2e5b7d9f1030",
      title: "perimeter indicators",
      description: "Addresses and domains that the gateways of the perimeter refuse",
      types: ["indicator"],
      observable_types: ["ipv4-addr", "domain-name", "url"],
      tlps: ["marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"],
      sources: [],
      sectors: [],
      locations: [],
      labels: [],
      format: "json",
      fields: [],
      include_revoked: true,
      skip_expired: false,
      sort_order: "asc",
      created: "2026-02-05T08:00:00Z",
      modified: "2026-02-05T08:00:00.25Z",
      community_uuid: "9b0d6f0a-41c3-4f8e-b7d5-60a2c9e81f34"
    }
  })
)

const server = createServer((_request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body)
})

server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  if (typeof address === "object" && address !== null) process.stdout.write(`{"port":${address.port}}\n`)
})
process.stdin
  .on("end", () => {
    server.close()
    server.closeAllConnections()
  })
  .resume()
