import { Type, type YamlEntry, type YamlMap, type YamlNode } from "@sallyport/language"
import { type ActionEffect, effects } from "./Action.ts"
import { checkChoice } from "./AuthChecker.ts"
import type { CheckedAction, CheckedSchema } from "./CheckedManifest.ts"
import { checkExamples } from "./ExampleChecker.ts"
import type { ManifestContext } from "./ManifestContext.ts"
import { checkPagination } from "./PaginationChecker.ts"
import { checkPolicies } from "./PolicyChecker.ts"
import { checkRequest, methodOf } from "./RequestChecker.ts"
import { checkResponses } from "./ResponseChecker.ts"
import { type SecretPath, secretPaths } from "./SecretProperties.ts"
import { mapAt } from "./YamlPlace.ts"

/** Checks all actions. `auth`: the schemes of those that name none. */
export const checkActions = (
  context: ManifestContext,
  auth: ReadonlyArray<string>
): ReadonlyMap<string, CheckedAction> => {
  const actions = new Map<string, CheckedAction>()
  for (const entry of context.actions?.entries ?? []) {
    if (context.problems.isFull) break
    if (entry.value.kind === "map")
      actions.set(entry.key.name, checkAction(context, entry, entry.value, auth))
  }
  reportMissingBase(context, actions)
  return actions
}

const checkAction = (
  context: ManifestContext,
  { key }: YamlEntry,
  node: YamlMap,
  inherited: ReadonlyArray<string>
): CheckedAction => {
  const input = context.schemas.readProperties(mapAt(node, "input"))
  const schema = node.get("output")
  const output: CheckedSchema = schema === undefined ? noOutput : context.schemas.read(schema)
  const variables = { config: context.config.applied, input: input.applied }
  const scope = { ...variables, secrets: context.secretsType }
  const request = checkRequest(context, node.get("request"), scope, input)
  const responses = checkResponses(context, node.get("response"), variables, output)
  const paging = mapAt(node, "paginate")
  const paged = { input, output: output.applied, request, responses }
  const named = node.get("auth")
  checkImplementation(context, key, node, codeOnly)
  checkPolicies(context, node)
  const isDeclared = node.get("request") !== undefined
  checkExamples(context, { action: node, input, responses: isDeclared ? responses : undefined })
  return {
    name: key.name,
    effect: checkEffect(context, key, node),
    idempotent: isTrue(node, "idempotent"),
    auth: named === undefined ? inherited : checkChoice(context, named),
    input,
    output,
    request,
    responses: isDeclared ? responses : new Map(),
    paginate: paging === undefined ? undefined : checkPagination(context, paging, variables, paged),
    secretInputs: secretInputs(mapAt(node, "input"), context.root),
    secretOutputs: secretPaths(schema, context.root),
    span: key.span
  }
}

const noOutput: CheckedSchema = { given: Type.nullType, applied: Type.nullType }

const secretInputs = (schemas: YamlMap | undefined, root: YamlNode): ReadonlyArray<SecretPath> =>
  (schemas?.entries ?? []).flatMap(({ key, value }) =>
    secretPaths(value, root).map((path) => [key.name.replace(/\?$/, ""), ...path])
  )

/** What has no meaning beside `implementation: code`. */
const codeOnly = ["response", "paginate", "auth", "retry"] as const

/** Exactly one of `declared` and `implementation: code` does the work. */
export const checkImplementation = (
  { problems }: ManifestContext,
  key: YamlEntry["key"],
  node: YamlMap,
  meaningless: ReadonlyArray<string>,
  declared: "request" | "poll" = "request"
): void => {
  const code = node.entry("implementation")
  const work = node.entry(declared)
  if (code === undefined && work === undefined) {
    problems.report(
      "SP0313",
      `nothing does "${key.name}": it has neither ${declared} nor implementation: code`,
      key.span
    )
    return
  }
  if (code === undefined) return
  for (const name of [declared, ...meaningless]) {
    const entry = node.entry(name)
    if (entry !== undefined)
      problems.report("SP0313", `"${name}" has no meaning beside implementation: code`, entry.key.span, {
        notes: [{ message: "it is left to code here", span: code.key.span }],
        help: `drop one of the two`
      })
  }
}

/** GET and HEAD read unless they say otherwise; everything else must say what it does. */
const checkEffect = ({ problems }: ManifestContext, key: YamlEntry["key"], node: YamlMap): ActionEffect => {
  const said = node.get("effect")
  const method = methodOf(node.get("request"))
  const effect = effects.find((effect) => said?.kind === "scalar" && said.value === effect)
  if (said === undefined && method !== "GET" && method !== "HEAD")
    problems.report("SP0312", `"${key.name}" does not say what it does to the world`, key.span, {
      help: "add effect: read, write or destructive"
    })
  return effect ?? "read"
}

/** A path needs something to stand behind. */
const reportMissingBase = (context: ManifestContext, actions: ReadonlyMap<string, CheckedAction>): void => {
  if (mapAt(context.root, "http") !== undefined) return
  for (const { name, request, span } of actions.values()) {
    if (request === undefined) continue
    context.problems.report("SP0302", `missing key "http": the request of "${name}" has no base`, span, {
      help: "say http: { base: https://… }"
    })
    return
  }
}

const isTrue = (node: YamlMap, key: string): boolean => {
  const value = node.get(key)
  return value?.kind === "scalar" && value.value === true
}
