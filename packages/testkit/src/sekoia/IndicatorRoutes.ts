import { SeededRandom } from "../random/SeededRandom.ts"
import type { ReceivedRequest } from "../server/ReceivedRequest.ts"
import { Reply } from "../server/Reply.ts"
import { contextBundle } from "./ObjectContext.ts"
import type { ObjectStore } from "./ObjectStore.ts"
import type { SekoiaRoute } from "./SekoiaRoute.ts"
import { invalid } from "./SekoiaReplies.ts"

/** Indicators and observables by value. What is not known is an empty answer, and no failure. */
export function indicatorRoutes(store: ObjectStore, maxItems: number): ReadonlyArray<SekoiaRoute> {
  const permission = "view intelligence"
  const asked = (request: ReceivedRequest) => {
    const type = request.parameter("type") ?? ""
    const value = request.parameter("value") ?? ""
    if (!contextTypes.has(type)) throw invalid("type is not one of those that indicators are found by")
    if (value === "") throw invalid("value is missing")
    return store.indicatorsOf(type, value)
  }
  return [
    {
      method: "GET",
      path: "/v2/inthreat/indicators/context",
      permission,
      handle: (request) => {
        const found = asked(request)
        const items = found
          .slice(0, maxItems)
          .map((indicator) => contextBundle(store, indicator, new SeededRandom(indicator.id)))
        return Reply.json({ items, has_more: found.length > maxItems })
      }
    },
    {
      method: "GET",
      path: "/v2/inthreat/indicators",
      permission,
      handle: (request) => {
        const found = asked(request)
        const items = found.slice(0, maxItems).map(({ object }) => object)
        return Reply.json({ items, total: found.length, has_more: found.length > maxItems })
      }
    },
    {
      method: "GET",
      path: "/v2/inthreat/observables",
      permission,
      handle: (request) => {
        const type = request.parameter("match[type]") ?? ""
        const value = request.parameter("match[value]") ?? ""
        const [indicator] = store.indicatorsOf(type, value)
        if (indicator === undefined) return Reply.json({ items: [], total: 0, has_more: false })
        const { created, modified } = indicator.object
        const observable = {
          type,
          id: `${type}--${new SeededRandom(`${type} ${value}`).uuid()}`,
          spec_version: "2.1",
          created: created ?? "",
          modified: modified ?? "",
          value,
          x_inthreat_short_display: value,
          x_inthreat_tags: []
        }
        return Reply.json({ items: [observable], total: 1, has_more: false })
      }
    }
  ]
}

const contextTypes: ReadonlySet<string> = new Set([
  "user-account",
  "address",
  "email-addr",
  "x509-certificate",
  "ipv6-addr",
  "mac-addr",
  "autonomous-system",
  "individual",
  "software",
  "directory",
  "observable-relationship",
  "process",
  "mutex",
  "domain-name",
  "filename",
  "url",
  "artifact",
  "windows-registry-key",
  "organization",
  "text",
  "email-message",
  "phone-number",
  "file",
  "ipv4-addr"
])
