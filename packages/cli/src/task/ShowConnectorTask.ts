import type { CheckedManifest } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { printResult } from "../CommandResult.ts"
import {
  describeConnector,
  type OperationDescription,
  type PollingDescription,
  type PropertyDescription
} from "../ConnectorDescription.ts"
import { manifestDirectory, manifestOf } from "../ManifestDirectory.ts"
import { fittingLines, renderTable } from "../Table.ts"
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
  const {
    deprecated,
    effect,
    gives,
    givesFields,
    implementation,
    input,
    isPaged,
    kind,
    name,
    polling,
    summary
  } = operation
  const marks = [
    kind,
    ...(effect === undefined ? [] : [effect]),
    ...(isPaged ? ["paged"] : []),
    ...(implementation === "code" ? ["code"] : []),
    ...(deprecated ? ["deprecated"] : [])
  ]
  const result = kind === "trigger" ? "event" : "output"
  return [
    `${name}  [${marks.join(", ")}]\n${indented(summary, width)}`,
    propertiesOf("input", input, width),
    polling === undefined ? "" : pollingText(polling, width),
    givesFields.length === 0
      ? indented(`${result}: ${gives}`, width)
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
  const rows = properties.map((property) => [
    `${property.name}${property.isRequired ? "" : "?"}`,
    property.type,
    meaningOf(property)
  ])
  return `${indented(title, width)}${renderTable({ titles: ["NAME", "TYPE", "MEANING"], rows }, width, "    ")}`
}

const meaningOf = ({ description, limits, ...rest }: PropertyDescription): string => {
  const more = limits.length > 0 || rest.default !== undefined
  const sentences = [
    more && /[^.!?:]$/.test(description) ? `${description}.` : description,
    limits.length === 0 ? "" : `${upperFirst(limits.join("; "))}.`,
    rest.default === undefined ? "" : `Default: ${JSON.stringify(rest.default)}`
  ]
  return sentences.filter((sentence) => sentence !== "").join(" ")
}

/** How often a trigger asks, and what its events are known by, in lines. */
const pollingText = ({ action, every, key, order }: PollingDescription, width: number): string => {
  const asks =
    action === undefined || every === undefined
      ? "asked by code of the connector"
      : `asks: ${action} until there is no more, and again after ${every}`
  const known = `events are known by: ${key ?? "all that is in them"}`
  const newest = order === undefined ? [] : [`the newest is told by: ${order}`]
  return [asks, known, ...newest].map((line) => indented(line, width)).join("")
}

const indented = (text: string, width: number): string =>
  fittingLines(text, width - 2)
    .map((line) => `  ${line}\n`)
    .join("")

const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
