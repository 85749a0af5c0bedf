import { isObject, type Json, showType, Type } from "@sallyport/language"
import type { CheckedManifest, CheckedProperties } from "@sallyport/runtime"
import * as Duration from "effect/Duration"
import { oneOf, valueLimits } from "./ValueLimits.ts"

/** What people and programs are told about a connector: no more than its manifest says. */
export interface ConnectorDescription {
  readonly name: string
  readonly title: string
  readonly version: string
  readonly description: string | undefined
  readonly docs: string | undefined
  readonly connection: ReadonlyArray<PropertyDescription>
  readonly actions: ReadonlyArray<OperationDescription>
  readonly triggers: ReadonlyArray<OperationDescription>
}

/** One action or trigger. */
export interface OperationDescription {
  readonly kind: "action" | "trigger"
  readonly name: string
  readonly summary: string
  /** What an action does to the world. */
  readonly effect: string | undefined
  readonly isPaged: boolean
  readonly implementation: "declared" | "code"
  readonly deprecated: boolean
  readonly input: ReadonlyArray<PropertyDescription>
  /** The type of the output, or of an event. */
  readonly gives: string
  /** The fields of the objects in it, one level of them: behind names, lists, and a choice between them and null. */
  readonly givesFields: ReadonlyArray<PropertyDescription>
  /** How a trigger asks and tells its events apart; undefined for an action. */
  readonly polling: PollingDescription | undefined
}

/** How a trigger asks and tells its events apart. Undefined in it: its code does it. */
export interface PollingDescription {
  /** The action that it calls. */
  readonly action: string | undefined
  /** How long it waits when there is nothing more, such as `5m`. */
  readonly every: string | undefined
  /** The expression of what names that which an event is about; undefined: all of the event. */
  readonly key: string | undefined
  /** The expression of what makes one version the newer. */
  readonly order: string | undefined
}

/** One named value. */
export interface PropertyDescription {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
  readonly isSecret: boolean
  readonly description: string
  /** What is asked of it besides its type, in short phrases: `1 to 2000`, `date-time`. */
  readonly limits: ReadonlyArray<string>
  readonly default?: Json
}

/** Describes a connector by its manifest. */
export const describeConnector = (checked: CheckedManifest): ConnectorDescription => {
  const { connector, description, docs, title, version } = checked.manifest
  return {
    name: connector,
    title,
    version,
    description,
    docs,
    connection: [...describeProperties(checked.config, checked.source), ...secretsOf(checked)],
    actions: actionsOf(checked),
    triggers: triggersOf(checked)
  }
}

const actionsOf = ({ actions, manifest, source }: CheckedManifest): ReadonlyArray<OperationDescription> =>
  [...actions.values()].map(({ effect, input, name, output, paginate, request }) => ({
    kind: "action",
    name,
    summary: manifest.actions?.[name]?.summary ?? "",
    effect,
    isPaged: paginate !== undefined,
    implementation: request === undefined ? "code" : "declared",
    deprecated: isDeprecated(manifest.actions?.[name]?.deprecated),
    input: describeProperties(input, source),
    gives: showType(output.applied),
    givesFields: fieldsOf(output.applied),
    polling: undefined
  }))

const triggersOf = ({ manifest, source, triggers }: CheckedManifest): ReadonlyArray<OperationDescription> =>
  [...triggers.values()].map(({ event, input, name, poll }) => ({
    kind: "trigger",
    name,
    summary: manifest.triggers?.[name]?.summary ?? "",
    effect: undefined,
    isPaged: false,
    implementation: poll === undefined ? "code" : "declared",
    deprecated: isDeprecated(manifest.triggers?.[name]?.deprecated),
    input: describeProperties(input, source),
    gives: showType(event.applied),
    givesFields: fieldsOf(event.applied),
    polling: pollingOf(manifest.triggers?.[name])
  }))

const pollingOf = (
  trigger: NonNullable<CheckedManifest["manifest"]["triggers"]>[string] | undefined
): PollingDescription => ({
  action: trigger?.poll?.action,
  every: trigger?.poll === undefined ? undefined : Duration.format(trigger.poll.every),
  key: expressionOf(trigger?.key),
  order: expressionOf(trigger?.order)
})

/** An expression without the mark around it. */
const expressionOf = (template: string | undefined): string | undefined =>
  template === undefined ? undefined : oneLine(/^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(template)?.[1] ?? template)

const isDeprecated = (mark: boolean | string | undefined): boolean => mark !== undefined && mark !== false

const describeProperties = (
  { given, properties }: CheckedProperties,
  source: Json
): ReadonlyArray<PropertyDescription> =>
  [...properties].map(([name, property]) => {
    const typed = given.properties.get(name)
    return {
      name,
      type: typed === undefined ? "any" : showType(typed.type),
      isRequired: property.isRequired,
      isSecret: isObject(property.schema) && property.schema["x-secret"] === true,
      description: oneLine(typed?.description ?? ""),
      limits: valueLimits(property.schema, source),
      ...(property.default === undefined ? {} : { default: property.default })
    }
  })

const secretsOf = ({ secrets }: CheckedManifest): ReadonlyArray<PropertyDescription> =>
  [...secrets].map(([name, { description, isRequired }]) => ({
    name,
    type: "secret",
    isRequired,
    isSecret: true,
    description: oneLine(description ?? ""),
    limits: []
  }))

/** The fields of the objects that a type is about, as far as they are known by name. */
const fieldsOf = (type: Type.Type): ReadonlyArray<PropertyDescription> => {
  const record = objectIn(type)
  if (record === undefined) return []
  return [...record.properties].map(([name, { description, required, type: field }]) => ({
    name,
    type: showType(field),
    isRequired: required,
    isSecret: false,
    description: oneLine(description ?? ""),
    limits: typeLimits(field)
  }))
}

/** Names, lists, maps and a choice with null are looked through, a few of them: types may go in circles. */
const objectIn = (type: Type.Type): Type.RecordType | undefined => {
  let at = type
  for (let steps = 0; steps < 8; steps++) {
    const inner = insideOf(at)
    if (inner === undefined) break
    at = inner
  }
  return at.kind === "record" ? at : undefined
}

/** One step into a type; undefined where there is none. */
const insideOf = (type: Type.Type): Type.Type | undefined => {
  switch (type.kind) {
    case "ref":
      return Type.resolve(type)
    case "list":
      return type.element
    case "map":
    case "optional":
      return type.value
    case "union": {
      const [only, ...others] = type.members.filter(({ kind }) => kind !== "null")
      return others.length === 0 ? only : undefined
    }
    default:
      return undefined
  }
}

/** What the type of a text says besides being one; values that stand in the column of types are not repeated. */
const typeLimits = (type: Type.Type): ReadonlyArray<string> => {
  let at: Type.Type | undefined = type
  let isNamed = false
  for (let steps = 0; steps < 8 && at !== undefined; steps++) {
    isNamed ||= at.kind === "ref"
    if (at.kind === "string")
      return [
        ...(at.values !== undefined && (isNamed || at.values.length > 6) ? [oneOf(at.values)] : []),
        ...(at.format === undefined ? [] : [at.format])
      ]
    at = at.kind === "map" ? undefined : insideOf(at)
  }
  return []
}

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, " ")
