import { suggest, type YamlMap } from "@sallyport/language"
import type { CheckedCall } from "./CheckedManifest.ts"
import type { ManifestContext } from "./ManifestContext.ts"
import { propertySchema } from "./ManifestSchemas.ts"
import type { Variables } from "./TemplateCompiler.ts"
import { jsonPlace } from "./TemplatePlace.ts"
import { misfitsOf } from "./TypeFit.ts"
import { keyAt, mapAt, textAt } from "./YamlPlace.ts"

/**
 * Checks a call of an action of the manifest: it exists, is not deprecated, and the input fits. `filled` is an input that
 * is given in another way. Undefined when there is no such action.
 */
export const checkCall = (
  context: ManifestContext,
  node: YamlMap,
  variables: Variables,
  filled?: string
): CheckedCall | undefined => {
  const { problems, schemas, templates } = context
  const action = textAt(node, "action")
  const values = templates.values(node.get("with"), variables, jsonPlace)
  if (action === undefined) return undefined
  const span = node.get("action")?.span ?? node.span
  const target = mapAt(context.actions, action)
  if (target === undefined) {
    const meant = suggest(action, context.namesOf(context.actions))
    problems.report("SP0321", `there is no action "${action.slice(0, 60)}"`, span, {
      help: meant === undefined ? "name an action of this manifest" : `did you mean "${meant}"?`
    })
    return undefined
  }
  const deprecated = target.get("deprecated")
  if (deprecated?.kind === "scalar" && deprecated.value !== false)
    problems.report("SP0331", `the action "${action}" is deprecated`, span, {
      ...(typeof deprecated.value === "string" && { help: deprecated.value })
    })
  const inputs = mapAt(target, "input")
  const { given } = schemas.readProperties(inputs)
  const written = mapAt(node, "with")
  for (const [name, value] of values) {
    const property = given.properties.get(name)
    const key = written?.entry(name)
    if (property === undefined) {
      const meant = suggest(name, given.properties.keys())
      problems.report(
        "SP0334",
        `the action "${action}" has no input "${name.slice(0, 60)}"`,
        key?.key.span ?? span,
        {
          ...(meant !== undefined && { help: `did you mean "${meant}"?` })
        }
      )
      continue
    }
    const misfits = misfitsOf(value, property.type)
    for (const { help, message, span: at } of misfits)
      problems.report("SP0334", `the input "${name}" does not fit: ${message}`, at, {
        ...(help !== undefined && { help })
      })
    if (value.kind === "expression" && value.mayBeAbsent && property.required)
      problems.report("SP0334", `the input "${name}" must be given, and this may be missing`, value.span)
    const schema = propertySchema(inputs, name)
    if (value.kind !== "literal" || schema === undefined || key === undefined || misfits.length > 0) continue
    for (const problem of schemas.check(key.value, schema))
      problems.report("SP0334", `the input "${name}" does not fit: ${problem.message}`, problem.span)
  }
  for (const [name, { required }] of given.properties)
    if (required && !values.has(name) && name !== filled)
      problems.report(
        "SP0334",
        `the action "${action}" needs the input "${name}"`,
        keyAt(node, written === undefined ? ["action"] : ["with"])
      )
  return { action, with: values }
}
