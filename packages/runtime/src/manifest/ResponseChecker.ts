import { isAssignable, Type, type YamlMap, type YamlNode } from "@sallyport/language"
import type { CheckedResponse, CheckedSchema } from "./CheckedManifest.ts"
import type { CompiledValue } from "./CompiledValue.ts"
import type { ManifestContext } from "./ManifestContext.ts"
import { type BodyFormat, bodyFormats } from "./ResponseRule.ts"
import type { Variables } from "./TemplateCompiler.ts"
import { jsonPlace, responseType } from "./TemplatePlace.ts"
import { brief, misfitsOf } from "./TypeFit.ts"

/** The rules by status key. Where no success has one, `2xx` is there: its JSON body is the output. */
export const checkResponses = (
  context: ManifestContext,
  node: YamlNode | undefined,
  variables: Variables,
  output: CheckedSchema
): ReadonlyMap<string, CheckedResponse> => {
  const rules = new Map<string, CheckedResponse>()
  for (const { key, value } of node?.kind === "map" ? node.entries : []) {
    if (value.kind !== "map") continue
    const rule = checkRule(context, value, variables, output)
    rules.set(key.name, rule)
    if (rule.output === undefined) checkBodyAsOutput(context, key, rule, output)
  }
  if (![...rules.keys()].some((key) => key.startsWith("2")))
    rules.set("2xx", { as: "json", body: undefined, output: undefined })
  return rules
}

/** The type of `response.body` under a rule. */
export const bodyTypeOf = ({ as, body }: CheckedResponse): Type.Type => {
  switch (as) {
    case "text":
    case "bytes":
      return Type.string
    case "csv":
      return Type.list(Type.map(Type.string))
    default:
      return body?.applied ?? Type.dyn
  }
}

const checkRule = (
  context: ManifestContext,
  node: YamlMap,
  variables: Variables,
  wanted: CheckedSchema
): CheckedResponse => {
  const as = formatOf(node.get("as"))
  const schema = node.get("body")
  const body = schema === undefined ? undefined : context.schemas.read(schema)
  const output = node.get("output")
  const rule: CheckedResponse = { as, body, output: undefined }
  if (output === undefined) return rule
  const scope = { ...variables, response: responseType(bodyTypeOf(rule)) }
  const value = context.templates.value(output, scope, jsonPlace)
  reportMisfits(context, value, wanted)
  return { ...rule, output: value }
}

const reportMisfits = ({ problems }: ManifestContext, value: CompiledValue, wanted: CheckedSchema): void => {
  if (value.kind === "expression" && value.mayBeAbsent && !isAssignable(Type.nullType, wanted.given)) {
    problems.report("SP0319", "the output may be missing here", value.span, {
      help: "give a default with .orValue(…)"
    })
    return
  }
  for (const { help, message, span } of misfitsOf(value, wanted.given))
    problems.report("SP0319", `the output does not fit: ${message}`, span, {
      ...(help !== undefined && { help })
    })
}

/** Without `output`, the body itself must fit. A JSON body that is not described is seen when it comes. */
const checkBodyAsOutput = (
  { problems }: ManifestContext,
  key: YamlMap["entries"][number]["key"],
  rule: CheckedResponse,
  wanted: CheckedSchema
): void => {
  const body = bodyTypeOf(rule)
  // Without a declared output the action gives null, whatever the body holds.
  if (wanted.given.kind === "null" || isAssignable(body, wanted.given)) return
  problems.report(
    "SP0319",
    `the body is ${brief(body)}, but the output is ${brief(wanted.given)}`,
    key.span,
    {
      help: "say under output how the one is made from the other"
    }
  )
}

const formatOf = (node: YamlNode | undefined): BodyFormat => {
  const name = node?.kind === "scalar" ? node.value : undefined
  return bodyFormats.find((format) => format === name) ?? "json"
}
