import type { StixObject } from "@sallyport/testkit"

/** A number as the end of a UUID. */
const uuidOf = (index: number): string => `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`

/** The id of an object of some type, by a number. */
export const stixId = (type: string, index: number): string => `${type}--${uuidOf(index)}`

/** The time so many seconds after the beginning of the tests' world, with a fraction as it is given. */
export const timeAt = (seconds: number, fraction = ""): string =>
  `${new Date(Date.UTC(2026, 0, 5) + seconds * 1000).toISOString().slice(0, 19)}${fraction}Z`

/** An indicator that a number names, changed as said. Higher numbers were changed later. */
export const indicator = (
  index: number,
  fields: { readonly [name: string]: StixObject[string] } = {}
): StixObject => ({
  type: "indicator",
  id: stixId("indicator", index),
  spec_version: "2.1",
  created: timeAt(index),
  modified: timeAt(index),
  valid_from: timeAt(index),
  revoked: false,
  name: `host-${index}.example`,
  pattern_type: "stix",
  pattern: `[domain-name:value = 'host-${index}.example']`,
  x_ic_observable_types: ["domain-name"],
  ...fields
})

/** So many indicators, numbered from `first` on. */
export const indicators = (count: number, first = 0): ReadonlyArray<StixObject> =>
  Array.from({ length: count }, (_, index) => indicator(first + index))

/** A relationship between two objects, by numbers. */
export const relationship = (index: number, source: string, target: string): StixObject => ({
  type: "relationship",
  id: stixId("relationship", index),
  spec_version: "2.1",
  created: timeAt(index),
  modified: timeAt(index),
  revoked: false,
  relationship_type: "indicates",
  source_ref: source,
  target_ref: target
})
