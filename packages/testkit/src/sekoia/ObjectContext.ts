import type { Json } from "@sallyport/language"
import { textOf, textsOf } from "../json/JsonText.ts"
import type { SeededRandom } from "../random/SeededRandom.ts"
import type { ObjectStore } from "./ObjectStore.ts"
import type { StoredObject } from "./StoredObject.ts"

/** The most objects in a bundle beside the one that it is about. */
const maxRelatedObjects = 100

/**
 * An object with its relationships and what they lead to, courses of action against that, sources and markings: a bundle
 * in no fixed order.
 */
export function contextBundle(store: ObjectStore, object: StoredObject, random: SeededRandom): Json {
  const related = new Map<string, StoredObject>()
  const add = (found: StoredObject | undefined): void => {
    if (found !== undefined && found.id !== object.id && related.size < maxRelatedObjects)
      related.set(found.id, found)
  }
  const follow = (link: StoredObject, from: string): void => {
    const { object: edge } = link
    const ends = [textOf(edge, "source_ref"), textOf(edge, "target_ref")]
    const other = store.get(ends.find((end) => end !== from) ?? "")
    if (other === undefined) return
    add(link)
    add(other)
  }
  for (const link of store.linksOf(object.id)) follow(link, object.id)
  // What is related to the object itself: what the loop adds is not gone through again.
  const nearest = Array.from(related.values())
  for (const first of nearest) {
    for (const link of first.type === "relationship" ? [] : store.linksOf(first.id))
      if (textOf(link.object, "relationship_type") === "mitigates") follow(link, first.id)
  }
  for (const { object: whole } of [object, ...related.values()]) {
    for (const id of textsOf(whole, "x_inthreat_sources_refs")) add(store.get(id))
    for (const id of textsOf(whole, "object_marking_refs")) add(store.get(id))
    add(store.get(textOf(whole, "created_by_ref") ?? ""))
  }
  const objects = random.shuffle([object, ...related.values()]).map(({ object: whole }) => whole)
  return { type: "bundle", id: `bundle--${random.uuid()}`, objects }
}
