import type { LocatedText } from "./LocatedText.ts"
import type { Span } from "./Span.ts"

/** A value of a YAML file with the place of everything in it. */
export type YamlNode = YamlScalar | YamlList | YamlMap

/** The five ways of writing a scalar (YAML 1.2.2, 7.3 and 8.1). */
export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded"

/** What a scalar can mean under the core schema; every number is a finite JSON number. */
export type ScalarValue = null | boolean | number | string

/** A scalar. A missing value, as after `key:`, is a plain null whose span is a point. */
export interface YamlScalar {
  readonly kind: "scalar"
  readonly value: ScalarValue
  readonly style: ScalarStyle
  /** The decoded characters before the schema reads them: "70" for a plain `70`. `text.span` is exact. */
  readonly text: LocatedText
  /**
   * Quotes and block header included; anchor excluded. A block scalar's span ends with its last line of
   * content: the line breaks behind it are in `text` but not in the span.
   */
  readonly span: Span
}

/** A map's key: a scalar read as text, so that `200:` has the name "200" and `true:` the name "true". */
export interface YamlKey extends YamlScalar {
  readonly name: string
}

/** One `key: value`. */
export interface YamlEntry {
  readonly key: YamlKey
  readonly value: YamlNode
  /** Where the value was asked for when it is an alias; `value` is then the anchor's own node. */
  readonly alias?: Span
}

/** A list, block (`- a`) or flow (`[a]`). An aliased item is the anchor's own node. */
export interface YamlList {
  readonly kind: "list"
  readonly items: ReadonlyArray<YamlNode>
  readonly span: Span
  /** Where aliased items were asked for, by index; absent when there are none. */
  readonly aliases?: ReadonlyMap<number, Span>
}

/** A map, block or flow. No two entries have the same name; entries stand in the order of the file. */
export class YamlMap {
  readonly kind = "map"
  readonly entries: ReadonlyArray<YamlEntry>
  readonly span: Span
  readonly #byName: ReadonlyMap<string, YamlEntry>

  constructor(byName: ReadonlyMap<string, YamlEntry>, span: Span) {
    this.entries = [...byName.values()]
    this.span = span
    this.#byName = byName
  }

  /** The value of a key, in constant time. `__proto__` and `constructor` are names like others. */
  get(name: string): YamlNode | undefined {
    return this.#byName.get(name)?.value
  }

  /** The entry of a key, for the key's own place. */
  entry(name: string): YamlEntry | undefined {
    return this.#byName.get(name)
  }
}

/** The plain data of a node, see `toJson`. Maps have no prototype. */
export type Json = ScalarValue | ReadonlyArray<Json> | { readonly [name: string]: Json }

/**
 * The plain data behind a node. Linear in the number of distinct nodes: what several aliases share is converted
 * once and shared in the result. Maps are objects without prototype, so every name is an ordinary own key.
 */
export const toJson = (node: YamlNode): Json => convert(node, new Map())

/**
 * The node at a path of names and list indices; a number also names a map's key. Undefined when there is none.
 */
export const nodeAt = (root: YamlNode, path: ReadonlyArray<string | number>): YamlNode | undefined => {
  let node: YamlNode | undefined = root
  for (const step of path) {
    if (node.kind === "map") node = node.get(String(step))
    else if (node.kind === "list" && typeof step === "number") node = node.items[step]
    else return undefined
    if (node === undefined) return undefined
  }
  return node
}

// The depth is bounded by `YamlLimits.depth`, aliases included, and aliases cannot form a cycle.
const convert = (node: YamlNode, done: Map<YamlNode, Json>): Json => {
  if (node.kind === "scalar") return node.value
  const known = done.get(node)
  if (known !== undefined) return known
  const json = node.kind === "list" ? node.items.map((item) => convert(item, done)) : object(node, done)
  done.set(node, json)
  return json
}

const object = (map: YamlMap, done: Map<YamlNode, Json>): Json => {
  // A null prototype makes `__proto__` an ordinary key; `Object.create` is typed `any`.
  // oxlint-disable-next-line typescript/no-unsafe-assignment
  const result: { [name: string]: Json } = Object.create(null)
  for (const { key, value } of map.entries) result[key.name] = convert(value, done)
  return result
}
