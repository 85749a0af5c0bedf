import { nodeAt, type YamlMap, type YamlNode } from "@sallyport/language"
import { entriesOf, itemsOf, textsOf } from "../schema/DialectDocument.ts"

/**
 * A way from a value into its parts; `*` stands for any item of a list and any key of a map, `**` for any number of
 * steps.
 */
export type SecretPath = ReadonlyArray<string>

/**
 * Where the values are that a schema marks with `x-secret: true`, through references, branches and items. In a type that
 * contains itself they may be at any depth: `**`. At most 1,000 places, found among 10,000 schemas.
 */
export const secretPaths = (schema: YamlNode | undefined, root: YamlNode): ReadonlyArray<SecretPath> => {
  const found: Array<SecretPath> = []
  if (schema !== undefined && hasMark(root))
    visit(schema, { root, found, open: new Map(), left: maximumSchemas }, [])
  const texts = new Set<string>()
  return found.filter((path) => {
    const text = JSON.stringify(path)
    return !texts.has(text) && texts.add(text)
  })
}

/** Does a path lead to a secret, into one, or to something that is known to hold one? */
export const isSecretPath = (path: SecretPath, secrets: ReadonlyArray<SecretPath>): boolean =>
  secrets.some((secret) => covers(secret, path) || (!secret.includes("**") && holds(path, secret)))

/** Is a secret at the path, or above of it? */
const covers = (secret: SecretPath, path: SecretPath): boolean => {
  const [first, ...rest] = secret
  if (first === undefined) return true
  if (first === "**") return covers(rest, path) || (path.length > 0 && covers(secret, path.slice(1)))
  return path.length > 0 && (first === "*" || first === path[0]) && covers(rest, path.slice(1))
}

const holds = (path: SecretPath, secret: SecretPath): boolean =>
  path.length < secret.length && path.every((name, index) => secret[index] === "*" || secret[index] === name)

/** Is anything in the document marked at all? Most documents have no mark, and following every schema takes a while. */
const hasMark = (root: YamlNode): boolean => {
  const known = marked.get(root)
  if (known !== undefined) return known
  const seen = new Set<YamlNode>([root])
  // What aliases share is looked at once.
  for (const node of seen) {
    if (node.kind === "list") for (const item of node.items) seen.add(item)
    if (node.kind !== "map") continue
    if (node.get("x-secret") !== undefined) {
      marked.set(root, true)
      return true
    }
    for (const { value } of node.entries) seen.add(value)
  }
  marked.set(root, false)
  return false
}

const marked = new WeakMap<YamlNode, boolean>()

interface Visit {
  readonly root: YamlNode
  readonly found: Array<SecretPath>
  /** The schemas that are being followed. */
  readonly open: Map<YamlNode, { isInItself: boolean }>
  /** Schemas that may still be looked at: types that use each other twice would double the ways at each step. */
  left: number
}

const visit = (schema: YamlNode, visiting: Visit, path: SecretPath): void => {
  const { found, open } = visiting
  if (--visiting.left < 0) return
  if (schema.kind !== "map" || found.length >= maximumPaths || path.length > maximumDepth) return
  const before = open.get(schema)
  if (before !== undefined) {
    before.isInItself = true
    return
  }
  const mark = schema.get("x-secret")
  if (mark?.kind === "scalar" && mark.value === true) {
    found.push(path)
    return
  }
  const state = { isInItself: false }
  const first = found.length
  open.set(schema, state)
  for (const inner of sameValue(schema, visiting.root)) visit(inner, visiting, path)
  for (const { key, value } of entriesOf(schema.get("properties")))
    visit(value, visiting, [...path, key.name])
  for (const inner of anyPart(schema)) visit(inner, visiting, [...path, "*"])
  open.delete(schema)
  if (state.isInItself)
    found.push(...found.slice(first).map((inner) => [...path, "**", ...inner.slice(path.length)]))
}

const maximumPaths = 1_000
const maximumDepth = 32
const maximumSchemas = 10_000

/** Schemas of the same value: what is referred to, merged or chosen between. */
const sameValue = (schema: YamlMap, root: YamlNode): ReadonlyArray<YamlNode> => {
  const names = [
    ...textsOf(schema.get("$ref")),
    ...textsOf(schema.get("extends")).map((name) => `#/types/${name}`)
  ]
  const named = names.flatMap((pointer) => {
    const target = pointer.startsWith("#/") ? nodeAt(root, pointer.slice(2).split("/")) : undefined
    return target === undefined ? [] : [target]
  })
  return [...named, ...["oneOf", "anyOf", "allOf"].flatMap((keyword) => itemsOf(schema.get(keyword)))]
}

const anyPart = (schema: YamlMap): ReadonlyArray<YamlNode> => {
  const single = ["items", "additionalProperties"].flatMap((keyword) => schema.get(keyword) ?? [])
  const patterns = entriesOf(schema.get("patternProperties")).map(({ value }) => value)
  return [...single, ...itemsOf(schema.get("prefixItems")), ...patterns]
}
