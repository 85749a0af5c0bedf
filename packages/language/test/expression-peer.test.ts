import { describe, expect, it } from "@effect/vitest"
import { Environment, type ParseResult } from "@marcbachmann/cel-js"
import { isList, isObject, Timestamp, type Value } from "../src/expression/Value.ts"
import { ExpressionRun } from "./generation/ExpressionRun.ts"
import { PeerGenerator, peerVariables } from "./generation/PeerGenerator.ts"
import { valueText } from "./generation/ValueText.ts"

/** Raise it to look at more; the seeds from 1 on stay the same. */
const wanted = 8_000
const expressionsPerSeed = 20
const dataPerExpression = 2

const peer = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false })
for (const [name, [, type]] of Object.entries(peerVariables)) peer.registerVariable(name, type)
const variables = new Map(Object.entries(peerVariables).map(([name, [, , type]]) => [name, type]))

describe("@marcbachmann/cel-js 8 and this language", () => {
  it(`agree on ${wanted} random expressions that both accept`, { timeout: 120_000 }, () => {
    const differences: Array<string> = []
    const counts = { made: 0, compared: 0, values: 0, beyond: 0 }
    for (let seed = 1; counts.compared < wanted; seed++) {
      const generator = new PeerGenerator(seed)
      for (let index = 0; index < expressionsPerSeed; index++) {
        counts.made++
        const run = new ExpressionRun(generator.text(), variables)
        const parsed = acceptedByPeer(run.text)
        if (!run.isRight || parsed === undefined) continue
        counts.compared++
        for (let round = 0; round < dataPerExpression; round++) {
          const data = generator.data()
          const ours = run.program("interpret").evaluate(data)
          // They have 64 bits, we have the whole numbers that JSON keeps.
          if (!ours.ok && ours.diagnostic.code === "SP1305") {
            counts.beyond++
            continue
          }
          const mine = ours.ok ? valueText(ours.value) : "fails"
          const theirs = peerOutcome(parsed, data)
          if (ours.ok) counts.values++
          if (mine !== theirs)
            differences.push(run.describe(seed, data, `ours: ${mine}`, `theirs: ${theirs}`))
        }
      }
    }
    expect(differences.slice(0, 5).join("\n\n")).toBe("")
    expect(counts.compared / counts.made).toBeGreaterThan(0.9)
    expect(counts.values).toBeGreaterThan(wanted)
    expect(counts.beyond).toBeLessThan(wanted / 50)
  })
})

/** Where the two differ, and why; the generator makes none of these. `refused`: the check does not pass. */
const divergences: ReadonlyArray<{
  readonly text: string
  readonly ours: string
  readonly theirs: string
  readonly why: string
}> = [
  {
    text: "n + 9007199254740991",
    ours: "fails",
    theirs: "9007199254740992",
    why: "our ints are those that JSON keeps exactly, theirs have 64 bits"
  },
  {
    text: "9223372036854775807",
    ours: "refused",
    theirs: "9223372036854776000",
    why: "likewise, as a literal"
  },
  {
    text: "int(d * 1e300)",
    ours: "fails",
    theirs: "2e+300",
    why: "they make an int of any double, CEL has an error there"
  },
  { text: "1u == 1u", ours: "refused", theirs: "true", why: "JSON has no unsigned numbers" },
  { text: 'size(b"a")', ours: "refused", theirs: "1", why: "JSON has no bytes" },
  { text: '{1: "a"}', ours: "refused", theirs: '{"1": "a"}', why: "the keys of JSON objects are strings" },
  {
    text: "int(words[0])",
    ours: "fails",
    theirs: "0",
    why: "they read the empty text as 0, as JavaScript's BigInt does"
  },
  { text: 'double("0x10")', ours: "refused", theirs: "16", why: "they read what JavaScript's Number does" },
  {
    text: "string(d / 0.0)",
    ours: '"Infinity"',
    theirs: '"+Inf"',
    why: "we write the text that double() reads, they write Go's"
  },
  {
    text: '"é".upperAscii()',
    ours: '"é"',
    theirs: '"É"',
    why: "only A to Z are ASCII letters; they change all of Unicode"
  },
  {
    text: '"😀a".indexOf("a")',
    ours: "1",
    theirs: "2",
    why: "positions are code points (CEL strings extension); theirs are UTF-16 units"
  },
  {
    text: '"😀a".substring(1)',
    ours: '"a"',
    theirs: '"\\ude00a"',
    why: "likewise: theirs cuts a character in two"
  },
  {
    text: '"\ue000" < "😀"',
    ours: "true",
    theirs: "false",
    why: 'strings are ordered by code point (langdef, "Ordering"); theirs by UTF-16 unit'
  },
  {
    text: '"a\\nb".matches("a.b|(?s)a.b")',
    ours: "true",
    theirs: "fails",
    why: "patterns are RE2; theirs are JavaScript's"
  },
  {
    text: "b == c < b",
    ours: "false",
    theirs: "true",
    why: 'all relations bind alike and group to the left (langdef, "Syntax"); theirs has == bind less than <'
  },
  {
    text: 'duration("1.5s").getMilliseconds()',
    ours: "500",
    theirs: "1500",
    why: "the milliseconds within the second, as CEL's tests have it"
  },
  {
    text: 'duration("1s") - duration("1500ms") == duration("-500ms")',
    ours: "true",
    theirs: "false",
    why: "seconds and nanos have one sign (protobuf's Duration); theirs may differ"
  },
  {
    text: "[1, 2].exists(i, x, x > i)",
    ours: "true",
    theirs: "refused",
    why: "the macros with two variables are an extension that they do not have"
  }
]

describe("what differs is known", () => {
  const data = {
    ...new PeerGenerator(1).data(),
    n: 1,
    d: 2,
    b: false,
    c: false,
    s: "b",
    words: [""],
    since: new Timestamp(0, 0),
    m: {}
  }

  for (const { ours, text, theirs, why } of divergences) {
    it(`${JSON.stringify(text)}: ${why}`, () => {
      const run = new ExpressionRun(text, variables)
      const outcome = run.isRight ? run.program("interpret").evaluate(data) : undefined
      expect(outcome === undefined ? "refused" : outcome.ok ? valueText(outcome.value) : "fails").toBe(ours)
      const parsed = acceptedByPeer(text)
      expect(parsed === undefined ? "refused" : peerOutcome(parsed, data)).toBe(theirs)
    })
  }
})

const acceptedByPeer = (text: string): ParseResult | undefined => {
  try {
    const parsed = peer.parse(text)
    return parsed.check().valid ? parsed : undefined
  } catch {
    return undefined
  }
}

const peerOutcome = (parsed: ParseResult, data: { readonly [name: string]: Value }): string => {
  const given: ReadonlyArray<[string, unknown]> = Object.entries(data).map(([name, value]) => [
    name,
    toPeer(value, peerVariables[name]?.[0])
  ])
  const context: { readonly [name: string]: unknown } = Object.fromEntries(given)
  let value: unknown
  try {
    value = parsed(context)
  } catch {
    return "fails"
  }
  return valueText(fromPeer(value))
}

/** Whole numbers of ours are big ones of theirs where the type says int. */
const toPeer = (value: Value, kind: string | undefined): unknown => {
  if (value instanceof Timestamp) return new Date(value.seconds * 1_000 + value.nanos / 1_000_000)
  if (typeof value === "number") return kind === "double" ? value : BigInt(value)
  if (isList(value)) return value.map((item) => toPeer(item, undefined))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPeer(item, undefined)]))
}

const fromPeer = (value: unknown): Value => {
  switch (typeof value) {
    case "bigint":
      return Number(value)
    case "string":
    case "number":
    case "boolean":
      return value
    default:
      return fromPeerObject(value)
  }
}

const fromPeerObject = (value: unknown): Value => {
  if (value === null) return null
  if (Array.isArray(value)) return value.map(fromPeer)
  if (value instanceof Date)
    return new Timestamp(Math.floor(value.getTime() / 1_000), (value.getTime() % 1_000) * 1_000_000)
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]): [string, Value] => [String(key), fromPeer(item)]))
  }
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]): [string, Value] => [key, fromPeer(item)])
    )
  }
  return `? ${typeof value}`
}
