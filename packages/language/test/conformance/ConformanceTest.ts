import { tests as root } from "@bufbuild/cel-spec/testdata/conformance.js"

/** A test of cel-spec's conformance suite that this language can be asked to pass. */
export interface ConformanceTest {
  /** `file/section/name#n`, unique: some names occur more than once. */
  readonly id: string
  readonly expression: string
  readonly variables: { readonly [name: string]: unknown }
  readonly declarations: ReadonlyArray<Declaration>
  /** The expected value in the JSON form of protocol buffers; undefined when an error is expected. */
  readonly expected: { readonly [kind: string]: unknown } | undefined
}

export interface Declaration {
  readonly name: string
  readonly type: unknown
  readonly isFunction: boolean
}

/**
 * The JSON-relevant tests of cel-spec. Left out is what a test is written with and JSON does not have (bytes, unsigned
 * integers, messages of protocol buffers, keys of maps that are not strings), what asks for another thing than a
 * checked expression (evaluation without a check, a deduced type alone), and `cel.block`, which optimizers write and
 * not authors.
 */
export const jsonRelevantTests = (): ReadonlyArray<ConformanceTest> => {
  const out: Array<ConformanceTest> = []
  const seen = new Map<string, number>()
  const walk = (suite: Suite, path: ReadonlyArray<string>): void => {
    for (const { original } of suite.tests ?? []) {
      if (!isJsonRelevant(original)) continue
      const name = [...path.slice(1), original.name ?? ""].join("/")
      const count = (seen.get(name) ?? 0) + 1
      seen.set(name, count)
      out.push(readTest(count === 1 ? name : `${name}#${count}`, original))
    }
    for (const inner of suite.suites ?? []) walk(inner, [...path, inner.name])
  }
  walk(root, [root.name])
  return out
}

type Suite = typeof root
type Original = NonNullable<Suite["tests"]>[number]["original"]

const isJsonRelevant = (original: Original): boolean => {
  const text = JSON.stringify(original)
  if (original["disableCheck"] === true || original["checkOnly"] === true) return false
  if (original["value"] === undefined && isTypeOnly(original)) return false
  if (/TestAllTypes|NestedEnum|GlobalEnum|google\.(protobuf\.(?!Timestamp|Duration)|type|api)/.test(text))
    return false
  if (/uint64Value|UINT64|\buint\b|\b\d+[uU]\b|0x[0-9a-fA-F]+[uU]\b/.test(text)) return false
  if (/bytesValue|BYTES|\bbytes\b|(^|[^\w'"])[bB][rR]?['"]/.test(`${text} ${original.expr}`)) return false
  if (/(proto|wrappers|cel)\.(?!bind)|\b[A-Z]\w*\{/.test(original.expr)) return false
  return !hasOtherKeys(original)
}

const isTypeOnly = (original: Original): boolean => {
  const typed = original["typedResult"]
  return typeof typed === "object" && typed !== null && !Object.hasOwn(typed, "result")
}

/** Keys of maps that are not strings, in the expression's literals or in the data. */
const hasOtherKeys = (original: Original): boolean => {
  if (/"key":\{"(?!stringValue)/.test(JSON.stringify(original))) return true
  if (/"keyType":\{"primitive":"(?!STRING)/.test(JSON.stringify(original))) return true
  return /[{,]\s*\??(-?[\d.]+|true|false|null)\s*:/.test(original.expr)
}

const readTest = (id: string, original: Original): ConformanceTest => ({
  id,
  expression: original.expr,
  variables: record(original["bindings"]),
  declarations: list(original["typeEnv"]).map((entry) => {
    const declaration = record(entry)
    return {
      name: String(declaration["name"]),
      type: record(declaration["ident"])["type"],
      isFunction: declaration["function"] !== undefined
    }
  }),
  expected: expectedOf(original)
})

const expectedOf = (original: Original): ConformanceTest["expected"] => {
  if (original["evalError"] !== undefined || original["anyEvalErrors"] !== undefined) return undefined
  if (original["value"] !== undefined) return record(original["value"])
  const typed = record(original["typedResult"])
  // The suite's default: a test that names no outcome expects true.
  return typed["result"] === undefined ? { boolValue: true } : record(typed["result"])
}

const record = (value: unknown): { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null ? { ...value } : {}

const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])
