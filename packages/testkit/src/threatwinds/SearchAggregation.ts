import { type Json, isJsonList, isJsonObject } from "@sallyport/language"
import type { JsonObject } from "../json/JsonText.ts"
import { isAnalysed, valueAt } from "./SearchClause.ts"
import { invalid } from "./ThreatWindsReplies.ts"

/** What is asked for by name, over everything that was found; null when nothing is asked for. */
export function aggregations(asked: Json | undefined, found: ReadonlyArray<JsonObject>): Json {
  if (asked === undefined) return null
  if (!isJsonObject(asked)) throw invalid("incorrect json format")
  return Object.fromEntries(
    Object.entries(asked).map(([name, aggregation]) => {
      const [entry] = isJsonObject(aggregation) ? Object.entries(aggregation) : []
      if (entry === undefined) throw invalid("incorrect json format")
      return [name, aggregate(...entry, found)]
    })
  )
}

function aggregate(kind: string, body: Json, found: ReadonlyArray<JsonObject>): Json {
  const field = isJsonObject(body) ? body["field"] : undefined
  if (typeof field !== "string" || !isJsonObject(body)) throw invalid("incorrect json format")
  const values = found.flatMap((document) => {
    const value = valueAt(document, field) ?? []
    return isJsonList(value) ? value : [value]
  })
  if (kind === "terms") return terms(field, values, body["size"])
  if (kind === "cardinality") return { value: new Set(values).size }
  const numbers = values.filter((value) => typeof value === "number")
  const sum = numbers.reduce((total, value) => total + value, 0)
  const stats = {
    count: numbers.length,
    min: numbers.length === 0 ? null : Math.min(...numbers),
    max: numbers.length === 0 ? null : Math.max(...numbers),
    avg: numbers.length === 0 ? null : sum / numbers.length,
    sum
  }
  if (kind === "stats") return stats
  if (kind === "min" || kind === "max" || kind === "avg" || kind === "sum") return { value: stats[kind] }
  throw invalid(`the simulation has no aggregation ${kind.slice(0, 60)}`)
}

/** The ten most frequent values, unless more are asked for. */
function terms(field: string, values: ReadonlyArray<Json>, size: Json | undefined): Json {
  if (isAnalysed(field))
    throw invalid(`Text fields are not optimised for aggregations: use a keyword field instead of [${field}]`)
  const counts = new Map<Json, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const buckets = [...counts]
    .toSorted(([, left], [, right]) => right - left)
    .slice(0, typeof size === "number" ? size : 10)
    .map(([key, count]) => ({ key, doc_count: count }))
  const shown = buckets.reduce((total, bucket) => total + bucket.doc_count, 0)
  return { doc_count_error_upper_bound: 0, sum_other_doc_count: values.length - shown, buckets }
}
