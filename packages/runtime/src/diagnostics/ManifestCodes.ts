import type { CodeTable } from "@sallyport/language"
import { manifestExample as example, requestExample } from "./ManifestExample.ts"

/** Codes SP0301 to SP0335: connector manifests. */
export const manifestCodes = {
  SP0301: {
    title: "A key that is not known",
    severity: "error",
    what: "The vocabulary of manifests has no such key at this place.",
    why: "A misspelt key would silently do nothing.",
    example: example(
      "actions:\n  ping: { sumary: Ask, effect: read, implementation: code, summary: Ask }",
      "actions:\n  ping: { summary: Ask, effect: read, implementation: code }"
    )
  },
  SP0302: {
    title: "A key is missing",
    severity: "error",
    what: "Something must be said here and is not.",
    why: "There is no value that could be taken for granted.",
    example: example(
      "actions:\n  ping: { effect: read, implementation: code }",
      "actions:\n  ping: { summary: Ask, effect: read, implementation: code }"
    )
  },
  SP0303: {
    title: "A value of the wrong kind",
    severity: "error",
    what: "A text, a number, a list or a map stands where something else is expected.",
    why: "It has no meaning there.",
    example: example("description: [a, b]", "description: a and b")
  },
  SP0304: {
    title: "A word that is not one of those allowed",
    severity: "error",
    what: "Only some words have a meaning here, and this is none of them.",
    why: "What it stands for could only be guessed.",
    example: example(
      "actions:\n  ping: { summary: Ask, effect: raed, implementation: code }",
      "actions:\n  ping: { summary: Ask, effect: read, implementation: code }"
    )
  },
  SP0305: {
    title: "A name that cannot be one",
    severity: "error",
    what: "Names of connectors, actions, triggers, schemes, settings and secrets have small letters, digits and `_`; inputs may have capital letters too; types begin with a capital letter and have no `_`.",
    why: "Names become parts of commands, environment variables, expressions and TypeScript.",
    example: example(
      "actions:\n  Ping-It: { summary: Ask, effect: read, implementation: code }",
      "actions:\n  ping_it: { summary: Ask, effect: read, implementation: code }"
    )
  },
  SP0306: {
    title: "A version that is not semantic",
    severity: "error",
    what: "A version is `MAJOR.MINOR.PATCH`, as semver.org defines it.",
    why: "Whether two versions can be exchanged is read from it.",
    example: {
      language: "manifest",
      wrong: "connector: example\nversion: v1\ntitle: Example\n",
      right: "connector: example\nversion: 1.0.0\ntitle: Example\n"
    }
  },
  SP0307: {
    title: "A duration that cannot be read",
    severity: "error",
    what: "A duration is a whole number with its unit: `ms`, `s`, `m`, `h` or `d`.",
    why: "A number without a unit would be read as milliseconds by one and as seconds by another.",
    example: example(
      'http: { base: "https://api.example.com", timeout: 30 seconds }',
      'http: { base: "https://api.example.com", timeout: 30s }'
    )
  },
  SP0308: {
    title: "A number out of range",
    severity: "error",
    what: "The number is too small, too large, or not whole.",
    why: "There are no half requests, and no attempts fewer than one.",
    example: example(
      'http: { base: "https://api.example.com", concurrency: 0 }',
      'http: { base: "https://api.example.com", concurrency: 4 }'
    )
  },
  SP0309: {
    title: "A key under response that is no status",
    severity: "error",
    what: "Rules for responses are named by a status from 200 to 599, or by a class of them such as `2xx`.",
    why: "No response would ever come under any other name.",
    example: requestExample(
      "output: { type: string }\n    request: { GET: /ping }\n    response: { ok: { as: text } }",
      "output: { type: string }\n    request: { GET: /ping }\n    response: { 200: { as: text } }"
    )
  },
  SP0310: {
    title: "A URL that is none",
    severity: "error",
    what: "A URL of http or https is expected; the base of requests has no query and no fragment.",
    why: "Every request would fail.",
    example: example('http: { base: "api.example.com" }', 'http: { base: "https://api.example.com" }')
  },
  SP0311: {
    title: "A header name that HTTP does not allow",
    severity: "error",
    what: "Names of headers have letters, digits and some signs, no spaces and no colon (RFC 9110, 5.6.2).",
    why: "The request could not be sent, or would be another one than was meant.",
    example: example(
      'http: { base: "https://api.example.com", headers: { "x version": "2" } }',
      'http: { base: "https://api.example.com", headers: { x-version: "2" } }'
    )
  },
  SP0312: {
    title: "An action does not say what it does to the world",
    severity: "error",
    what: "`effect` is `read`, `write` or `destructive`. Only where the method is GET or HEAD is `read` taken for granted.",
    why: "It decides what is repeated after a failure, what a dry run leaves out, who must approve, and what an agent may call.",
    example: requestExample("request: { POST: /ping }", "effect: write\n    request: { POST: /ping }")
  },
  SP0313: {
    title: "Nothing does the work, or two things do",
    severity: "error",
    what: "An action has a `request`, a trigger a `poll`, or either has `implementation: code`: exactly one of the two.",
    why: "With none nothing would happen; with two it could not be said which.",
    example: example(
      "actions:\n  ping: { summary: Ask, effect: read }",
      "actions:\n  ping: { summary: Ask, effect: read, implementation: code }"
    )
  },
  SP0314: {
    title: "A request without exactly one method",
    severity: "error",
    what: "A request has one method with its path: `GET: /items`.",
    why: "It is one request.",
    example: requestExample(
      "effect: read\n    request: { GET: /ping, POST: /ping }",
      "effect: read\n    request: { GET: /ping }"
    )
  },
  SP0315: {
    title: "A path that cannot be one",
    severity: "error",
    what: "A path starts with `/`, has no query, no fragment and no `..`, and names inputs as `{name}`.",
    why: "It is put behind the base as it stands; inputs in it are percent-encoded.",
    example: requestExample(
      'request: { GET: "ping?all=true" }',
      "request: { GET: /ping, query: { all: true } }"
    )
  },
  SP0316: {
    title: "A path names an input that there is not",
    severity: "error",
    what: "What stands in braces in a path is an input of the action.",
    why: "There would be nothing to put there.",
    example: requestExample(
      'input: { item_id: { type: string } }\n    request: { GET: "/items/{id}" }',
      'input: { item_id: { type: string } }\n    request: { GET: "/items/{item_id}" }'
    )
  },
  SP0317: {
    title: "An input that cannot stand in a path",
    severity: "error",
    what: "An input in a path is always there, and is a text, a number, a bool, or a list of those.",
    why: "Without it the path would be another one: `/items/` may be the list of all items.",
    example: requestExample(
      'input: { id?: { type: string } }\n    request: { GET: "/items/{id}" }',
      'input: { id: { type: string } }\n    request: { GET: "/items/{id}" }'
    )
  },
  SP0318: {
    title: "A body that cannot be sent",
    severity: "error",
    what: "A request has one body, `json` or `form`; GET and HEAD have none.",
    why: "Many proxies drop the body of a GET, and most clients refuse to send it.",
    example: requestExample(
      "request: { GET: /search, json: { query: x } }",
      "effect: read\n    request: { POST: /search, json: { query: x } }"
    )
  },
  SP0319: {
    title: "A response does not give the declared output",
    severity: "error",
    what: "What `output` under `response` gives, or the body where there is none, does not fit the action's output.",
    why: "Playbooks rely on the declared output. Every call would fail as malformed.",
    example: requestExample(
      "output: { type: integer }\n    request: { GET: /count }\n    response: { 200: { as: text } }",
      'output: { type: integer }\n    request: { GET: /count }\n    response: { 200: { as: text, output: "${{ int(response.body) }}" } }'
    )
  },
  SP0320: {
    title: "Paging that never goes on",
    severity: "error",
    what: "A next page is named by `cursor`, which goes into an input that the request sends, or by `next`, its URL.",
    why: "The same page would be asked for over and over, or everything behind the first page would silently be missing.",
    example: requestExample(
      [
        "input: { page?: { type: integer, default: 1 } }",
        "output: { type: array, items: { type: string } }",
        "request: { GET: /items }",
        'paginate: { items: output, cursor: "input.page + 1", into: page }'
      ].join("\n    "),
      [
        "input: { page?: { type: integer, default: 1 } }",
        "output: { type: array, items: { type: string } }",
        'request: { GET: /items, query: { page: "${{ input.page }}" } }',
        'paginate: { items: output, cursor: "input.page + 1", into: page }'
      ].join("\n    ")
    )
  },
  SP0321: {
    title: "An action that there is not",
    severity: "error",
    what: "A trigger or the check of connections calls an action that the manifest does not have.",
    why: "There is nothing to call.",
    example: example(
      "connection: { check: { action: pink } }\nactions:\n  ping: { summary: Ask, effect: read, implementation: code }",
      "connection: { check: { action: ping } }\nactions:\n  ping: { summary: Ask, effect: read, implementation: code }"
    )
  },
  SP0322: {
    title: "An authentication scheme that there is not",
    severity: "error",
    what: "Schemes are declared under `auth`; `none` is the one that proves nothing and cannot be declared.",
    why: "Requests would be sent without credentials.",
    example: example(
      'http: { base: "https://api.example.com", auth: kye }\nauth: { key: { headers: { x-client: sallyport } } }',
      'http: { base: "https://api.example.com", auth: key }\nauth: { key: { headers: { x-client: sallyport } } }'
    )
  },
  SP0323: {
    title: "A value that does not fit its place",
    severity: "error",
    what: "A header takes a text, a number or a bool; a parameter also a list of those; `stop` a condition; `items` a list; a key a text that is always there.",
    why: "There is no one way to write anything else there.",
    example: requestExample(
      'input: { tags: { type: array, items: { type: string } } }\n    request: { GET: /items, headers: { x-tags: "${{ input.tags }}" } }',
      "input: { tags: { type: array, items: { type: string } } }\n    request: { GET: /items, headers: { x-tags: '${{ input.tags.join(\",\") }}' } }"
    )
  },
  SP0324: {
    title: "A secret where secrets may not be read",
    severity: "error",
    what: "Only headers, queries and bodies of requests may read `secrets`.",
    why: "Outputs, keys, errors and URLs are logged, stored and shown.",
    example: example(
      'connection: { secrets: { key: { description: The key } } }\nhttp: { base: "https://${{ secrets.key }}.example.com" }',
      'connection: { secrets: { key: { description: The key } } }\nhttp: { base: "https://api.example.com", headers: { x-key: "${{ secrets.key }}" } }'
    )
  },
  SP0325: {
    title: "A secret property in a key",
    severity: "error",
    what: "The key or the order of a trigger reads a property of the event that is marked with `x-secret`.",
    why: "Keys are stored and shown in clear.",
    example: example(
      [
        "triggers:",
        "  leaks:",
        "    summary: Leaked passwords",
        "    event: { type: object, required: [id, password], properties: { id: { type: string }, password: { type: string, x-secret: true } } }",
        "    key: event.password",
        "    implementation: code"
      ].join("\n"),
      [
        "triggers:",
        "  leaks:",
        "    summary: Leaked passwords",
        "    event: { type: object, required: [id, password], properties: { id: { type: string }, password: { type: string, x-secret: true } } }",
        "    key: event.id",
        "    implementation: code"
      ].join("\n")
    )
  },
  SP0326: {
    title: "An input that cannot take the cursor",
    severity: "error",
    what: "`into` names an optional input of the action that takes what the cursor is; `keep` of a trigger names that same input.",
    why: "The first page has no cursor, every other page has one, and a poll goes on where the last one ended.",
    example: requestExample(
      [
        "input: { page: { type: integer } }",
        "output: { type: array, items: { type: string } }",
        'request: { GET: /items, query: { page: "${{ input.page }}" } }',
        'paginate: { items: output, cursor: "input.page + 1", into: page }'
      ].join("\n    "),
      [
        "input: { page?: { type: integer, default: 1 } }",
        "output: { type: array, items: { type: string } }",
        'request: { GET: /items, query: { page: "${{ input.page }}" } }',
        'paginate: { items: output, cursor: "input.page + 1", into: page }'
      ].join("\n    ")
    )
  },
  SP0327: {
    title: "An example that does not fit",
    severity: "error",
    what: "The input, the response or the output of an example does not fit what the action declares.",
    why: "Examples drive the mock, the documentation and a test: all three would be wrong.",
    example: example(
      [
        "actions:",
        "  add:",
        "    summary: Add one",
        "    effect: read",
        "    input: { number: { type: integer } }",
        "    output: { type: integer }",
        "    implementation: code",
        "    examples: [{ input: { number: one }, output: 2 }]"
      ].join("\n"),
      [
        "actions:",
        "  add:",
        "    summary: Add one",
        "    effect: read",
        "    input: { number: { type: integer } }",
        "    output: { type: integer }",
        "    implementation: code",
        "    examples: [{ input: { number: 1 }, output: 2 }]"
      ].join("\n")
    )
  },
  SP0328: {
    title: "A session that cannot work",
    severity: "error",
    what: "A session is opened by `open`; the request under `confirm` sends the `answer`; one that is extended says when it expires.",
    why: "A session that can never be confirmed, opened or extended fails only when somebody needs it.",
    example: example(
      [
        'http: { base: "https://api.example.com", auth: session }',
        "auth:",
        "  session:",
        "    open: { POST: /session }",
        "    confirm: { ask: Which code did you get?, PUT: /session/code }",
        '    headers: { authorization: "Bearer ${{ session.token }}" }'
      ].join("\n"),
      [
        'http: { base: "https://api.example.com", auth: session }',
        "auth:",
        "  session:",
        "    open: { POST: /session }",
        '    confirm: { ask: Which code did you get?, PUT: /session/code, json: { code: "${{ answer }}" } }',
        '    headers: { authorization: "Bearer ${{ session.token }}" }'
      ].join("\n")
    )
  },
  SP0329: {
    title: "A wait or limit that makes no sense",
    severity: "error",
    what: "A time of 0, a longest wait that is shorter than the first, nothing to retry, or the same cause twice.",
    why: "It would fail always, never wait, or not do what it seems to say.",
    example: example(
      'http: { base: "https://api.example.com", retry: { on: [503], backoff: 10s, max: 1s } }',
      'http: { base: "https://api.example.com", retry: { on: [503], backoff: 1s, max: 10s } }'
    )
  },
  SP0330: {
    title: "A poll whose items are not its events",
    severity: "error",
    what: "The events of a trigger are the items of the action that it polls: what `paginate` names under `items`, or an output that is a list.",
    why: "There would be no events, or others than are declared.",
    example: example(
      [
        "actions:",
        "  status: { summary: Ask, effect: read, output: { type: string }, implementation: code }",
        "triggers:",
        "  changes: { summary: Changes, event: { type: string }, poll: { action: status, every: 5m } }"
      ].join("\n"),
      [
        "actions:",
        "  news: { summary: Ask, effect: read, output: { type: array, items: { type: string } }, implementation: code }",
        "triggers:",
        "  changes: { summary: Changes, event: { type: string }, poll: { action: news, every: 5m } }"
      ].join("\n")
    )
  },
  SP0331: {
    title: "A deprecated action is used",
    severity: "warning",
    what: "A trigger or the check of connections calls an action that should no longer be used.",
    why: "It may go away.",
    example: example(
      [
        "connection: { check: { action: ping } }",
        "actions:",
        "  ping: { summary: Ask, effect: read, deprecated: use status, implementation: code }",
        "  status: { summary: Ask, effect: read, implementation: code }"
      ].join("\n"),
      [
        "connection: { check: { action: status } }",
        "actions:",
        "  ping: { summary: Ask, effect: read, deprecated: use status, implementation: code }",
        "  status: { summary: Ask, effect: read, implementation: code }"
      ].join("\n")
    )
  },
  SP0332: {
    title: "A type that is never used",
    severity: "warning",
    what: "Nothing refers to a definition under `types`.",
    why: "It is left over, or what should refer to it does not.",
    example: example(
      "types:\n  Item: { type: string }\nactions:\n  ping: { summary: Ask, effect: read, output: { type: string }, implementation: code }",
      'types:\n  Item: { type: string }\nactions:\n  ping: { summary: Ask, effect: read, output: { $ref: "#/types/Item" }, implementation: code }'
    )
  },
  SP0333: {
    title: "A connector and its file have different names",
    severity: "warning",
    what: "`acme.yaml` holds the connector `acme`. The examples here stand in `example.yaml`.",
    why: "One is found by the name of the other.",
    example: {
      language: "manifest",
      wrong: "connector: sample\nversion: 1.0.0\ntitle: Example\n",
      right: "connector: example\nversion: 1.0.0\ntitle: Example\n"
    }
  },
  SP0334: {
    title: "An input that the called action does not take",
    severity: "error",
    what: "A trigger or the check of connections calls an action with an unknown input, without one that it needs, or with a value that does not fit.",
    why: "The call would be refused.",
    example: example(
      [
        "connection: { check: { action: find, with: { nmae: x } } }",
        "actions:",
        "  find: { summary: Find, effect: read, input: { name?: { type: string } }, implementation: code }"
      ].join("\n"),
      [
        "connection: { check: { action: find, with: { name: x } } }",
        "actions:",
        "  find: { summary: Find, effect: read, input: { name?: { type: string } }, implementation: code }"
      ].join("\n")
    )
  },
  SP0335: {
    title: "A header that is never found",
    severity: "error",
    what: "`response.headers` has the names of headers in small letters, whatever the service writes.",
    why: "HTTP does not tell names of headers apart by case (RFC 9110, 5.1). Another spelling would never be found, and a cursor in it would end paging after the first page.",
    example: requestExample(
      'output: { type: [string, "null"] }\n    request: { HEAD: /items }\n    response: { 200: { output: "${{ response.headers.?Cursor.orValue(null) }}" } }',
      'output: { type: [string, "null"] }\n    request: { HEAD: /items }\n    response: { 200: { output: "${{ response.headers.?cursor.orValue(null) }}" } }'
    )
  }
} as const satisfies CodeTable
