import { expect } from "@effect/vitest"
import type { Observable } from "../src/observable/Observable.ts"
import { extractObservables } from "../src/observable/Observables.ts"
import { parseTimestamp, type Timestamp } from "../src/object/Timestamp.ts"

export const tlp = {
  white: "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
  green: "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
  amber: "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
  red: "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
  clear2: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
  green2: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
  amber2: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
  amberStrict2: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
  red2: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"
} as const

/** Digests of nothing in particular, of the right lengths. */
export const digest = {
  md5: "0123456789abcdef".repeat(2),
  sha1: "0123456789".repeat(4),
  sha224: "0123456".repeat(8),
  sha256: "fedcba9876543210".repeat(4),
  sha384: "fedcba9876543210".repeat(6),
  sha512: "fedcba9876543210".repeat(8)
} as const

/** An indicator as Sekoia serves one, marked TLP:GREEN. */
export const indicator = (pattern: string, fields: Readonly<Record<string, unknown>> = {}) => ({
  type: "indicator",
  spec_version: "2.1",
  id: "indicator--6d2c9a52-5f5b-4d6c-9a0e-0c7c1b8f6f01",
  created: "2024-03-01T08:00:00.123456Z",
  modified: "2024-03-02T08:00:00Z",
  valid_from: "2024-03-01T08:00:00Z",
  pattern_type: "stix",
  pattern,
  object_marking_refs: [tlp.green],
  ...fields
})

/** The observables of a pattern. */
export const observablesOf = (pattern: string): ReadonlyArray<Observable> =>
  extractObservables(indicator(pattern)).observables

/** The one observable of a pattern that has one. */
export const observableOf = (pattern: string): Observable => {
  const [first, ...others] = observablesOf(pattern)
  return first === undefined || others.length > 0 ? expect.fail(`not one observable: ${pattern}`) : first
}

/** A point in time. */
export const at = (text: string): Timestamp => parseTimestamp(text) ?? expect.fail(`no timestamp: ${text}`)
