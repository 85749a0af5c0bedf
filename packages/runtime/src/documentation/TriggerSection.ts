import type { Json } from "@sallyport/language"
import type { CheckedManifest, CheckedProperties, CheckedTrigger } from "../manifest/CheckedManifest.ts"
import type { Trigger } from "../manifest/Trigger.ts"
import { isArray, isRecord } from "../schema/JsonValue.ts"
import { deprecation, expressionCode, summaryCell } from "./ActionSection.ts"
import { durationWords } from "./DurationWords.ts"
import {
  anchorOf,
  blocks,
  code,
  fenced,
  inline,
  link,
  prose,
  sentence,
  showJson,
  table
} from "./MarkdownText.ts"
import { inputTable, propertyTable } from "./PropertyTables.ts"
import type { SchemaWords } from "./SchemaWords.ts"

/** The table of triggers. `page` is the address of the page with their sections; empty for the same page. */
export const triggerTable = ({ manifest, triggers }: CheckedManifest, page = ""): string =>
  table(
    ["trigger", "what its events are", "asks again after"],
    [...triggers.keys()].map((name) => {
      const vocabulary = declared(manifest.triggers, name)
      const every = vocabulary?.poll?.every
      return [
        link(code(name), `${page}#${anchorOf(triggerHeading(manifest.connector, name))}`),
        summaryCell(vocabulary),
        every === undefined ? "as its code says" : durationWords(every)
      ]
    })
  )

/** All there is to know of a trigger. */
export const triggerSection = (
  { manifest }: CheckedManifest,
  trigger: CheckedTrigger,
  words: SchemaWords
): string => {
  const { connector, triggers } = manifest
  const vocabulary = declared(triggers, trigger.name)
  if (vocabulary === undefined) return ""
  return blocks(
    `### ${triggerHeading(connector, trigger.name)}`,
    sentence(inline(vocabulary.summary)),
    deprecation(vocabulary.deprecated),
    prose(vocabulary.description ?? ""),
    pollingPart(trigger, vocabulary),
    inputPart(trigger, words),
    eventPart(vocabulary, words),
    identityPart(vocabulary),
    "To see its events without a playbook, one line of JSON each; the next time it goes on from what the file holds:",
    pollBlock(connector, trigger)
  )
}

const triggerHeading = (connector: string, name: string): string => `${connector}.${name} (trigger)`

const declared = (
  triggers: CheckedManifest["manifest"]["triggers"],
  name: string
): typeof Trigger.Type | undefined =>
  triggers !== undefined && Object.hasOwn(triggers, name) ? triggers[name] : undefined

const pollingPart = ({ keep, poll }: CheckedTrigger, vocabulary: typeof Trigger.Type): string => {
  if (poll === undefined || vocabulary.poll === undefined) return "It is polled by code of the connector."
  const calls = `It calls ${code(poll.action)} until there is nothing more, and then again after ${durationWords(vocabulary.poll.every)}.`
  return keep === undefined
    ? calls
    : `${calls} The ${code(keep)} is kept, so that it goes on where it stopped.`
}

const inputPart = ({ input }: CheckedTrigger, words: SchemaWords): string => {
  const rows = inputTable(words, input)
  return rows === "" ? "**Input:** none." : blocks("**Input**", rows)
}

const eventPart = ({ event }: typeof Trigger.Type, words: SchemaWords): string => {
  const description = words.description(event)
  return blocks(
    `**Event:** ${words.words(event)}.${description === "" ? "" : ` ${description}`}`,
    words.inheritance(event),
    propertyTable(words.rows(event)),
    words.openness(event)
  )
}

const identityPart = ({ key, order }: typeof Trigger.Type): string => {
  const same =
    key === undefined ? "" : `Events with the same ${expressionCode(key)} are one, which is given once.`
  const newest =
    order === undefined
      ? ""
      : `Of versions that come together, the newest by ${expressionCode(order)} counts.`
  return [same, newest].filter((part) => part !== "").join(" ")
}

const pollBlock = (connector: string, { input, name }: CheckedTrigger): string => {
  const given = showJson(sampleInput(input)).replaceAll("'", String.raw`\u0027`)
  return fenced(
    "sh",
    `sallyport poll ${connector}.${name} --input '${given}' --state ${connector}-${name}.json --max-pages 1`
  )
}

/** A value for each input that must be given: what its schema shows, or else a placeholder. */
const sampleInput = ({ properties }: CheckedProperties): Json =>
  Object.fromEntries(
    [...properties].flatMap(([name, { isRequired, schema }]): ReadonlyArray<readonly [string, Json]> =>
      isRequired ? [[name, sampleOf(schema)]] : []
    )
  )

const sampleOf = (schema: Json): Json => {
  if (!isRecord(schema)) return "…"
  const { const: constant, enum: values, examples } = schema
  const candidates = [constant, ...(isArray(examples) ? examples : []), ...(isArray(values) ? values : [])]
  const found = candidates.find((value) => typeof value === "string" || typeof value === "number")
  return typeof found === "string" || typeof found === "number" ? found : "…"
}
