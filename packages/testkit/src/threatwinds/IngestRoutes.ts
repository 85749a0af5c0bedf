import * as net from "node:net"
import { fieldOf, textsOf } from "../json/JsonText.ts"
import type { ReceivedRequest } from "../server/ReceivedRequest.ts"
import { Reply } from "../server/Reply.ts"
import type { Accounts } from "./Accounts.ts"
import { entityDefinitions } from "./EntityDefinitions.ts"
import { type EntityStore, noParent } from "./EntityStore.ts"
import type { IngestLog } from "./IngestLog.ts"
import type { ScanQueue } from "./ScanQueue.ts"
import { acknowledged, invalid, refused } from "./ThreatWindsReplies.ts"
import { bodyOf, requiredText, type ThreatWindsRoute } from "./ThreatWindsRoute.ts"

/** What the routes of ingest work on. */
export interface IngestParts {
  readonly store: EntityStore
  readonly log: IngestLog
  readonly scans: ScanQueue
  readonly accounts: Accounts
  /** Stores now or later. */
  readonly later: (store: () => void) => void
}

/** Everything that changes what the service knows. It is acknowledged first and stored afterwards. */
export function ingestRoutes(parts: IngestParts): ReadonlyArray<ThreatWindsRoute> {
  const { accounts, later, log, scans, store } = parts
  const base = "/api/ingest/v1"
  const report = (request: ReceivedRequest, kind: "entity" | "well-known"): Reply => {
    const body = bodyOf(request)
    // What is wrong is refused at once, not when it is stored.
    store.check(body)
    log.add(kind, body, request)
    later(() => store.ingest(body, kind === "well-known"))
    return acknowledged
  }
  return [
    {
      method: "GET",
      path: `${base}/definitions`,
      proof: "any",
      role: "trusted",
      handle: () => Reply.json(entityDefinitions)
    },
    {
      method: "POST",
      path: `${base}/entity`,
      proof: "any",
      role: "reporter",
      handle: (request) => report(request, "entity")
    },
    {
      method: "POST",
      path: `${base}/well-known`,
      proof: "any",
      role: "trusted",
      handle: (request) => report(request, "well-known")
    },
    {
      method: "POST",
      path: `${base}/association`,
      proof: "any",
      role: "reporter",
      handle: (request) => {
        const body = bodyOf(request)
        const [source, target] = [requiredText(body, "entityID"), requiredText(body, "relatedEntityID")]
        for (const id of [source, target])
          if (store.get(id) === undefined) throw refused(404, "entity not found", "not found")
        log.add("association", body, request)
        later(() => store.relate(source, target))
        return acknowledged
      }
    },
    {
      method: "POST",
      path: `${base}/comment`,
      proof: "any",
      role: "reporter",
      handle: (request) => {
        const body = bodyOf(request)
        const [id, comment] = [requiredText(body, "entityID"), requiredText(body, "comment")]
        const parent = fieldOf(body, "parentID") ?? noParent
        if (typeof parent !== "string") throw invalid("parentID must be a text")
        const visibleBy = textsOf(body, "visibleBy")
        log.add("comment", body, request)
        later(() =>
          store.comment(id, comment, accounts.userID, parent, visibleBy.length > 0 ? visibleBy : ["public"])
        )
        return acknowledged
      }
    },
    {
      method: "POST",
      path: `${base}/scan`,
      proof: "any",
      role: "reporter",
      handle: (request) => {
        const body = bodyOf(request)
        const target = requiredText(body, "target")
        if (net.isIP(target) === 0 && !isFullName(target))
          throw invalid("target must be an IP address or a full domain name")
        const known = scans.get(target)
        if (known !== undefined) return Reply.json({ ...known })
        log.add("scan", body, request)
        const { id } = scans.start(target)
        return Reply.json({ id, status: "new" }, { status: 202 })
      }
    }
  ]
}

const isFullName = (name: string): boolean =>
  name.length <= 253 &&
  name.split(".").length > 1 &&
  name.split(".").every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label))
