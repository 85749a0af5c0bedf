import { within } from "../json/JsonPlace.ts"
import { quoted } from "../json/JsonValue.ts"
import type { FileEnvelope } from "../module/FileEnvelope.ts"
import type { ConvertedConnection } from "./ConnectionConversion.ts"
import type { DraftMap } from "../draft/Draft.ts"
import { type ConvertedInputs, convertInputs, convertResults } from "./InputConversion.ts"
import type { ModuleContext } from "./ModuleContext.ts"
import { isSnakeName, type NameSet, snakeName } from "../draft/Naming.ts"
import { convertRequest, isDeclaredCall, type NamedCall, namedCall } from "./RequestConversion.ts"

/** What an operation became. */
export interface ConvertedOperation {
  readonly name: string
  readonly draft: DraftMap
}

/** Converts the file of an action. */
export const convertAction = (
  context: ModuleContext,
  file: FileEnvelope,
  connection: ConvertedConnection
): ConvertedOperation => {
  const { losses, origins } = context
  const head = headOf(context, file, context.actionNames)
  const { draft, name } = head
  const call = namedCall(head.command)
  setEffect(context, file, draft, call)
  const args = convertInputs(context, file.json("arguments"), within(file.place, "arguments"), name)
  if (args.draft.size > 0) draft.set("input", args.draft)
  draft.set("output", convertResults(context, file.json("results"), within(file.place, "results"), name))
  const reason = setWork(draft, call, args, connection)
  if (reason !== undefined)
    losses.add(
      "loss",
      "http",
      within(file.place, "docker_parameters"),
      `the call ${quoted(head.command ?? "")} is left to code: ${reason}`
    )
  else if (head.command !== undefined && draft.has("implementation"))
    losses.add(
      "loss",
      "code",
      within(file.place, "docker_parameters"),
      `what ${quoted(head.command)} does is Python: write it in TypeScript`
    )
  if (draft.has("implementation"))
    for (const { location, place } of args.inputs)
      if (location !== undefined)
        losses.add("loss", "http", within(place, "in"), `"in" is dropped: the action is left to code`)
  file.listRest()
  origins.setOperation(draft, file.place)
  return { name, draft }
}

/** Converts the file of a trigger or of a connector, which is a trigger that has no results of its own. */
export const convertTrigger = (
  context: ModuleContext,
  file: FileEnvelope,
  kind: "trigger" | "connector"
): ConvertedOperation => {
  const { losses, origins } = context
  const { draft, name, command } = headOf(
    context,
    file,
    context.triggerNames,
    kind === "connector" ? "connector" : undefined
  )
  const args = convertInputs(context, file.json("arguments"), within(file.place, "arguments"), name)
  if (args.draft.size > 0) draft.set("input", args.draft)
  draft.set("event", convertResults(context, file.json("results"), within(file.place, "results"), name))
  draft.set("implementation", "code")
  if (command !== undefined)
    losses.add(
      "loss",
      "code",
      within(file.place, "docker_parameters"),
      `what ${quoted(command)} does is Python: write it in TypeScript`
    )
  if (kind === "connector")
    losses.add(
      "assumption",
      "file",
      file.place,
      "a connector forwards events to an intake; taken as a trigger whose events playbooks get"
    )
  if (file.flag("webhook") === true)
    losses.add(
      "loss",
      "code",
      within(file.place, "webhook"),
      "the trigger is called by a webhook; write it in TypeScript"
    )
  for (const { location, place } of args.inputs)
    if (location !== undefined)
      losses.add("loss", "http", within(place, "in"), '"in" is dropped: triggers have no request')
  file.listRest()
  origins.setOperation(draft, file.place)
  return { name, draft }
}

interface Head {
  readonly name: string
  readonly draft: DraftMap
  readonly command: string | undefined
}

const headOf = ({ losses }: ModuleContext, file: FileEnvelope, names: NameSet, suffix?: string): Head => {
  const slug = file.text("slug")
  const command = file.text("docker_parameters")
  const stem = file.place.file.replace(/\.json$/i, "").replace(/^[a-z]+_/i, "")
  const own = slug ?? (command !== undefined && namedCall(command) === undefined ? command : undefined)
  const wanted = own ?? stem
  const name = names.take(isSnakeName(wanted) ? wanted : snakeName(wanted, "operation"), suffix)
  if (name !== wanted)
    losses.add(
      "loss",
      "name",
      own === undefined ? file.place : within(file.place, slug === undefined ? "docker_parameters" : "slug"),
      `${quoted(wanted)} is called "${name}": ${isSnakeName(wanted) ? "the name is taken" : "names have small letters, digits and _"}`
    )
  const title = file.text("name")
  if (title === undefined)
    losses.add("problem", "metadata", file.place, 'there is no "name"; the file\'s name is the summary')
  const summary = (title ?? stem).replaceAll(/\s+/g, " ").trim().slice(0, 300).toWellFormed()
  const draft: DraftMap = new Map([["summary", summary]])
  const description = file.text("description")
  if (description !== undefined) draft.set("description", description)
  return { name, draft, command }
}

/** Modules do not say what an action does to the world. */
const setEffect = (
  { losses }: ModuleContext,
  file: FileEnvelope,
  draft: DraftMap,
  call: NamedCall | undefined
): void => {
  const effect = call === undefined ? "write" : (effects[call.method] ?? "write")
  draft.set("effect", effect)
  const reason =
    call === undefined ? "which is the safe choice when nothing is said" : `because of ${call.method}`
  losses.add("assumption", "effect", file.place, `the effect is taken as ${effect}, ${reason}`)
}

const effects: { readonly [method: string]: "read" | "destructive" } = {
  GET: "read",
  HEAD: "read",
  DELETE: "destructive"
}

/** A request where the call is declared, code otherwise; the reason why a declared call could not become a request. */
const setWork = (
  draft: DraftMap,
  call: NamedCall | undefined,
  { inputs }: ConvertedInputs,
  connection: ConvertedConnection
): string | undefined => {
  const isDeclared = call !== undefined && isDeclaredCall(call, inputs)
  const request = isDeclared ? convertRequest(call, inputs, connection) : undefined
  if (request !== undefined && "draft" in request) draft.set("request", request.draft)
  else draft.set("implementation", "code")
  return request !== undefined && "reason" in request ? request.reason : undefined
}
