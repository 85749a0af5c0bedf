import { isAssignable, suggest, Type, union, type YamlEntry, type YamlMap } from "@sallyport/language"
import { checkImplementation } from "./ActionChecker.ts"
import { checkCall } from "./CallChecker.ts"
import type { CheckedAction, CheckedCall, CheckedTrigger } from "./CheckedManifest.ts"
import type { ExpressionValue } from "./CompiledValue.ts"
import type { ManifestContext } from "./ManifestContext.ts"
import { notZero } from "./PolicyChecker.ts"
import { isSecretPath, type SecretPath, secretPaths } from "./SecretProperties.ts"
import { pollState } from "./TemplatePlace.ts"
import { brief } from "./TypeFit.ts"
import { mapAt, textAt } from "./YamlPlace.ts"

/** Checks all triggers, against the actions that they poll. */
export const checkTriggers = (
  context: ManifestContext,
  actions: ReadonlyMap<string, CheckedAction>
): ReadonlyMap<string, CheckedTrigger> => {
  const triggers = new Map<string, CheckedTrigger>()
  for (const entry of mapAt(context.root, "triggers")?.entries ?? []) {
    if (context.problems.isFull) break
    if (entry.value.kind === "map")
      triggers.set(entry.key.name, checkTrigger(context, entry, entry.value, actions))
  }
  return triggers
}

const checkTrigger = (
  context: ManifestContext,
  { key }: YamlEntry,
  node: YamlMap,
  actions: ReadonlyMap<string, CheckedAction>
): CheckedTrigger => {
  const input = context.schemas.readProperties(mapAt(node, "input"))
  const schema = node.get("event")
  const event = schema === undefined ? { given: Type.dyn, applied: Type.dyn } : context.schemas.read(schema)
  checkImplementation(context, key, node, ["keep"], "poll")
  const polling = mapAt(node, "poll")
  const keep = textAt(node, "keep")
  let poll: CheckedCall | undefined
  if (polling !== undefined) {
    notZero(context, polling, "every")
    poll = checkCall(
      context,
      polling,
      { config: context.config.applied, input: input.applied, state: pollState },
      keep
    )
    const action = poll === undefined ? undefined : actions.get(poll.action)
    if (action !== undefined) {
      checkEvents(context, polling, action, event.given)
      checkKeep(context, node, action)
    }
  }
  const secretEvents = secretPaths(schema, context.root)
  const order = union([Type.string, Type.double])
  const variables = { event: event.applied }
  const { templates } = context
  const keyValue = templates.expression(node.get("key"), variables, { name: "a key", accepts: Type.string })
  const orderValue = templates.expression(node.get("order"), variables, { name: "an order", accepts: order })
  for (const value of [keyValue, orderValue])
    if (value !== undefined) reportSecrets(context, value, secretEvents)
  return {
    name: key.name,
    input,
    event,
    poll,
    keep,
    key: keyValue,
    order: orderValue,
    secretEvents,
    span: key.span
  }
}

/** The events of a poll are the items of the action, or its output where that is a list. */
const checkEvents = (
  { problems }: ManifestContext,
  polling: YamlMap,
  action: CheckedAction,
  event: Type.Type
): void => {
  const span = polling.get("action")?.span ?? polling.span
  const output = Type.resolve(action.output.applied)
  const item = action.paginate?.item ?? (output.kind === "list" ? output.element : undefined)
  if (item === undefined)
    problems.report("SP0330", `the action "${action.name}" has no items to be events`, span, {
      help: "give it paginate: { items: … }, or an output that is a list"
    })
  else if (!isAssignable(item, event))
    problems.report(
      "SP0330",
      `the items of "${action.name}" are ${brief(item)}, but the event is ${brief(event)}`,
      span
    )
}

const checkKeep = ({ problems }: ManifestContext, node: YamlMap, action: CheckedAction): void => {
  const keep = textAt(node, "keep")
  const span = node.get("keep")?.span
  if (keep === undefined || span === undefined) return
  const into = action.paginate?.cursor?.into
  if (into === keep) {
    const given = mapAt(node, "poll", "with")?.entry(keep)
    if (given !== undefined)
      problems.report("SP0326", `"${keep}" is kept between polls, so it cannot be given here`, given.key.span)
    return
  }
  const meant = into === undefined ? undefined : suggest(keep, [into])
  problems.report("SP0326", `"${keep}" is not the input that takes the cursor of "${action.name}"`, span, {
    help:
      into === undefined
        ? "only an action whose paginate has cursor and into has a cursor to keep"
        : meant === undefined
          ? `it is "${into}"`
          : `did you mean "${meant}"?`
  })
}

/** Keys are stored and shown in clear. */
const reportSecrets = (
  { problems }: ManifestContext,
  value: ExpressionValue,
  secrets: ReadonlyArray<SecretPath>
): void => {
  for (const read of value.reads) {
    if (read.name !== "event" || !isSecretPath(read.path, secrets)) continue
    problems.report(
      "SP0325",
      `"${["event", ...read.path].join(".")}" is or holds a secret, and keys are stored in clear`,
      value.span,
      {
        help: "use a field that is not marked with x-secret, or sha256 of several others"
      }
    )
  }
}
