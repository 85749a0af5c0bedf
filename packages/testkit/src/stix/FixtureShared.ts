import type { StixObject } from "./StixObject.ts"

/** The ids of the four TLP markings, as the service has them. */
export const tlpMarkings = {
  white: "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
  green: "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
  amber: "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
  red: "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"
} as const

/** The identity that created all fixtures, itself too. */
export const fixtureAuthor = "identity--1c7d5f80-2f0b-4f1e-8d6a-90f3b1f7c2aa"

/** The sources that fixtures come from, apart from their author. */
export const fixtureSources = [
  "identity--52f1d0c3-8a6b-4e7d-9c21-0b3f5a7d9e11",
  "identity--0e4c2b71-6d3f-4a58-b1c9-7f8e2d5a3c22"
] as const

/** What other fixtures refer to: markings that mark themselves and each other, and identities. First in every set. */
export const sharedFixtures: ReadonlyArray<StixObject> = [
  marking("white", [tlpMarkings.white]),
  marking("green", [tlpMarkings.white]),
  marking("amber", [tlpMarkings.red]),
  marking("red", [tlpMarkings.amber]),
  identity(fixtureAuthor, "Example Threat Research", [tlpMarkings.white]),
  identity(fixtureSources[0], "A blog about malware", [tlpMarkings.white]),
  identity(fixtureSources[1], "Honeypots of a friend", [tlpMarkings.green])
]

function marking(tlp: keyof typeof tlpMarkings, marks: ReadonlyArray<string>): StixObject {
  return {
    type: "marking-definition",
    id: tlpMarkings[tlp],
    spec_version: "2.1",
    created: "2017-01-20T00:00:00.000Z",
    created_by_ref: fixtureAuthor,
    name: `TLP:${tlp.toUpperCase()}`,
    definition_type: "tlp",
    definition: { tlp },
    object_marking_refs: marks
  }
}

function identity(id: string, name: string, marks: ReadonlyArray<string>): StixObject {
  return {
    type: "identity",
    id,
    spec_version: "2.1",
    created: "2019-06-01T09:00:00Z",
    modified: "2025-12-01T09:00:00.5Z",
    created_by_ref: fixtureAuthor,
    revoked: false,
    name,
    identity_class: "organization",
    object_marking_refs: marks,
    x_ic_is_source: true
  }
}
