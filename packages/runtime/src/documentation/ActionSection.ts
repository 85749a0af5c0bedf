import { isRepeatable } from "../http/RetryPolicy.ts"
import type { Action } from "../manifest/Action.ts"
import type { CheckedAction, CheckedManifest } from "../manifest/CheckedManifest.ts"
import { durationWords } from "./DurationWords.ts"
import { requestWords } from "./ConnectSection.ts"
import { callBlock, valueBlock } from "./ExampleCall.ts"
import {
  anchorOf,
  blocks,
  code,
  either,
  inline,
  link,
  prose,
  sentence,
  showJson,
  table
} from "./MarkdownText.ts"
import { inputTable, propertyTable } from "./PropertyTables.ts"
import type { SchemaWords } from "./SchemaWords.ts"

/** The table of actions. `page` is the address of the page with their sections; empty for the same page. */
export const actionTable = ({ actions, manifest }: CheckedManifest, page = ""): string =>
  table(
    ["action", "what it does", "effect", "repeated after an unknown outcome"],
    [...actions.values()].map((action) => [
      link(code(action.name), `${page}#${anchorOf(actionHeading(manifest.connector, action.name))}`),
      summaryCell(declared(manifest.actions, action.name)),
      action.effect,
      mayRepeat(action) ? "yes" : "never"
    ])
  )

/** All there is to know of an action. */
export const actionSection = (
  { http, manifest }: CheckedManifest,
  action: CheckedAction,
  words: SchemaWords
): string => {
  const { actions, connector } = manifest
  const vocabulary = declared(actions, action.name)
  if (vocabulary === undefined) return ""
  const operation = `${connector}.${action.name}`
  return blocks(
    `### ${actionHeading(connector, action.name)}`,
    sentence(inline(vocabulary.summary)),
    deprecation(vocabulary.deprecated),
    prose(vocabulary.description ?? ""),
    factsOf(action, vocabulary, http?.auth ?? []),
    inputPart(action, words),
    outputPart(action, vocabulary, words),
    pagingPart(action, vocabulary),
    ...(vocabulary.examples ?? []).map((example) =>
      blocks(
        example.summary === undefined ? "**Example**" : `**Example:** ${inline(example.summary)}`,
        callBlock(operation, example.input ?? {}),
        example.output === undefined ? "" : blocks("It gives:", valueBlock(example.output))
      )
    )
  )
}

/** Says that something should no longer be used; empty when it may. */
export const deprecation = (deprecated: boolean | string | undefined): string => {
  if (deprecated === undefined || deprecated === false) return ""
  return deprecated === true
    ? "**Deprecated**: it should no longer be used."
    : `**Deprecated**: ${inline(deprecated)}`
}

/** The summary of an action or a trigger in a table. */
export const summaryCell = (
  about: { readonly summary: string; readonly deprecated?: boolean | string } | undefined
): string => {
  const isDeprecated = deprecation(about?.deprecated) !== ""
  return `${inline(about?.summary ?? "")}${isDeprecated ? " (deprecated)" : ""}`
}

/** The expression of a template that is nothing else, as code. */
export const expressionCode = (template: string): string =>
  code(/^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(template)?.[1]?.trim() ?? template)

const actionHeading = (connector: string, action: string): string => `${connector}.${action}`

const declared = (
  actions: CheckedManifest["manifest"]["actions"],
  name: string
): typeof Action.Type | undefined =>
  actions !== undefined && Object.hasOwn(actions, name) ? actions[name] : undefined

const mayRepeat = ({ effect, idempotent, request }: CheckedAction): boolean =>
  isRepeatable({ effect, idempotent, method: request?.method ?? "" })

const effectWords = {
  read: "It only reads.",
  write: "It changes something.",
  destructive: "It destroys something."
} as const

const factsOf = (
  action: CheckedAction,
  vocabulary: typeof Action.Type,
  usual: ReadonlyArray<string>
): string => {
  const { auth, effect, request } = action
  const isUsual = auth.length === usual.length && auth.every((name, index) => name === usual[index])
  const facts = [
    effectWords[effect],
    request === undefined ? "It is done by code of the connector." : `Request: ${requestWords(request)}.`,
    isUsual
      ? ""
      : auth.length === 0
        ? "It needs no authentication."
        : `Authentication: ${either(auth.map(code))}.`,
    mayRepeat(action)
      ? ""
      : "It is never repeated when it is not known whether it was done, because then it could be done twice.",
    vocabulary.timeout === undefined ? "" : `It takes at most ${durationWords(vocabulary.timeout)}.`
  ]
  return facts.filter((fact) => fact !== "").join(" ")
}

const inputPart = ({ input }: CheckedAction, words: SchemaWords): string => {
  const rows = inputTable(words, input)
  return rows === "" ? "**Input:** none." : blocks("**Input**", rows)
}

const outputPart = (action: CheckedAction, { output }: typeof Action.Type, words: SchemaWords): string => {
  if (output === undefined) return blocks("**Output:** null.", statusPart(action))
  const description = words.description(output)
  const what = `**Output:** ${words.words(output)}.${description === "" ? "" : ` ${description}`}`
  return blocks(
    what,
    words.inheritance(output),
    propertyTable(words.rows(output)),
    words.openness(output),
    statusPart(action)
  )
}

/** Statuses that mean a value which does not depend on the answer, such as `null` for 404. */
const statusPart = ({ responses }: CheckedAction): string => {
  const byValue = new Map<string, Array<string>>()
  for (const [status, { output }] of responses) {
    if (output?.kind !== "literal") continue
    const value = code(showJson(output.value))
    byValue.set(value, [...(byValue.get(value) ?? []), code(status)])
  }
  return [...byValue]
    .map(([value, statuses]) => `An answer with the status ${either(statuses)} gives ${value}.`)
    .join(" ")
}

const pagingPart = ({ paginate }: CheckedAction, vocabulary: typeof Action.Type): string => {
  const { cursor, items, next, stop } = vocabulary.paginate ?? {}
  if (paginate === undefined || items === undefined) return ""
  const parts = [
    `**Paging:** a call gives one page; its items are ${expressionCode(items)}.`,
    cursor === undefined || paginate.cursor === undefined
      ? ""
      : `For the next page, the input ${code(paginate.cursor.into)} is ${expressionCode(cursor)} of the page before.`,
    next === undefined ? "" : `The URL of the next page is ${expressionCode(next)}.`,
    `Paging ends with an empty page, and when what names the next page is null, missing or was there before${stop === undefined ? "." : `; also when ${expressionCode(stop)}.`}`
  ]
  return parts.filter((part) => part !== "").join(" ")
}
