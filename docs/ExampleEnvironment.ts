import { environment } from "../packages/language/src/expression/Environment.ts"
import { Timestamp, type Value } from "../packages/language/src/expression/Value.ts"
import {
  bool,
  dyn,
  int,
  list,
  map,
  nullType,
  record,
  string,
  stringExcept,
  stringOf,
  timestamp,
  type Type
} from "../packages/language/src/types/Type.ts"
import { showType } from "../packages/language/src/types/TypePrinter.ts"
import { union } from "../packages/language/src/types/Union.ts"
import { connectionExampleManifest } from "@sallyport/runtime"

/** A variable of the examples. `value` is what `evaluation` examples run with; without one it is not given. */
interface ExampleVariable {
  readonly type: Type
  readonly value?: Value
}

/** The objects of the examples by their names. A `?` marks a field that may be missing. */
const objects = {
  Indicator: { type: stringOf("indicator"), name: string, "confidence?": int },
  Report: { type: stringOf("report"), name: string, published: timestamp },
  OtherEvent: { type: stringExcept("indicator", "report"), name: string },
  Owner: { name: string }
} as const

const object = (name: keyof typeof objects): Type => record(objects[name], { name })

const event = union([object("Indicator"), object("Report"), object("OtherEvent")])

const variables: { readonly [name: string]: ExampleVariable } = {
  event: { type: event, value: { type: "indicator", name: "evil.example", confidence: 80 } },
  owner: { type: union([object("Owner"), nullType]), value: null },
  severity: { type: stringOf("low", "medium", "high"), value: "high" },
  tags: { type: list(string), value: ["apt", "phishing"] },
  headers: { type: map(string), value: { "content-type": "text/plain" } },
  payload: { type: dyn, value: { id: "x-17" } },
  note: { type: string, value: "seen twice" },
  count: { type: int, value: 3 },
  ready: { type: bool, value: true },
  now: { type: timestamp, value: new Timestamp(1_767_225_600, 0) },
  absent: { type: int }
}

/** What the expressions and templates of examples may refer to. */
export const exampleEnvironment = environment(
  Object.fromEntries(Object.entries(variables).map(([name, { type }]) => [name, type]))
)

/** The values that `evaluation` examples run with. */
export const exampleValues: { readonly [name: string]: Value } = Object.fromEntries(
  Object.entries(variables).flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]]))
)

/** The environment as a page shows it. Markdown. */
export const describeEnvironment = (): string => {
  const rows = [
    ...Object.entries(variables).map(
      ([name, { type, value }]) =>
        `${name}: ${showType(type)}${value === undefined ? " (not given when run)" : ""}`
    ),
    "",
    ...Object.entries(objects).map(([name, fields]) => `${name} = ${showType(record(fields))}`)
  ]
  return [
    `Examples in YAML and schemas stand alone. Expressions and templates may refer to:\n\n\`\`\`text\n${rows.join("\n")}\n\`\`\``,
    `Examples of connections are for the connector \`example\`:\n\n\`\`\`yaml\n${connectionExampleManifest}\`\`\``
  ].join("\n\n")
}
