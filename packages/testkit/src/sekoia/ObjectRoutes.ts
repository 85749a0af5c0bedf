import { SeededRandom } from "../random/SeededRandom.ts"
import { Reply } from "../server/Reply.ts"
import type { ObjectFiles } from "./ObjectFiles.ts"
import { contextBundle } from "./ObjectContext.ts"
import type { ObjectStore } from "./ObjectStore.ts"
import type { SekoiaRoute } from "./SekoiaRoute.ts"
import { invalid, sekoiaReplies } from "./SekoiaReplies.ts"
import { joinObjects, type StoredObject } from "./StoredObject.ts"

/** What the routes of objects work on. */
export interface ObjectRouteParts {
  readonly store: ObjectStore
  readonly files: ObjectFiles
  readonly manyKey: "_items" | "items"
}

/** Objects and relationships by their ids, an object's context and its files. */
export function objectRoutes({ files, manyKey, store }: ObjectRouteParts): ReadonlyArray<SekoiaRoute> {
  const permission = "view intelligence"
  return [
    {
      method: "GET",
      path: "/v2/inthreat/objects/{ids}",
      permission,
      handle: (_, parameters) =>
        byIds(parameters.get("ids"), (id) => (isRelationship(id) ? undefined : store.get(id)), manyKey)
    },
    {
      method: "GET",
      path: "/v2/inthreat/relationships/{ids}",
      permission,
      handle: (_, parameters) =>
        byIds(parameters.get("ids"), (id) => (isRelationship(id) ? store.get(id) : undefined), "items")
    },
    {
      method: "GET",
      path: "/v2/inthreat/objects/{id}/context",
      permission,
      handle: (_, parameters) => {
        const object = store.get(parameters.get("id"))
        if (object === undefined || isRelationship(object.id)) return sekoiaReplies.unknownObject
        return Reply.json(contextBundle(store, object, new SeededRandom(object.id)))
      }
    },
    {
      method: "GET",
      path: "/v2/inthreat/objects/{id}/files/{sha256}",
      permission,
      handle: (_, parameters) => {
        const content = files.get(parameters.get("id"), parameters.get("sha256"))
        return content === undefined
          ? sekoiaReplies.unknownObject
          : Reply.bytes(content, "application/octet-stream")
      }
    }
  ]
}

const isRelationship = (id: string): boolean => id.startsWith("relationship--")

/** One id is answered under `data`; of several, those that are there. */
function byIds(ids: string, find: (id: string) => StoredObject | undefined, key: "_items" | "items"): Reply {
  const wanted = ids.split(",")
  if (wanted.some((id) => !/^[a-z0-9-]+--[0-9a-f-]{36}$/.test(id))) throw invalid("an id is no id of STIX")
  const found = wanted.flatMap((id) => find(id) ?? [])
  const [first] = found
  if (first === undefined) return sekoiaReplies.unknownObject
  if (wanted.length === 1) return Reply.jsonText(joinObjects('{"data":', [first], "}"))
  return Reply.jsonText(joinObjects(`{"${key}":[`, found, "]}"))
}
