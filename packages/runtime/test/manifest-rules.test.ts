import { describe, expect, it } from "@effect/vitest"
import { actionOf, checked, problemsOf } from "./ManifestText.ts"

const top = "connector: example\nversion: 1.0.0\ntitle: Example\n"
const base = `${top}http: { base: "https://api.example.com" }\n`

const messages = (text: string): ReadonlyArray<string> =>
  problemsOf(text).map(({ code, message }) => `${code} ${message}`)

const action = (rest: string): string => `${base}actions: { a: { summary: s, effect: read, ${rest} } }\n`

describe("paging", () => {
  const list = "output: { type: array, items: { type: string } }"
  const input = "input: { cursor?: { type: string }, size: { type: integer } }"
  const request = 'request: { GET: /a, query: { c: "${{ input.cursor }}" } }'
  const paging = (paginate: string, parts = `${input}, ${request}`) =>
    messages(action(`${list}, ${parts}, paginate: { ${paginate} }`))

  it("needs a way on", () => {
    expect(paging("items: output")).toEqual([
      "SP0320 paging never goes on: nothing says what the next page is"
    ])
    expect(paging('items: output, cursor: "string(size(output))"')).toEqual([
      "SP0320 paging never goes on: no input takes the cursor"
    ])
    expect(paging("items: output, into: cursor")).toEqual([
      "SP0320 paging never goes on: nothing says what the next page is"
    ])
  })

  it("has one way on, not two", () => {
    const both = "items: output, cursor: \"'c'\", into: cursor, next: \"'u'\""
    expect(paging(both)).toEqual(["SP0320 there are two ways to the next page, a cursor and a URL"])
  })

  it("needs a request that sends the cursor, anywhere", () => {
    const cursor = "items: output, cursor: \"'c'\", into: cursor"
    const sent = [
      'GET: /a, headers: { c: "${{ input.cursor }}" }',
      "POST: /a, json: { deep: [{ c: \"x${{ input.?cursor.orValue('') }}\" }] }",
      'POST: /a, form: { all: "${{ json.encode(input) }}" }'
    ]
    for (const request of sent) expect(paging(cursor, `${input}, request: { ${request} }`)).toEqual([])
    expect(paging(cursor, `${input}, request: { GET: /a, query: { s: "\${{ input.size }}" } }`)).toEqual([
      'SP0320 paging never goes on: the request does not send the input "cursor"'
    ])
  })

  it("takes the cursor into an optional input of its type", () => {
    expect(paging('items: output, cursor: "1", into: cursor')).toEqual([
      'SP0326 the input "cursor" takes string, and the cursor is 1'
    ])
    expect(paging('items: output, cursor: "1", into: curser')[0]).toBe(
      'SP0320 paging never goes on: the request does not send the input "curser"'
    )
  })

  it("has items that are a list and a stop that is a condition", () => {
    expect(paging('items: "1", next: "\'u\'", stop: "1"')).toEqual([
      "SP0323 items takes list<dyn>, and this gives 1",
      "SP0323 stop takes bool, and this gives 1"
    ])
  })
})

describe("outputs", () => {
  const record =
    "output: { type: object, required: [a], properties: { a: { type: integer }, b: { type: string } } }"
  const output = (text: string) =>
    messages(action(`${record}, request: { GET: /a }, response: { 200: { output: ${text} } }`))

  it("that are unknown in type are left to the run", () => {
    expect(output('"${{ response.body }}"')).toEqual([])
    expect(output('{ a: "${{ response.body.x.y }}" }')).toEqual([])
  })

  it("say which part does not fit", () => {
    expect(output('{ a: x, bb: "${{ response.body }}" }')).toEqual([
      'SP0319 the output does not fit: expected int, found the text "x"',
      'SP0319 the output does not fit: unknown property "bb"'
    ])
    expect(output("{}")).toEqual(['SP0319 the output does not fit: missing property "a"'])
    expect(output('{ a: "${{ response.headers.?n }}" }')).toEqual([
      'SP0319 the output does not fit: this may be missing, but "a" must be there'
    ])
    expect(output('{ a: "${{ response.status }}", b: "${{ response.headers.?n }}" }')).toEqual([])
  })

  it("that are times become texts", () => {
    const text = action(
      'output: { type: string }, request: { GET: /a }, response: { 200: { output: "${{ timestamp(response.status) }}" } }'
    )
    expect(messages(text)).toEqual([])
  })

  it("are the described body where nothing else is said", () => {
    const described = (body: string) =>
      messages(action(`${record}, request: { GET: /a }, response: { 200: { body: ${body} } }`))
    expect(described("{ type: object, required: [a], properties: { a: { const: 1 } } }")).toEqual([])
    expect(described("{ type: string }")).toEqual([
      "SP0319 the body is string, but the output is { a: int, b?: string }"
    ])
  })
})

describe("statuses", () => {
  it("have one rule each, however the key is written", () => {
    const text = action('request: { GET: /a }, response: { 200: {}, "200": {} }')
    const [problem, ...others] = problemsOf(text)
    expect(others).toEqual([])
    expect(text.slice(problem?.span.start, problem?.span.end)).toBe('"200"')
    expect(problem?.code.slice(0, 4)).toBe("SP01")
  })
})

describe("sessions", () => {
  const session = (rest: string) => `${top}auth: { s: { ${rest} headers: { h: "\${{ session.t }}" } } }\n`

  it("are opened before they are confirmed, extended or ended", () => {
    const text = `${top}auth: { s: { extend: { PUT: /e }, expires: "1", confirm: { ask: q, PUT: /c }, headers: { h: x } } }\n`
    expect(messages(text)).toEqual([
      'SP0328 "extend" has no session: nothing opens one',
      'SP0328 "expires" has no session: nothing opens one',
      'SP0328 "confirm" has no session: nothing opens one'
    ])
  })

  it("must be able to expire to be extended", () => {
    expect(messages(session("open: { POST: /o }, extend: { PUT: /e },"))).toEqual([
      "SP0328 the session is never extended: nothing says when it expires"
    ])
  })

  it("see what opening answered, with its type", () => {
    const open =
      "open: { POST: /o, body: { type: object, required: [t], properties: { t: { type: string }, n: { type: integer } } } },"
    expect(messages(session(open))).toEqual([])
    expect(messages(session(`${open} expires: session.x,`)).map((message) => message.slice(0, 6))).toEqual([
      "SP1203"
    ])
    expect(messages(session(`${open} expires: session.n,`)).map((message) => message.slice(0, 6))).toEqual([
      "SP1204"
    ])
  })

  it("have no inputs", () => {
    expect(messages(session('open: { POST: "/o/{id}" },'))).toEqual(['SP0316 "id" is not an input'])
  })

  it("do not show secrets in their question", () => {
    const text = `${top}connection: { secrets: { k: {} } }\nauth: { s: { open: { POST: /o }, confirm: { ask: "\${{ secrets.k }}", PUT: /c, json: "\${{ answer }}" }, headers: { h: x } } }\n`
    expect(messages(text)).toEqual(["SP0324 secrets cannot be read here"])
  })
})

describe("polls", () => {
  const poll = (trigger: string, paginate = "paginate: { items: output, cursor: \"'c'\", into: c }") =>
    messages(
      `${base}actions: { a: { summary: s, input: { c?: { type: string }, n: { type: integer, maximum: 5 } }, output: { type: array, items: { type: string } }, request: { GET: /a, query: { c: "\${{ input.c }}" } }, ${paginate} } }\ntriggers: { t: { summary: s, ${trigger} } }\n`
    )

  it("give the action what it needs, of its type and within its bounds", () => {
    const event = "event: { type: string }"
    expect(poll(`${event}, poll: { action: a, every: 1m, with: { n: 5 } }`)).toEqual([])
    expect(poll(`${event}, poll: { action: a, every: 1m }`)).toEqual([
      'SP0334 the action "a" needs the input "n"'
    ])
    expect(poll(`${event}, poll: { action: a, every: 1m, with: { n: 6 } }`)).toEqual([
      'SP0334 the input "n" does not fit: 6 is more than 5'
    ])
    expect(poll(`${event}, poll: { action: a, every: 1m, with: { n: "\${{ string(1) }}" } }`)).toEqual([
      'SP0334 the input "n" does not fit: this gives string, but int is wanted here'
    ])
    expect(
      poll(
        `${event}, input: { n?: { type: integer } }, poll: { action: a, every: 1m, with: { n: "\${{ input.n }}" } }`
      )
    ).toEqual(['SP0334 the input "n" must be given, and this may be missing'])
  })

  it("have the action's items as events", () => {
    expect(poll("event: { type: integer }, poll: { action: a, every: 1m, with: { n: 5 } }")).toEqual([
      'SP0330 the items of "a" are string, but the event is int'
    ])
  })

  it("keep the input that takes the cursor, and do not give it", () => {
    const event = "event: { type: string }"
    expect(poll(`${event}, poll: { action: a, every: 1m, with: { n: 5 } }, keep: c`)).toEqual([])
    expect(poll(`${event}, poll: { action: a, every: 1m, with: { n: 5 } }, keep: n`)).toEqual([
      'SP0326 "n" is not the input that takes the cursor of "a"'
    ])
    expect(poll(`${event}, poll: { action: a, every: 1m, with: { n: 5, c: x } }, keep: c`)).toEqual([
      'SP0326 "c" is kept between polls, so it cannot be given here'
    ])
    expect(
      poll(`${event}, poll: { action: a, every: 1m, with: { n: 5 } }, keep: c`, "deprecated: false")
    ).toEqual(['SP0326 "c" is not the input that takes the cursor of "a"'])
  })

  it("wait some time", () => {
    expect(poll("event: { type: string }, poll: { action: a, every: 0s, with: { n: 1 } }")).toEqual([
      'SP0329 "every" is no time at all'
    ])
  })
})

describe("marks of secrets", () => {
  it("are true or false", () => {
    expect(messages(action('implementation: code, output: { type: string, x-secret: "yes" }'))).toEqual([
      `SP0204 "x-secret" must be true or false`
    ])
  })

  it("are found in branches, items, maps and merged types, also in types that contain themselves", () => {
    const text = `${top}types:
  Base: { type: object, properties: { key: { type: string, x-secret: true } } }
  Tree:
    extends: Base
    type: object
    properties:
      name: { type: string }
      children: { type: array, items: { $ref: "#/types/Tree" } }
      by_name: { type: object, additionalProperties: { type: string, x-secret: true } }
      either: { anyOf: [{ type: "null" }, { type: object, properties: { pin: { type: integer, x-secret: true } } }] }
actions:
  a: { summary: s, effect: read, output: { type: array, items: { $ref: "#/types/Tree" } }, implementation: code }
`
    expect(actionOf(checked(text), "a").secretOutputs).toEqual([
      ["*", "key"],
      ["*", "by_name", "*"],
      ["*", "either", "pin"],
      ["*", "**", "key"],
      ["*", "**", "by_name", "*"],
      ["*", "**", "either", "pin"]
    ])
  })

  it("are kept out of keys, at any depth, and with what holds them", () => {
    const keyed = (key: string) =>
      messages(`${top}types:
  Node:
    type: object
    required: [id, pin, inner]
    properties: { id: { type: string }, pin: { type: string, x-secret: true }, inner: { $ref: "#/types/Node" } }
  Event:
    type: object
    required: [id, node, box]
    properties:
      id: { type: string }
      node: { $ref: "#/types/Node" }
      box: { type: object, required: [pin], properties: { pin: { type: string, x-secret: true } } }
triggers: { t: { summary: s, event: { $ref: "#/types/Event" }, key: "${key}", implementation: code } }
`).map((message) => message.slice(0, 6))
    for (const open of ["event.id", "event.node.id", "event.node.inner.inner.id"])
      expect(keyed(open)).toEqual([])
    for (const secret of [
      "event.node.pin",
      "event.node.inner.inner.pin",
      "event['box'].pin",
      "json.encode(event.box)"
    ])
      expect(keyed(secret)).toEqual(["SP0325"])
  })
})

describe("what is left to code", () => {
  it("declares no request, responses or paging", () => {
    const text = action("implementation: code, request: { GET: /a }, response: { 200: {} }, auth: none")
    expect(messages(text).map((message) => message.slice(0, 16))).toEqual([
      'SP0313 "request"',
      'SP0313 "response',
      'SP0313 "auth" ha'
    ])
  })
})
