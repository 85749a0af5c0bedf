import { environment } from "../../src/expression/Environment.ts"
import { compileExpression } from "../../src/expression/Program.ts"
import { Duration, isList, isObject, Timestamp, TypeName, type Value } from "../../src/expression/Value.ts"
import { formatDuration, parseDuration } from "../../src/expression/functions/DurationText.ts"
import { formatTimestamp, parseTimestamp } from "../../src/expression/functions/TimestampText.ts"
import { SourceFile } from "../../src/source/SourceFile.ts"
import {
  bool,
  double,
  duration,
  dyn,
  int,
  list as listType,
  map,
  nullType,
  optional,
  string,
  timestamp,
  type Type
} from "../../src/types/Type.ts"
import { kindOf } from "../../src/expression/ValueKind.ts"
import type { ConformanceTest } from "./ConformanceTest.ts"

/** Runs a test, compiled and interpreted. Undefined when both give what is expected, else what they gave. */
export const runConformanceTest = (test: ConformanceTest): string | undefined =>
  runIn(test, "generate") ?? runIn(test, "interpret")

const runIn = (test: ConformanceTest, mode: "generate" | "interpret"): string | undefined => {
  const variables = Object.fromEntries(
    Object.entries(test.variables).map(([name, binding]) => [name, valueOf(record(record(binding)["value"]))])
  )
  const types = Object.fromEntries(
    test.declarations.filter((one) => !one.isFunction).map((one) => [one.name, typeOf(record(one.type))])
  )
  const compiled = compileExpression(new SourceFile("conformance", test.expression), environment(types), {
    mode
  })
  if (compiled.program === undefined) {
    if (test.expected === undefined) return undefined
    return `refused: ${compiled.diagnostics.map((one) => `${one.code} ${one.message}`).join("; ")}`
  }
  const result = compiled.program.evaluate(variables)
  if (!result.ok) {
    return test.expected === undefined
      ? undefined
      : `failed: ${result.diagnostic.code} ${result.diagnostic.message}`
  }
  if (test.expected === undefined) return `gave ${show(result.value)}, an error was expected`
  return isExpected(result.value, test.expected)
    ? undefined
    : `gave ${show(result.value)}, not ${JSON.stringify(test.expected)}`
}

const show = (value: Value): string => `${kindOf(value)} ${JSON.stringify(value)}`

const isExpected = (value: Value, expected: { readonly [kind: string]: unknown }): boolean => {
  const [kind, wanted] = Object.entries(expected)[0] ?? ["", undefined]
  switch (kind) {
    case "nullValue":
      return value === null
    case "boolValue":
    case "stringValue":
      return value === wanted
    case "int64Value":
      return typeof value === "number" && Number.isSafeInteger(value) && String(value) === String(wanted)
    case "doubleValue":
      return typeof value === "number" && Object.is(value + 0, Number(wanted) + 0)
    case "listValue":
      return isList(value) && isExpectedList(value, list(record(wanted)["values"]))
    case "mapValue":
      return isObject(value) && isExpectedMap(value, list(record(wanted)["entries"]))
    case "typeValue":
      return value instanceof TypeName && value.name === wanted
    case "objectValue":
      return isExpectedTime(value, record(wanted))
    default:
      return false
  }
}

const isExpectedList = (value: ReadonlyArray<Value>, wanted: ReadonlyArray<unknown>): boolean =>
  value.length === wanted.length && value.every((item, index) => isExpected(item, record(wanted[index])))

const isExpectedMap = (value: { readonly [key: string]: Value }, wanted: ReadonlyArray<unknown>): boolean =>
  Object.keys(value).length === wanted.length &&
  wanted.every((entry) => {
    const key = String(record(record(entry)["key"])["stringValue"])
    const item = Object.hasOwn(value, key) ? value[key] : undefined
    return item !== undefined && isExpected(item, record(record(entry)["value"]))
  })

const isExpectedTime = (value: Value, wanted: { readonly [key: string]: unknown }): boolean => {
  if (value instanceof Timestamp) {
    const time = parseTimestamp(String(wanted["value"]))
    return time !== undefined && formatTimestamp(value) === formatTimestamp(time)
  }
  if (!(value instanceof Duration)) return false
  const span = parseDuration(String(wanted["value"]))
  return span !== undefined && formatDuration(value) === formatDuration(span)
}

/** A value of the suite's data as this language has it. */
const valueOf = (data: { readonly [kind: string]: unknown }): Value => {
  const [kind, value] = Object.entries(data)[0] ?? ["nullValue", null]
  switch (kind) {
    case "boolValue":
      return value === true
    case "stringValue":
      return String(value)
    case "int64Value":
    case "doubleValue":
      return Number(value)
    case "listValue":
      return list(record(value)["values"]).map((item) => valueOf(record(item)))
    case "mapValue":
      return Object.fromEntries(
        list(record(value)["entries"]).map((entry) => [
          String(record(record(entry)["key"])["stringValue"]),
          valueOf(record(record(entry)["value"]))
        ])
      )
    case "objectValue": {
      const text = String(record(value)["value"])
      return parseTimestamp(text) ?? parseDuration(text) ?? null
    }
    default:
      return null
  }
}

/** A declared type of the suite as this language has it; what it does not have is `dyn`. */
const typeOf = (type: { readonly [kind: string]: unknown }): Type => {
  const [kind, value] = Object.entries(type)[0] ?? ["dyn", undefined]
  switch (kind) {
    case "primitive":
      return primitives.get(String(value)) ?? dyn
    case "wellKnown":
      return value === "TIMESTAMP" ? timestamp : value === "DURATION" ? duration : dyn
    case "listType":
      return listType(typeOf(record(record(value)["elemType"])))
    case "mapType":
      return map(typeOf(record(record(value)["valueType"])))
    case "abstractType":
      return optional(typeOf(record(list(record(value)["parameterTypes"])[0])))
    case "null":
      return nullType
    default:
      return dyn
  }
}

const primitives = new Map<string, Type>([
  ["BOOL", bool],
  ["INT64", int],
  ["DOUBLE", double],
  ["STRING", string]
])

const record = (value: unknown): { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null ? { ...value } : {}

const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])
