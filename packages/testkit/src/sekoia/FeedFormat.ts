import { isJsonList, isJsonObject } from "@sallyport/language"
import { fieldOf, textOf, textsOf } from "../json/JsonText.ts"
import { Reply } from "../server/Reply.ts"
import { tlpMarkings } from "../stix/FixtureShared.ts"
import { patternValues } from "../stix/PatternValues.ts"
import type { StixObject } from "../stix/StixObject.ts"
import type { SekoiaFeed } from "./FeedRegistry.ts"
import { joinObjects, type StoredObject } from "./StoredObject.ts"

/** A page as the client gets it: the cursor in a JSON body, in the `Cursor` header of everything else. */
export function feedReply(
  feed: SekoiaFeed,
  format: SekoiaFeed["format"],
  objects: ReadonlyArray<StoredObject>,
  cursor: string
): Reply {
  if (format === "json") {
    const after = `],"next_cursor":${JSON.stringify(cursor)}}`
    return Reply.jsonText(joinObjects('{"items":[', objects, after))
  }
  const headers = [["Cursor", cursor]] as const
  if (format === "csv") return Reply.bytes(csv(feed, objects), "text/csv; charset=utf-8", { headers })
  const line =
    format === "text" ? textLine : (object: StixObject) => templateLine(feed.template ?? "", object)
  return Reply.text(objects.map(({ object }) => `${line(object)}\n`).join(""), { headers })
}

/** RFC 4180: lines end in CR LF; what holds a comma, a quote or a line break is quoted. The first line has the names. */
function csv(feed: SekoiaFeed, objects: ReadonlyArray<StoredObject>): string {
  const fields = feed.fields.length > 0 ? feed.fields : defaultFields
  const rows = objects.map(({ object }) => fields.map((field) => cellText(object, field)))
  return [fields, ...rows].map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("")
}

const defaultFields = [
  "id",
  "type",
  "name",
  "observables",
  "pattern",
  "valid_from",
  "valid_until",
  "confidence",
  "tlp"
]

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** The observable of a pattern with one value, and the name otherwise. */
function textLine(object: StixObject): string {
  const [value, ...others] = patternValues(textOf(object, "pattern") ?? "")
  const line =
    value !== undefined && others.length === 0 ? value.value : (textOf(object, "name") ?? object.id)
  return line.replaceAll(/[\r\n]+/g, " ")
}

/** Variables are `$name`; one that an object does not have is empty, and one that is unknown stays. */
function templateLine(template: string, object: StixObject): string {
  return template.replaceAll(/\$([a-z_]+)/g, (written, name: string) =>
    knownFields.has(name) ? cellText(object, name) : written
  )
}

const knownFields: ReadonlySet<string> = new Set([
  "pattern_type",
  "sources",
  "kill_chain",
  "pattern",
  "first_seen",
  "observables",
  "last_seen",
  "created",
  "type",
  "name",
  "observable_types",
  "valid_from",
  "id",
  "modified",
  "tlp",
  "valid_until",
  "confidence"
])

function cellText(object: StixObject, field: string): string {
  if (field === "sources") return textsOf(object, "x_inthreat_sources_refs").join(";")
  if (field === "observable_types") return textsOf(object, "x_ic_observable_types").join(";")
  if (field === "tlp") return tlpOf(object)
  if (field === "observables")
    return patternValues(textOf(object, "pattern") ?? "")
      .map(({ value }) => value)
      .join(";")
  if (field === "kill_chain") {
    const phases = fieldOf(object, "kill_chain_phases")
    return (isJsonList(phases) ? phases : []).map((phase) => textOf(phase, "phase_name") ?? "").join(";")
  }
  const value = fieldOf(object, field) ?? ""
  return isJsonObject(value) || isJsonList(value) ? JSON.stringify(value) : String(value)
}

function tlpOf(object: StixObject): string {
  const marks = textsOf(object, "object_marking_refs")
  return Object.entries(tlpMarkings).find(([, id]) => marks.includes(id))?.[0] ?? ""
}
