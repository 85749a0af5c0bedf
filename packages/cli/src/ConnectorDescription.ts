import { isObject, type Json, showType, Type } from "@sallyport/language"
import type { CheckedManifest, CheckedProperties } from "@sallyport/runtime"

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
  /** Its fields, when it is an object. */
  readonly givesFields: ReadonlyArray<PropertyDescription>
}

/** One named value. */
export interface PropertyDescription {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
  readonly isSecret: boolean
  readonly description: string
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
    connection: [...describeProperties(checked.config), ...secretsOf(checked)],
    actions: actionsOf(checked),
    triggers: triggersOf(checked)
  }
}

const actionsOf = ({ actions, manifest }: CheckedManifest): ReadonlyArray<OperationDescription> =>
  [...actions.values()].map(({ effect, input, name, output, paginate, request }) => ({
    kind: "action",
    name,
    summary: manifest.actions?.[name]?.summary ?? "",
    effect,
    isPaged: paginate !== undefined,
    implementation: request === undefined ? "code" : "declared",
    deprecated: isDeprecated(manifest.actions?.[name]?.deprecated),
    input: describeProperties(input),
    gives: showType(output.applied),
    givesFields: fieldsOf(output.applied)
  }))

const triggersOf = ({ manifest, triggers }: CheckedManifest): ReadonlyArray<OperationDescription> =>
  [...triggers.values()].map(({ event, input, name, poll }) => ({
    kind: "trigger",
    name,
    summary: manifest.triggers?.[name]?.summary ?? "",
    effect: undefined,
    isPaged: false,
    implementation: poll === undefined ? "code" : "declared",
    deprecated: isDeprecated(manifest.triggers?.[name]?.deprecated),
    input: describeProperties(input),
    gives: showType(event.applied),
    givesFields: fieldsOf(event.applied)
  }))

const isDeprecated = (mark: boolean | string | undefined): boolean => mark !== undefined && mark !== false

const describeProperties = ({ given, properties }: CheckedProperties): ReadonlyArray<PropertyDescription> =>
  [...properties].map(([name, property]) => {
    const typed = given.properties.get(name)
    return {
      name,
      type: typed === undefined ? "any" : showType(typed.type),
      isRequired: property.isRequired,
      isSecret: isObject(property.schema) && property.schema["x-secret"] === true,
      description: oneLine(typed?.description ?? ""),
      ...(property.default === undefined ? {} : { default: property.default })
    }
  })

const secretsOf = ({ secrets }: CheckedManifest): ReadonlyArray<PropertyDescription> =>
  [...secrets].map(([name, { description, isRequired }]) => ({
    name,
    type: "secret",
    isRequired,
    isSecret: true,
    description: oneLine(description ?? "")
  }))

/** The fields of an object that are known by name; a type that is another's name is looked through. */
const fieldsOf = (type: Type.Type): ReadonlyArray<PropertyDescription> => {
  const record = Type.resolve(type)
  if (record.kind !== "record") return []
  return [...record.properties].map(([name, { description, required, type: field }]) => ({
    name,
    type: showType(field),
    isRequired: required,
    isSecret: false,
    description: oneLine(description ?? "")
  }))
}

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, " ")
