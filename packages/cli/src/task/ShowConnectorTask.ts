import type { CheckedManifest } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { printResult } from "../CommandResult.ts"
import {
  describeConnector,
  type OperationDescription,
  type PropertyDescription
} from "../ConnectorDescription.ts"

import { manifestDirectory, manifestOf } from "../ManifestDirectory.ts"
import { renderTable } from "../Table.ts"
import { unknownOperation } from "../UnknownOperation.ts"

/** Prints what a connector can do, or one operation of it. */
export const showConnector = Effect.fn("showConnector")(function* (input: {
  readonly name: string
  readonly json: boolean
  readonly manifests: Option.Option<string>
}) {
  const [connector = "", operation] = input.name.split(/\.(.*)/s)
  const manifest = yield* manifestOf(yield* manifestDirectory(input.manifests), connector)
  const all = describeConnector(manifest)
  if (operation === undefined) {
    const operations = [...all.actions, ...all.triggers]
    return yield* printResult(input.json, {
      json: all,
      text: ({ width }) =>
        [
          headOf(manifest),
          propertiesOf("connection", all.connection, width),
          ...operations.map((one) => textOf(one, width))
        ]
          .filter((part) => part !== "")
          .join("\n")
    })
  }
  const found = [...all.actions, ...all.triggers].find(({ name }) => name === operation)
  if (found === undefined) return yield* unknownOperation(manifest, operation)
  yield* printResult(input.json, { json: found, text: ({ width }) => textOf(found, width) })
})

const headOf = ({ manifest: { connector, docs, title, version } }: CheckedManifest): string =>
  `${title} (${connector} ${version})\n${docs === undefined ? "" : `${docs}\n`}`

const textOf = (operation: OperationDescription, width: number): string => {
  const { deprecated, effect, gives, givesFields, implementation, input, isPaged, kind, name, summary } =
    operation
  const marks = [
    kind,
    ...(effect === undefined ? [] : [effect]),
    ...(isPaged ? ["paged"] : []),
    ...(implementation === "code" ? ["code"] : []),
    ...(deprecated ? ["deprecated"] : [])
  ]
  const result = kind === "trigger" ? "event" : "output"
  return [
    `${name}  [${marks.join(", ")}]\n  ${summary}\n`,
    propertiesOf("input", input, width),
    givesFields.length === 0
      ? `  ${result}: ${gives}\n`
      : propertiesOf(`${result}: ${gives}`, givesFields, width)
  ].join("")
}

/** What is optional has a `?`, as in manifests. */
const propertiesOf = (
  title: string,
  properties: ReadonlyArray<PropertyDescription>,
  width: number
): string => {
  if (properties.length === 0) return ""
  const rows = properties.map(({ description, isRequired, name, type, ...rest }) => [
    `${name}${isRequired ? "" : "?"}`,
    type,
    rest.default === undefined
      ? description
      : `${description} Default: ${JSON.stringify(rest.default)}`.trim()
  ])
  return `  ${title}\n${renderTable({ titles: ["NAME", "TYPE", "MEANING"], rows }, width, "    ")}`
}
