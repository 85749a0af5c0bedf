import { type Json, isJsonList, isJsonObject } from "@sallyport/language"
import * as net from "node:net"
import { fieldOf, type JsonObject, plainText } from "../json/JsonText.ts"
import { timeKey } from "../stix/TimeKey.ts"
import { invalid } from "./ThreatWindsReplies.ts"

/** Does a document meet a clause? Throws a refusal for a clause that the service would refuse. */
export type Condition = (document: JsonObject) => boolean

/** The parts of a query, each a list of clauses. */
export function queryCondition(query: Json | undefined): Condition {
  if (query === undefined) return () => true
  if (!isJsonObject(query)) throw incorrect()
  const must = [...clauses(query, "must"), ...clauses(query, "filter")]
  const mustNot = clauses(query, "must_not")
  const should = clauses(query, "should")
  const least = leastOf(query["minimum_should_match"], should.length, must.length)
  return (document) =>
    must.every((meets) => meets(document)) &&
    !mustNot.some((meets) => meets(document)) &&
    should.filter((meets) => meets(document)).length >= least
}

/** The value at a path such as `attributes.ip` or `type.keyword`. */
export function valueAt(document: JsonObject, field: string): Json | undefined {
  const path = plainField(field)
  const [first = "", ...rest] = path.split(".")
  const top = fieldOf(document, first)
  return rest.length === 0 ? top : fieldOf(top, rest.join("."))
}

/** All texts in a document cut into words, for searches that name no field. */
export function wordsOf(value: Json | undefined): ReadonlySet<string> {
  const words = new Set<string>()
  const waiting: Array<Json | undefined> = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (isJsonList(next)) waiting.push(...next)
    else if (isJsonObject(next)) waiting.push(...Object.values(next))
    else if (typeof next === "string" || typeof next === "number")
      for (const word of analysed(plainText(next))) words.add(word)
  }
  return words
}

/** A text cut into words in small letters. */
export const analysed = (text: string): ReadonlyArray<string> =>
  text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []

/** Is it a field of text that aggregations and sorting need the `.keyword` twin of? */
export const isAnalysed = (field: string): boolean =>
  !field.endsWith(".keyword") && !exactFields.has(field) && !field.startsWith("attributes.asn")

const exactFields: ReadonlySet<string> = new Set([
  "id",
  "entityID",
  "@timestamp",
  "lastSeen",
  "reputation",
  "bestReputation",
  "worstReputation",
  "accuracy",
  "wellKnown",
  "attributes.ip",
  "attributes.cidr",
  "attributes.asn"
])

const plainField = (field: string): string => field.replace(/\.keyword$/, "")

const incorrect = () => invalid("incorrect json format")

function clauses(query: JsonObject, name: string): ReadonlyArray<Condition> {
  const list = query[name] ?? []
  if (!isJsonList(list)) throw incorrect()
  return list.map((clause) => {
    const [entry, ...others] = isJsonObject(clause) ? Object.entries(clause) : []
    if (entry === undefined || others.length > 0) throw incorrect()
    return conditionOf(...entry)
  })
}

function leastOf(given: Json | undefined, should: number, must: number): number {
  if (given === undefined) return should > 0 && must === 0 ? 1 : 0
  const least = Number(given)
  if (!Number.isInteger(least)) throw invalid("minimum_should_match must be a whole number here")
  return least < 0 ? should + least : least
}

function conditionOf(kind: string, body: Json): Condition {
  if (!isJsonObject(body)) throw incorrect()
  if (kind === "exists") return existence(body)
  if (kind === "ids") return ids(body)
  if (kind === "multi_match" || kind === "query_string" || kind === "simple_query_string")
    return wordsAnywhere(body)
  const [entry, ...others] = Object.entries(body)
  if (entry === undefined || others.length > 0) throw incorrect()
  const [field, value] = entry
  switch (kind) {
    case "term":
      return anyOf(field, [option(value, "value")])
    case "terms":
      if (!isJsonList(value)) throw incorrect()
      return anyOf(field, value)
    case "match":
      return match(field, option(value, "query"))
    case "match_phrase":
      return phrase(field, option(value, "query"))
    case "prefix":
      return textTest(field, (text, prefix) => text.startsWith(prefix), option(value, "value"))
    case "wildcard":
      return wildcard(field, option(value, "value"))
    case "range":
      return range(field, value)
    default:
      throw invalid(`the simulation has no ${kind}`)
  }
}

/** `{field: {value: x}}` and `{field: x}` are the same. */
const option = (value: Json, name: string): Json =>
  isJsonObject(value) ? (fieldOf(value, name) ?? null) : value

function existence(body: JsonObject): Condition {
  const field = body["field"]
  if (typeof field !== "string") throw incorrect()
  return (document) => (valueAt(document, field) ?? null) !== null
}

function ids(body: JsonObject): Condition {
  const values = body["values"]
  if (!isJsonList(values)) throw incorrect()
  return (document) => values.includes(document["id"] ?? null)
}

function wordsAnywhere(body: JsonObject): Condition {
  const query = body["query"]
  if (typeof query !== "string") throw incorrect()
  const wanted = analysed(query)
  return (document) => {
    const words = wordsOf(document)
    return wanted.some((word) => words.has(word))
  }
}

/** The values of a field: of a list each of them, and none for null. */
function valuesOf(document: JsonObject, field: string): ReadonlyArray<Json> {
  const value = valueAt(document, field) ?? null
  return isJsonList(value) ? value : value === null ? [] : [value]
}

/** What the index has of a text: whole and of at most 256 characters, or words. */
function tokens(value: Json, field: string): ReadonlyArray<string> {
  if (typeof value !== "string") return [plainText(value)]
  if (!isAnalysed(field)) return field.endsWith(".keyword") && value.length > 256 ? [] : [value]
  return analysed(value)
}

function anyOf(field: string, wanted: ReadonlyArray<Json>): Condition {
  if (field === "attributes.ip") {
    const tests = wanted.map((value) => networkTest(value))
    return (document) =>
      valuesOf(document, field).some((value) => tests.some((test) => test(plainText(value))))
  }
  const texts = new Set(wanted.map(plainText))
  return (document) =>
    valuesOf(document, field).some((value) => tokens(value, field).some((token) => texts.has(token)))
}

/** The index knows addresses, not texts: `203.0.113` is none, and refused. */
function networkTest(wanted: Json): (address: string) => boolean {
  const [address = "", bits] = plainText(wanted).split("/")
  const family = net.isIP(address)
  if (family === 0) throw invalid(`'${address.slice(0, 60)}' is not an IP string literal`)
  const list = new net.BlockList()
  const kind = family === 4 ? "ipv4" : "ipv6"
  if (bits === undefined) list.addAddress(address, kind)
  else if (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
    list.addSubnet(address, Number(bits), kind)
  else throw invalid(`'${bits.slice(0, 10)}' is not a length of a prefix`)
  return (value) => net.isIP(value) === family && list.check(value, kind)
}

function match(field: string, query: Json): Condition {
  if (!isAnalysed(field)) return anyOf(field, [query])
  const wanted = new Set(analysed(plainText(query)))
  return (document) =>
    valuesOf(document, field).some((value) => analysed(plainText(value)).some((word) => wanted.has(word)))
}

function phrase(field: string, query: Json): Condition {
  const wanted = ` ${analysed(plainText(query)).join(" ")} `
  return (document) =>
    valuesOf(document, field).some((value) => ` ${analysed(plainText(value)).join(" ")} `.includes(wanted))
}

function textTest(field: string, test: (text: string, wanted: string) => boolean, wanted: Json): Condition {
  return (document) =>
    valuesOf(document, field).some((value) =>
      tokens(value, field).some((token) => test(token, plainText(wanted)))
    )
}

function wildcard(field: string, wanted: Json): Condition {
  // Each `*` is tried from the left only, so that the time stays linear in the text.
  const parts = plainText(wanted).split("*")
  return textTest(field, (text) => fitsWildcard(text, parts), wanted)
}

function fitsWildcard(text: string, parts: ReadonlyArray<string>): boolean {
  const [first = "", ...rest] = parts
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false
  let place = first.length
  for (const part of rest) {
    const found = text.indexOf(part, place)
    if (found === -1 || found + part.length > text.length - last.length) return false
    place = found + part.length
  }
  return true
}

function range(field: string, bounds: Json): Condition {
  if (!isJsonObject(bounds)) throw incorrect()
  const tests = Object.entries(bounds).map(([name, bound]) => {
    const compare = comparisons[name]
    if (compare === undefined) throw invalid(`a range has no ${name.slice(0, 60)}`)
    return (value: Json): boolean => {
      const [left, right] = [sortable(value), sortable(bound)]
      return typeof left === typeof right && compare(left < right ? -1 : Number(left > right))
    }
  })
  return (document) => valuesOf(document, field).some((value) => tests.every((test) => test(value)))
}

const comparisons: { readonly [name: string]: (order: number) => boolean } = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0
}

/** A value as what sorts right: numbers as they are, times by time. */
export const sortable = (value: Json | undefined): number | string =>
  typeof value === "number" ? value : (timeKey(plainText(value ?? "")) ?? plainText(value ?? ""))
