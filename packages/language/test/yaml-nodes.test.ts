import { describe, expect, it } from "@effect/vitest"
import { SourceFile } from "../src/source/SourceFile.ts"
import { loadYaml } from "../src/source/YamlLoader.ts"
import { nodeAt, toJson } from "../src/source/YamlNode.ts"
import { mapOf, membersOf, rootOf, scalarAt, textOf } from "./YamlSamples.ts"

describe("the values of a file", () => {
  it("are those of the core schema", () => {
    const source =
      "[~, null, true, FALSE, 12, -3, +4, 0x1f, 0o17, 1.5, .5, 1., 1e3, -0, 007, yes, 1_000, 12:30, '1']"
    expect(toJson(rootOf(source))).toEqual(
      // oxfmt-ignore
      [null, null, true, false, 12, -3, 4, 31, 15, 1.5, 0.5, 1, 1000, 0, 7, "yes", "1_000", "12:30", "1"]
    )
  })

  it("of an empty file and of an empty document are null", () => {
    for (const source of ["", "\ufeff", "# only this\n", "---\n", "---\n...\n", "\n\n"])
      expect([source, toJson(rootOf(source))]).toEqual([source, null])
  })

  it("may follow a directive and be ended by a marker", () => {
    expect(toJson(rootOf("%YAML 1.2\n---\na: 1\n...\n# the end\n"))).toEqual({ a: 1 })
  })
})

describe("places", () => {
  const source = "a: 1\nlist:\n  - x\n  - &n {k: v, 'e': }\nnone:\nmap:\n  b: [1, *n]  # c\n? q\n"

  it("of keys are exact, with quotes", () => {
    const root = mapOf(source)
    expect(root.entries.map(({ key }) => [key.name, textOf(key.span)])).toEqual([
      ["a", "a"],
      ["list", "list"],
      ["none", "none"],
      ["map", "map"],
      ["q", "q"]
    ])
    const inner = nodeAt(root, ["list", 1])
    expect(inner?.kind === "map" ? textOf(inner.entry("e")?.key.span ?? inner.span) : "").toBe("'e'")
  })

  it("of collections reach from their first to their last character", () => {
    const root = mapOf(source)
    const at = (...path: ReadonlyArray<string | number>) => {
      const node = nodeAt(root, path)
      return node && textOf(node.span)
    }
    expect(at("list")).toBe("- x\n  - &n {k: v, 'e': }")
    expect(at("list", 1)).toBe("{k: v, 'e': }")
    expect(at("map")).toBe("b: [1, *n]")
    expect(at("map", "b")).toBe("[1, *n]")
    expect(at()).toBe(source.trimEnd())
  })

  it("of missing values are points behind what asks for them", () => {
    const points = (text: string, ...path: ReadonlyArray<string | number>) => {
      const { value, span } = scalarAt(text, ...path)
      return [value, span.start, span.end]
    }
    expect(points("key:   # c\nb: 1\n", "key")).toEqual([null, 4, 4])
    expect(points("key: &x\nb: 1\n", "key")).toEqual([null, 7, 7])
    expect(points("-\n- a\n", 0)).toEqual([null, 1, 1])
    expect(points("{a, b: }", "a")).toEqual([null, 2, 2])
    expect(points("{a, b: }", "b")).toEqual([null, 6, 6])
    expect(points("? k\n", "k")).toEqual([null, 3, 3])
    expect(points("--- # c\n")).toEqual([null, 3, 3])
  })

  it("of an aliased value are those of its anchor, and the alias has its own beside it", () => {
    const root = mapOf("a: &x [1]\nb: *x\nc: [0, *x]\n")
    expect(root.get("b")).toBe(root.get("a"))
    expect(textOf(root.entry("b")?.alias ?? root.span)).toBe("*x")
    const list = root.get("c")
    expect(
      list?.kind === "list" && [...(list.aliases ?? [])].map(([index, span]) => [index, span.start])
    ).toEqual([[1, 23]])
    expect(root.entry("a")?.alias).toBeUndefined()
  })

  it("of an alias's name is the nearest anchor before it", () => {
    expect(toJson(rootOf("[&x 1, *x, &x 2, *x]"))).toEqual([1, 1, 2, 2])
  })
})

describe("keys", () => {
  it("are named as they are written, whatever they look like", () => {
    const root = mapOf(
      "200: a\ntrue: b\nnull: c\n~: d\n1.50: e\n'q''s': f\n\"t\\tt\": g\n? long\n: h\n? |\n  block\n: i\n"
    )
    expect(root.entries.map(({ key }) => key.name)).toEqual(
      // oxfmt-ignore
      ["200", "true", "null", "~", "1.50", "q's", "t\tt", "long", "block\n"]
    )
    expect(nodeAt(root, [200])).toBe(root.get("200"))
  })

  it("may have several lines behind a question mark only", () => {
    expect(toJson(rootOf("? a\n  b\n: 1\n"))).toEqual({ "a b": 1 })
    const { root } = loadYaml(new SourceFile("a.yaml", "a\nb: 1\n"))
    expect(root && toJson(root)).toEqual({ b: 1 })
  })

  it("named like members of every object are ordinary", () => {
    const source = "__proto__: {polluted: true}\nconstructor: 1\ntoString: 2\nhasOwnProperty: 3\n"
    const root = mapOf(source)
    const json = toJson(root)
    expect(Object.keys(membersOf(json))).toEqual(["__proto__", "constructor", "toString", "hasOwnProperty"])
    expect(Object.getPrototypeOf(json)).toBe(null)
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false)
    expect(root.get("constructor")).toMatchObject({ value: 1 })
    expect(mapOf("a: 1").get("constructor")).toBeUndefined()
    expect(mapOf("a: 1").get("__proto__")).toBeUndefined()
  })

  it("may have an anchor, and an alias repeats their text", () => {
    expect(toJson(rootOf("&k 12: 1\nb: *k\n"))).toEqual({ "12": 1, b: "12" })
  })
})

describe("the plain data of a file", () => {
  it("shares what aliases share, so that it is no larger than the file", () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `l${level + 1}: &l${level + 1} [*l${level}, *l${level}]`
    )
    const { root, diagnostics } = loadYaml(new SourceFile("a.yaml", `l0: &l0 [x]\n${levels.join("\n")}\n`))
    expect(diagnostics).toEqual([])
    const top = membersOf(root && toJson(root)).l12
    expect(Array.isArray(top) && top.length === 2 && top[0] === top[1]).toBe(true)
  })
})

describe("the node at a path", () => {
  it("is found through names and indices, and is undefined where there is none", () => {
    const root = rootOf("a: [{b: 1}]\n")
    expect(nodeAt(root, ["a", 0, "b"])).toMatchObject({ value: 1 })
    expect(nodeAt(root, [])).toBe(root)
    for (const path of [["b"], ["a", 1], ["a", "0"], ["a", 0, "b", "c"], ["a", -1]])
      expect(nodeAt(root, path)).toBeUndefined()
  })
})
