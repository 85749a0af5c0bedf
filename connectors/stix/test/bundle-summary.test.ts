import { describe, expect, it } from "@effect/vitest"
import { summarizeBundle } from "../src/object/BundleSummary.ts"
import { referenceLoops } from "../src/object/ReferenceLoops.ts"
import { referencesOf } from "../src/object/ObjectReferences.ts"
import { indicator, tlp } from "./Fixtures.ts"
import { anyJson, type Chooser, chosen, holdsFor } from "./Property.ts"

const identity = {
  type: "identity",
  id: "identity--1",
  created: "2023-01-01T00:00:00.5Z",
  modified: "2023-01-01T00:00:00.50Z",
  created_by_ref: "identity--1",
  object_marking_refs: [tlp.green]
}
const malware = { type: "malware", id: "malware--1", created_by_ref: "identity--1" }
const uses = (id: string, target: string) => ({
  type: "relationship",
  id: `relationship--${id}`,
  relationship_type: "indicates",
  source_ref: "indicator--6d2c9a52-5f5b-4d6c-9a0e-0c7c1b8f6f01",
  target_ref: target
})

const bundle = (...objects: ReadonlyArray<unknown>) => ({ type: "bundle", id: "bundle--1", objects })

describe("a summary", () => {
  it("counts types, relationships and markings, and gives the range of times", () => {
    const custom = { type: "x-acme-thing", id: "x-acme-thing--1", modified: "2025-01-01T00:00:00.1Z" }
    const input = bundle(
      identity,
      indicator("[a:b = 1]"),
      malware,
      uses("1", "malware--1"),
      uses("2", "malware--2"),
      custom
    )
    expect(summarizeBundle(input)).toEqual({
      objects: 6,
      types: [
        { type: "identity", count: 1 },
        { type: "indicator", count: 1 },
        { type: "malware", count: 1 },
        { type: "relationship", count: 2 },
        { type: "x-acme-thing", count: 1 }
      ],
      unknownTypes: ["x-acme-thing"],
      relationships: [{ type: "indicates", sourceType: "indicator", targetType: "malware", count: 2 }],
      markings: [{ id: tlp.green, tlp: "green", count: 2 }],
      references: { missing: ["malware--2", tlp.green], loops: ["identity--1"] },
      timeRange: { earliest: "2023-01-01T00:00:00.5Z", latest: "2025-01-01T00:00:00.1Z" },
      invalid: []
    })
  })

  it("lists what is no usable object, with its place, and goes on", () => {
    const { objects, invalid } = summarizeBundle(
      bundle(
        null,
        5,
        {},
        { type: "malware" },
        { type: "malware", id: "tool--1" },
        { ...malware, modified: "never" },
        malware
      )
    )
    expect(objects).toBe(2)
    expect(invalid).toEqual([
      { index: 0, message: "it is no object" },
      { index: 1, message: "it is no object" },
      { index: 2, message: '"type" is missing or no string' },
      { index: 3, message: '"id" is missing or no string' },
      { index: 4, message: '"id" does not start with the type' },
      { index: 5, id: "malware--1", message: '"modified" is no timestamp' },
      { index: 6, id: "malware--1", message: "this version of the object stands before it too" }
    ])
  })

  it("takes several versions of an object, but not one version twice", () => {
    const version = (modified: string) => ({ ...malware, modified })
    const { invalid } = summarizeBundle([
      version("2024-01-01T00:00:00.10Z"),
      version("2024-01-01T00:00:00.11Z"),
      version("2024-01-01T00:00:00.1Z")
    ])
    expect(invalid.map(({ index }) => index)).toEqual([2])
  })

  it("takes an empty bundle, a bundle without objects and a list", () => {
    for (const input of [bundle(), { type: "bundle", id: "bundle--1" }, []]) {
      expect(summarizeBundle(input)).toMatchObject({ objects: 0, invalid: [], timeRange: undefined })
    }
    expect(summarizeBundle([malware]).objects).toBe(1)
  })

  it("says of what is no bundle that it is none", () => {
    for (const input of [null, 5, "bundle", {}]) {
      expect(summarizeBundle(input).invalid).toMatchObject([
        { index: -1, message: "the input is no bundle and no list of objects" }
      ])
    }
    expect(summarizeBundle({ type: "bundle", objects: {} }).invalid).toEqual([
      { index: -1, message: '"objects" is no list' }
    ])
  })

  it("names of the object prototype are ordinary types and ids", () => {
    const input: unknown = JSON.parse(
      '[{"type":"__proto__","id":"__proto__--1","constructor_ref":"__proto__--1"}]'
    )
    expect(summarizeBundle(input)).toMatchObject({
      types: [{ type: "__proto__", count: 1 }],
      references: { missing: [], loops: ["__proto__--1"] }
    })
  })

  it("ends soon on 50,000 objects that refer to one another in a ring, and on a long chain", () => {
    const ring = Array.from({ length: 50_000 }, (_, index) => ({
      type: "identity",
      id: `identity--${index}`,
      created_by_ref: `identity--${(index + 1) % 50_000}`
    }))
    const start = performance.now()
    expect(summarizeBundle(ring).references.loops).toHaveLength(50_000)
    expect(summarizeBundle(ring.slice(1)).references).toEqual({ missing: ["identity--0"], loops: [] })
    expect(performance.now() - start).toBeLessThan(5_000)
  })

  it.effect("of any JSON never throws", () =>
    holdsFor(anyJson, (input) => {
      const { objects, invalid } = summarizeBundle(input)
      return objects + invalid.length >= (Array.isArray(input) ? input.length : 1)
    })
  )
})

describe("references", () => {
  it("are found in lists and at depth, each once; numbers of STIX 2.0 and other fields are none", () => {
    expect(
      referencesOf({
        created_by_ref: "identity--1",
        object_refs: ["malware--1", "identity--1", 5],
        x_ref: "0",
        description: "malware--2",
        granular_markings: [{ marking_ref: "marking-definition--1" }]
      }).toSorted()
    ).toEqual(["identity--1", "malware--1", "marking-definition--1"])
  })

  it("in an object of great depth are found down to 16 levels, without running out of stack", () => {
    let deep: Record<string, unknown> = { a_ref: "identity--1" }
    for (let level = 0; level < 16; level++) deep = { inner: deep }
    expect(referencesOf(deep)).toEqual(["identity--1"])
    for (let level = 0; level < 100_000; level++) deep = { inner: deep }
    expect(referencesOf(deep)).toEqual([])
  })
})

describe("loops", () => {
  it("are of one node, of several, and not of what only leads to them or between them", () => {
    const graph = new Map([
      ["start", ["a"]],
      ["a", ["b", "nowhere"]],
      ["b", ["a", "between"]],
      ["between", ["self"]],
      ["self", ["self", "end"]],
      ["end", []]
    ])
    expect(referenceLoops(graph)).toEqual(["a", "b", "self"])
  })

  /** A graph of at most 8 nodes. */
  const graphOf = (chooser: Chooser): ReadonlyMap<string, ReadonlyArray<string>> =>
    new Map(
      Array.from({ length: 1 + chooser.below(8) }, (_, node) => [
        String(node),
        Array.from({ length: chooser.below(4) }, () => String(chooser.below(9)))
      ])
    )

  /** Straight from the definition. */
  const leadsTo = (graph: ReadonlyMap<string, ReadonlyArray<string>>, start: string): boolean => {
    const reached = new Set<string>()
    const pending = [start]
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      const targets = graph.get(node) ?? []
      if (targets.includes(start)) return true
      for (const target of targets.filter((target) => !reached.has(target))) {
        reached.add(target)
        pending.push(target)
      }
    }
    return false
  }

  it.effect("are the nodes that lead back to themselves, in any graph", () =>
    holdsFor(
      chosen(graphOf),
      (graph) =>
        String(referenceLoops(graph)) === String([...graph.keys()].filter((node) => leadsTo(graph, node))),
      3_000
    )
  )
})
