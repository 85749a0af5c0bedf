import { checkValue, type Diagnostic, type YamlMap, type YamlNode } from "@sallyport/language"
import type { CheckedProperties, CheckedResponse } from "./CheckedManifest.ts"
import type { ManifestContext } from "./ManifestContext.ts"
import { propertySchema } from "./ManifestSchemas.ts"
import { statusKeyFor } from "./StatusKey.ts"
import { mapAt, openingOf } from "./YamlPlace.ts"

/** What examples must fit. */
export interface Exemplified {
  readonly action: YamlMap
  readonly input: CheckedProperties
  readonly responses: ReadonlyMap<string, CheckedResponse> | undefined
}

/** Reports every part of an example that does not fit the action's input, its responses or its output. */
export const checkExamples = (context: ManifestContext, { action, input, responses }: Exemplified): void => {
  const examples = action.get("examples")
  const output = action.get("output")
  for (const example of examples?.kind === "list" ? examples.items : []) {
    if (example.kind !== "map") continue
    checkInput(context, example, mapAt(action, "input"), input)
    const given = example.get("output")
    if (given !== undefined && output !== undefined)
      report(context, "output", context.schemas.check(given, output))
    if (given !== undefined && output === undefined && !(given.kind === "scalar" && given.value === null))
      context.problems.report(
        "SP0327",
        "the example has an output, and the action has none",
        openingOf(given),
        {
          help: "declare the action's output"
        }
      )
    if (responses !== undefined) checkResponse(context, example.get("response"), action, responses)
  }
}

const checkInput = (
  context: ManifestContext,
  example: YamlMap,
  schemas: YamlMap | undefined,
  { given }: CheckedProperties
): void => {
  const node = example.get("input")
  if (node?.kind === "map") {
    const problems = checkValue(node, given)
    report(context, "input", problems)
    if (problems.length > 0) return
    for (const { key, value } of node.entries) {
      const schema = propertySchema(schemas, key.name)
      if (schema !== undefined) report(context, "input", context.schemas.check(value, schema))
    }
    return
  }
  if (node !== undefined) return
  for (const [name, { required }] of given.properties)
    if (required)
      context.problems.report("SP0327", `the example gives no input "${name}"`, openingOf(example))
}

/** A body is checked against its schema where its rule has one. */
const checkResponse = (
  context: ManifestContext,
  response: YamlNode | undefined,
  action: YamlMap,
  responses: ReadonlyMap<string, CheckedResponse>
): void => {
  if (response?.kind !== "map") return
  const status = response.get("status")
  const number = status?.kind === "scalar" && typeof status.value === "number" ? status.value : 200
  const key = statusKeyFor(number, responses.keys())
  const body = response.get("body")
  const schema = key === undefined ? undefined : mapAt(action, "response", key)?.get("body")
  if (body !== undefined && schema !== undefined)
    report(context, "response", context.schemas.check(body, schema))
}

const report = (
  { problems }: ManifestContext,
  part: "input" | "output" | "response",
  found: ReadonlyArray<Diagnostic>
): void => {
  for (const { help, message, notes, span } of found)
    problems.report("SP0327", `the example's ${part} does not fit: ${message}`, span, {
      notes,
      ...(help !== undefined && { help })
    })
}
