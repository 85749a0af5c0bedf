import type { Json } from "@sallyport/language"
import type { ThreatWindsSimulation } from "../src/index.ts"
import { send, type Sending } from "./Client.ts"

/** A body of JSON. */
export type Body = { readonly [name: string]: Json }

/** The headers of the key pair. */
export const keyed = (threatwinds: ThreatWindsSimulation) => ({
  "api-key": threatwinds.apiKey,
  "api-secret": threatwinds.apiSecret
})

/** Sends a request below `/api`; with the key pair, unless other headers are given. */
export const call = (
  threatwinds: ThreatWindsSimulation,
  method: string,
  path: string,
  json?: Body,
  headers?: Sending["headers"]
) =>
  send(`${threatwinds.baseUrl}/api${path}`, {
    method,
    headers: headers ?? keyed(threatwinds),
    ...(json === undefined ? {} : { json })
  })

/** The header of a bearer. */
export const bearing = (bearer: string) => ({ authorization: `Bearer ${bearer}` })

/** Reports of eight entities of six types. */
export const reports = [
  {
    type: "ip",
    attributes: { ip: "203.0.113.9", asn: 64500 },
    reputation: -3,
    tags: ["scanner"],
    correlate: ["asn"]
  },
  { type: "ip", attributes: { ip: "198.51.100.7" }, reputation: -1 },
  {
    type: "domain",
    attributes: { domain: "Login.Example" },
    reputation: -2,
    associations: [
      {
        mode: "association",
        type: "malware",
        attributes: { malware: "umbral loader" },
        associations: [
          { mode: "aggregation", type: "url", attributes: { url: "https://login.example/Gate" } }
        ]
      }
    ]
  },
  { type: "email-address", attributes: { "email-address": "a@soc.example" }, reputation: 1 }
]
