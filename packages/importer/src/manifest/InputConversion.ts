import { type JsonPlace, within } from "../json/JsonPlace.ts"
import { isMap, type JsonMap, type JsonValue, quoted } from "../json/JsonValue.ts"
import { SchemaConverter } from "../schema/SchemaConverter.ts"
import { unmarked } from "../schema/Structures.ts"
import type { Draft, DraftMap } from "../draft/Draft.ts"
import type { ModuleContext } from "./ModuleContext.ts"
import { inputName, isInputName, NameSet } from "../draft/Naming.ts"
import { type ListedProperty, listProperties, type PropertyList } from "./PropertyList.ts"

/** An input of the manifest and the argument that it was. */
export interface ConvertedInput {
  /** Its name in the manifest, without `?`. */
  readonly name: string
  /** Its name upstream. */
  readonly argument: string
  readonly isRequired: boolean
  /** `in`: the part of the upstream request that takes it. */
  readonly location: string | undefined
  readonly place: JsonPlace
}

/** The inputs of an action or trigger. */
export interface ConvertedInputs {
  readonly inputs: ReadonlyArray<ConvertedInput>
  /** `input` of the manifest. */
  readonly draft: DraftMap
}

/** Converts `arguments` to `input`. `place`: of the arguments. */
export const convertInputs = (
  context: ModuleContext,
  args: JsonValue | undefined,
  place: JsonPlace,
  name: string
): ConvertedInputs => {
  const { losses, origins, types } = context
  if (args === undefined) return { inputs: [], draft: new Map() }
  const listed = listProperties(args, place, losses)
  const converter = new SchemaConverter({
    root: args,
    rootPlace: place,
    name,
    side: "input",
    secrets: new Set(listed.secrets.keys()),
    types,
    losses,
    origins
  })
  const names = namesOf(listed, context)
  const draft: DraftMap = new Map()
  const inputs = listed.properties.map((property): ConvertedInput => {
    const given = names.get(property.name) ?? property.name
    const { value, isRequired, location } = settledProperty(converter, property)
    const required = property.isRequired || isRequired
    draft.set(required ? given : `${given}?`, converter.convert(value, property.place))
    return { name: given, argument: property.name, isRequired: required, location, place: property.place }
  })
  noteDefinitions(converter, args, place)
  converter.finish()
  for (const [secret, at] of listed.secrets) {
    if (converter.foundSecrets.has(secret))
      losses.add(
        "loss",
        "secret",
        at,
        `the argument ${quoted(secret)} is a secret: it is marked with x-secret, but callers pass it in clear; better a secret of the connection`
      )
    else losses.add("problem", "secret", at, `the secret ${quoted(secret)} is no argument; dropped`)
  }
  return { inputs, draft }
}

/** Names that are good as they are keep theirs; the others are made of letters, digits and _. */
const namesOf = ({ properties }: PropertyList, { losses }: ModuleContext): ReadonlyMap<string, string> => {
  const set = new NameSet()
  const names = new Map<string, string>()
  for (const { name } of properties)
    if (isInputName(name)) {
      set.reserve(name)
      names.set(name, name)
    }
  for (const { name, place } of properties) {
    if (names.has(name)) continue
    const given = set.take(inputName(name))
    names.set(name, given)
    losses.add(
      "loss",
      "name",
      place,
      `the input ${quoted(name)} is called "${given}": names have letters, digits and _`
    )
  }
  return names
}

/** An argument without what is not about its values. */
const settledProperty = (
  converter: SchemaConverter,
  { name, schema, place }: ListedProperty
): { readonly value: JsonValue; readonly isRequired: boolean; readonly location: string | undefined } => {
  const { value, isRequired } = unmarked(converter, name, schema, place)
  if (!isMap(value)) return { value, isRequired, location: undefined }
  const location = value.get("in")
  if (typeof location !== "string") return { value, isRequired, location: undefined }
  const rest: JsonMap = new Map([...value].filter(([keyword]) => keyword !== "in"))
  return { value: rest, isRequired, location }
}

/** Definitions beside the properties are only converted where something refers to them. */
export const noteDefinitions = (converter: SchemaConverter, root: JsonValue, place: JsonPlace): void => {
  if (!isMap(root)) return
  for (const keyword of ["definitions", "$defs"]) {
    const definitions = root.get(keyword)
    if (isMap(definitions))
      for (const name of definitions.keys()) converter.noteDefinition(within(place, keyword, name))
  }
}

/** The schema of results, or of anything. */
export const convertResults = (
  context: ModuleContext,
  results: JsonValue | undefined,
  place: JsonPlace,
  name: string
): Draft => {
  const { losses, origins, types } = context
  if (results === undefined) {
    losses.add(
      "assumption",
      "results",
      { file: place.file, pointer: "" },
      'there are no "results"; any value fits'
    )
    return new Map()
  }
  const converter = new SchemaConverter({
    root: results,
    rootPlace: place,
    name,
    side: "output",
    secrets: new Set(),
    types,
    losses,
    origins
  })
  const draft = converter.convert(results, place)
  converter.finish()
  return draft
}
