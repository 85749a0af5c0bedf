import { describe, expect, it } from "@effect/vitest"
import { codesOf, compile, typeOf } from "./ExpressionWorld.ts"

const accepted: ReadonlyArray<string> = [
  'event.type == "indicator" && has(event.confidence) && event.confidence > 70',
  'event.type == "indicator" && event.confidence != null && event.confidence > 70',
  "has(event.confidence) && event.confidence > 70 && event.labels.size() > 0",
  'event.type != "malware" || event.family',
  'event.type == "malware" ? event.family : event.id != ""',
  '!(event.type == "indicator") || event.labels.size() > 0',
  'event.type in ["malware"] && event.family',
  '"malware" == event.type && event.family',
  'event["type"] == "malware" && event.family',
  '"confidence" in indicator && indicator.confidence > 1',
  "!has(indicator.confidence) || indicator.confidence > 70",
  "has(indicator.confidence) ? indicator.confidence > 70 : false",
  "has(indicator.confidence) && (b || indicator.confidence > 70)",
  "(has(indicator.confidence) && b) && indicator.confidence > 70",
  "!(!has(indicator.confidence) || b) && indicator.confidence > 70",
  "indicator.owner != null && indicator.owner.name == 'me'",
  'indicator["confidence"] != null && indicator["confidence"] > 1',
  "indicator.owner == null || indicator.owner.name == 'me'",
  "indicator.owner != null && has(indicator.owner.mail) && indicator.owner.mail != null && indicator.owner.mail.size() > 0",
  "indicator.owner != null && indicator.owner.mail != null && indicator.owner.mail.contains('@')",
  "maybe == null ? true : maybe.size() > 0",
  "maybe != null && maybe.size() > 0",
  'events.filter(e, e.type == "malware").all(e, e.family)',
  'events.filter(e, e.type == "indicator" && has(e.confidence)).map(e, e.confidence + 1) == [1]',
  'events.exists(e, e.type == "malware" && e.family)',
  'events.map(e, e.type == "malware", e.family) == [true]',
  "type(mixed) == string && mixed.size() > 0",
  "type(mixed) == list && mixed[0] > 0",
  "type(mixed) != string || mixed.startsWith('a')",
  "type(any) == string && any.startsWith('a')",
  "(has(indicator.confidence) ? indicator.confidence > 1 : false) && b",
  "has(event.family) && event.family",
  'has(headers.host) && headers.host == "x"'
]

const refused: ReadonlyArray<readonly [string, string]> = [
  ["event.confidence > 70", "SP1204"],
  ['event.type == "indicator" && event.confidence > 70', "SP1204"],
  [
    'event.type == "indicator" || has(event.confidence) && event.confidence > 1 || event.confidence > 70',
    "SP1203"
  ],
  ["indicator.revoked == true && b", "SP1204"],
  ["has(indicator.confidence) || indicator.confidence > 70", "SP1204"],
  ["(has(indicator.confidence) || b) && indicator.confidence > 70", "SP1204"],
  ["!has(indicator.confidence) && indicator.confidence > 70", "SP1204"],
  ["has(indicator.confidence) && events.all(indicator, indicator.confidence > 1)", "SP1204"],
  ['event.type != "malware" && event.family', "SP1203"],
  ['event.type == "malware" && event.labels.size() > 0', "SP1203"],
  ["indicator.owner.name == 'me'", "SP1205"],
  ["indicator.owner == null && indicator.owner.name == 'me'", "SP1205"],
  ["maybe.size() > 0", "SP1206"],
  ["indicator.owner != null && indicator.owner.mail.size() > 0", "SP1204"],
  ["events.exists(e, e.type == 'malware') && event.family", "SP1204"],
  ["type(mixed) == string || mixed.size() > 0", "SP1206"]
]

describe("a guard makes what follows safe", () => {
  for (const text of accepted) {
    it(text, () => {
      expect(codesOf(text)).toEqual([])
    })
  }
})

describe("what is not guarded stays refused", () => {
  for (const [text, code] of refused) {
    it(`${text} is ${code}`, () => {
      expect(codesOf(text)).toContain(code)
    })
  }
})

describe("narrowed types", () => {
  it("filter keeps what its condition says of the elements", () => {
    expect(typeOf('events.filter(e, e.type == "malware")')).toBe("list<Malware>")
  })

  it("a name that several records have in common is a union of its types", () => {
    expect(typeOf("event.id")).toBe("string")
    expect(typeOf("event.type")).toBe("string")
  })

  it("a contradiction is seen", () => {
    expect(codesOf('event.type == "malware" && event.type == "indicator"')).toEqual(["SP1209"])
  })
})

describe("what a condition says goes on behind it", () => {
  it("whenTrue and whenFalse carry what where and if have established", () => {
    const guard = compile('event.type == "malware"')
    const [fact] = guard.whenTrue
    expect(fact?.name).toBe("event")
    expect(compile("1 == 1").whenTrue).toEqual([])
  })
})

describe("a misspelt value of an open set is a warning", () => {
  it("only when it is close to a known one", () => {
    expect(codesOf('event.type == "malwear"')).toEqual(["SP1219"])
    expect(codesOf('event.type == "tool"')).toEqual([])
    expect(compile('event.type == "malwear"').program).toBeDefined()
  })
})

describe("a long alternation of && and || is checked in linear time", () => {
  it("240 operands", () => {
    let text = "has(indicator.confidence)"
    for (let index = 0; index < 120; index++) text = `(${text} && n > ${index}) || has(indicator.revoked)`
    expect(codesOf(text.slice(0, 20_000))).not.toContain("SP1201")
  })
})
