import { describe, expect, it } from "@effect/vitest"
import { places, problemsOf } from "./ManifestText.ts"

const top = "connector: example\nversion: 1.0.0\ntitle: Example\n"
const base = `${top}http: { base: "https://a.example" }\nactions:\n`

describe("a mistake is reported where it stands", () => {
  const cases: ReadonlyArray<readonly [what: string, text: string, place: string, marked: string]> = [
    ["an unknown key at the top", `${top}conection: {}\n`, "SP0301 4:1-4:10", "conection"],
    [
      "an unknown key in a flow map",
      `${base}  a: { summary: s, effct: read, request: { GET: /a } }\n`,
      "SP0301 6:20-6:25",
      "effct"
    ],
    [
      "an unknown key in a block map",
      `${base}  a:\n    summary: s\n    effct: read\n    request:\n      GET: /a\n`,
      "SP0301 8:5-8:10",
      "effct"
    ],
    ["a missing key, at the key of its map", `${base}  a: { request: { GET: /a } }\n`, "SP0302 6:3-6:4", "a"],
    ["a missing key of the whole", "connector: example\nversion: 1.0.0\n", "SP0302 1:1-1:10", "connector"],
    ["a key without a value", `${top}docs:\n`, "SP0303 4:1-4:5", "docs"],
    [
      "an item of a list",
      `${top}http:\n  base: https://a.example\n  retry:\n    on:\n      - 503\n      - netwrk\n`,
      "SP0304 9:9-9:15",
      "netwrk"
    ],
    [
      "an item of a flow list",
      `${top}http: { base: "https://a.example", retry: { on: [503, 200] } }\n`,
      "SP0308 4:55-4:58",
      "200"
    ],
    [
      "a quoted value",
      `${top}http: { base: "https://a.example", timeout: "30 s" }\n`,
      "SP0307 4:45-4:51",
      '"30 s"'
    ],
    [
      "an input in a path",
      `${base}  a: { summary: s, request: { GET: "/a/{b}/{c}" }, input: { c: { type: string } } }\n`,
      "SP0316 6:40-6:43",
      "{b}"
    ],
    [
      "a name inside a folded expression",
      `${base}  a:\n    summary: s\n    request:\n      GET: /a\n      query:\n        q: >-\n          \${{ [1].map(e,\n          inptu.x) }}\n`,
      "SP1201 13:11-13:16",
      "inptu"
    ],
    [
      "a field behind an escape",
      `${base}  a: { summary: s, request: { GET: /a, headers: { h: "\\t\${{ config.nope }}" } } }\n`,
      "SP1203 6:68-6:72",
      "nope"
    ],
    [
      "a schema keyword in an input",
      `${base}  a: { summary: s, request: { GET: /a }, input: { x: { type: strin } } }\n`,
      "SP0205 6:62-6:67",
      "strin"
    ],
    [
      "a part of an output",
      `${base}  a:\n    summary: s\n    output: { type: object, required: [n], properties: { n: { type: integer } } }\n    request: { GET: /a }\n    response:\n      200:\n        output:\n          n: "\${{ response.headers.?n.orValue('') }}"\n`,
      "SP0319 13:19-13:50",
      "response.headers.?n.orValue('')"
    ],
    [
      "a part of an example",
      `${base}  a:\n    summary: s\n    effect: read\n    implementation: code\n    input: { x: { type: string, format: uuid } }\n    examples:\n      - input:\n          x: nope\n`,
      "SP0327 13:14-13:18",
      "nope"
    ],
    [
      "an input of a poll",
      `${base}  a: { summary: s, effect: read, implementation: code, output: { type: array, items: { type: string } } }\ntriggers:\n  t:\n    summary: s\n    event: { type: string }\n    poll: { action: a, every: 1m, with: { x: 1 } }\n`,
      "SP0334 11:43-11:44",
      "x"
    ]
  ]
  for (const [what, text, place, marked] of cases) {
    it(what, () => {
      expect(places(text)).toEqual([place])
      expect(problemsOf(text).map(({ span }) => text.slice(span.start, span.end))).toEqual([marked])
    })
  }

  it("all of them, when there are many", () => {
    const text = `connector: example
version: one
title: Example
conection: {}
connection:
  config: { Base: { type: string } }
  check: { action: whoami }
http:
  base: \${{ config.urll }}
  timeout: 0s
  auth: kye
  retry: { on: [200], attempts: 0 }
types:
  Unused: { type: strin }
actions:
  a:
    sumary: s
    request: { GET: "/{id}", json: {} }
    response: { 999: {}, 200: { as: xml } }
  b: { summary: s, request: { POST: /b, headers: { h: "\${{ input.x + }}" } } }
triggers:
  t: { summary: s, event: true, poll: { action: b, every: soon }, keep: c, key: 1 + }
`
    expect(places(text).map((place) => place.slice(0, place.indexOf("-")))).toEqual([
      "SP0306 2:10",
      "SP0301 4:1",
      "SP0305 6:13",
      "SP0321 7:20",
      "SP1203 9:20",
      "SP0329 10:12",
      "SP0322 11:9",
      "SP0308 12:17",
      "SP0308 12:33",
      "SP0332 14:3",
      "SP0205 14:19",
      "SP0302 16:3",
      "SP0301 17:5",
      "SP0316 18:23",
      "SP0318 18:30",
      "SP0309 19:17",
      "SP0304 19:37",
      "SP0312 20:3",
      "SP1203 20:66",
      "SP1101 20:70",
      "SP0330 22:49",
      "SP0307 22:59",
      "SP0326 22:73",
      "SP1101 22:84"
    ])
  })
})
