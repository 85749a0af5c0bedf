import { FieldReader, fieldOf, type JsonObject } from "./FieldReader.ts"

/** The levels of the Traffic Light Protocol, from the most open to the strictest. `clear` is WHITE of version 1. */
export const tlpLevels = ["clear", "green", "amber", "amber+strict", "red"] as const

/** The levels of the Traffic Light Protocol, TLP 2 names for both versions. */
export type TlpLevel = (typeof tlpLevels)[number]

/**
 * The level of an object by its `object_marking_refs`, the strictest of several; one part of the object that is marked
 * stricter (`granular_markings`) makes the whole stricter. Undefined when no reference is a level of TLP, or when one
 * cannot be read: it could be the strictest.
 */
export const tlpOf = (object: JsonObject): TlpLevel | undefined => {
  const reader = new FieldReader(object)
  const whole = reader.texts("object_marking_refs").map(tlpOfMarking)
  const parts = reader.objects("granular_markings", "markings", (marking) => {
    const reference = fieldOf(marking, "marking_ref")
    return typeof reference === "string" ? reference : undefined
  })
  const level = strictest(whole)
  return level === undefined || reader.problems.length > 0
    ? undefined
    : strictest([level, ...parts.map(tlpOfMarking)])
}

/** The level that a marking definition's id stands for. */
export const tlpOfMarking = (id: string): TlpLevel | undefined => byId.get(id)

const strictest = (levels: ReadonlyArray<TlpLevel | undefined>): TlpLevel | undefined =>
  tlpLevels.findLast((level) => levels.includes(level))

/** TLP 1: STIX 2.1 section 7.2.1.4. TLP 2: OASIS's extension definition 60a3c5c5-0d10-413e-aab3-9e08dde9e88d. */
const byId: ReadonlyMap<string, TlpLevel> = new Map([
  ["marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", "clear"],
  ["marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", "green"],
  ["marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", "amber"],
  ["marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "red"],
  ["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", "clear"],
  ["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "green"],
  ["marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", "amber"],
  ["marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", "amber+strict"],
  ["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", "red"]
])
