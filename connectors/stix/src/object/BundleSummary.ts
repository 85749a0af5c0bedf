import { fieldOf, isJsonObject, type JsonObject } from "./FieldReader.ts"
import { referencesOf } from "./ObjectReferences.ts"
import { referenceLoops } from "./ReferenceLoops.ts"
import { isSpecifiedType } from "./StixType.ts"
import { compareTimestamps, formatTimestamp, parseTimestamp, type Timestamp } from "./Timestamp.ts"
import { type TlpLevel, tlpOfMarking } from "./Tlp.ts"

/** What a bundle holds, at a glance. Lists are ordered by their names; counts are of usable objects. */
export interface BundleSummary {
  /** Usable objects. */
  readonly objects: number
  readonly types: ReadonlyArray<TypeCount>
  /** Types that STIX 2.1 does not have. */
  readonly unknownTypes: ReadonlyArray<string>
  readonly relationships: ReadonlyArray<RelationshipCount>
  readonly markings: ReadonlyArray<MarkingCount>
  readonly references: ReferenceSummary
  /** The earliest and the latest of all `created` and `modified`; undefined when no object has one. */
  readonly timeRange: { readonly earliest: string; readonly latest: string } | undefined
  /** What is no usable object, and objects with a malformed time. The latter are counted, the former are not. */
  readonly invalid: ReadonlyArray<InvalidObject>
}

/** How many objects of a type there are. */
export interface TypeCount {
  readonly type: string
  readonly count: number
}

/** Relationships of one kind between objects of two types; a type is that of the id, whether the bundle has it or not. */
export interface RelationshipCount {
  readonly type: string
  readonly sourceType: string
  readonly targetType: string
  readonly count: number
}

/** How many objects carry a marking, by reference of their own. */
export interface MarkingCount {
  readonly id: string
  readonly tlp?: TlpLevel
  readonly count: number
}

/** What the references of a bundle lead to. */
export interface ReferenceSummary {
  /** Ids that are referred to and not in the bundle. */
  readonly missing: ReadonlyArray<string>
  /** Ids of objects that refer to themselves, at once or through others. */
  readonly loops: ReadonlyArray<string>
}

/** Something in the bundle that is not as it should be. */
export interface InvalidObject {
  /** Its place in `objects`, from 0; −1 for the bundle itself. */
  readonly index: number
  readonly id?: string
  /** One sentence. */
  readonly message: string
}

/** Sums up a bundle, or a list of objects. Never throws and ends on any loop of references. */
export const summarizeBundle = (input: unknown): BundleSummary => {
  const { members, invalid: invalidBundle } = membersOf(input)
  const usable: Array<UsableObject> = []
  const invalid = [...invalidBundle]
  const versions = new Set<string>()
  for (const [index, member] of members.entries()) {
    const object = usableObject(member)
    if (typeof object === "string") {
      invalid.push({ index, message: object })
      continue
    }
    usable.push(object)
    const isRepeated = versions.has(versionOf(object))
    const message = isRepeated
      ? "this version of the object stands before it too"
      : malformedTime(object.source)
    if (message !== undefined) invalid.push({ index, id: object.id, message })
    versions.add(versionOf(object))
  }
  return {
    objects: usable.length,
    types: counted(usable.map(({ type }) => type)).map(([type, count]) => ({ type, count })),
    unknownTypes: [...new Set(usable.map(({ type }) => type))]
      .filter((type) => !isSpecifiedType(type))
      .toSorted(),
    relationships: relationshipsOf(usable),
    markings: markingsOf(usable),
    references: referencesIn(usable),
    timeRange: timeRangeOf(usable),
    invalid
  }
}

interface UsableObject {
  readonly id: string
  readonly type: string
  readonly source: JsonObject
}

const membersOf = (
  input: unknown
): { readonly members: ReadonlyArray<unknown>; readonly invalid: ReadonlyArray<InvalidObject> } => {
  const objects = isJsonObject(input) ? fieldOf(input, "objects") : input
  const isBundle = Array.isArray(input) || (isJsonObject(input) && fieldOf(input, "type") === "bundle")
  // STIX 2.1 section 8: `objects` may be missing, not be something else.
  const isList = Array.isArray(objects) || objects === undefined
  const notBundle = isBundle ? undefined : "the input is no bundle and no list of objects"
  const message = notBundle ?? (isList ? undefined : '"objects" is no list')
  return {
    members: Array.isArray(objects) ? objects : [],
    invalid: message === undefined ? [] : [{ index: -1, message }]
  }
}

const usableObject = (member: unknown): UsableObject | string => {
  if (!isJsonObject(member)) return "it is no object"
  const [type, id] = [fieldOf(member, "type"), fieldOf(member, "id")]
  if (typeof type !== "string" || type === "") return '"type" is missing or no string'
  if (typeof id !== "string" || id === "") return '"id" is missing or no string'
  return id.startsWith(`${type}--`) ? { id, type, source: member } : '"id" does not start with the type'
}

/** A bundle may hold several versions of an object (STIX 2.1 section 8), but not one version twice. */
const versionOf = ({ id, source }: UsableObject): string => {
  const modified = timeOf(source, "modified")
  return modified === undefined ? id : `${id} ${formatTimestamp(modified)}`
}

const times = ["created", "modified"] as const

const malformedTime = (object: JsonObject): string | undefined => {
  const field = times.find(
    (name) => fieldOf(object, name) !== undefined && timeOf(object, name) === undefined
  )
  return field === undefined ? undefined : `"${field}" is no timestamp`
}

const timeOf = (object: JsonObject, field: string): Timestamp | undefined => {
  const value = fieldOf(object, field)
  return typeof value === "string" ? parseTimestamp(value) : undefined
}

const timeRangeOf = (objects: ReadonlyArray<UsableObject>): BundleSummary["timeRange"] => {
  const sorted = objects
    .flatMap(({ source }) => times.flatMap((field) => timeOf(source, field) ?? []))
    .toSorted(compareTimestamps)
  const [earliest, latest] = [sorted.at(0), sorted.at(-1)]
  return earliest === undefined || latest === undefined
    ? undefined
    : { earliest: formatTimestamp(earliest), latest: formatTimestamp(latest) }
}

const relationshipsOf = (objects: ReadonlyArray<UsableObject>): ReadonlyArray<RelationshipCount> => {
  const counts = new Map<string, RelationshipCount>()
  for (const { source } of objects.filter(({ type }) => type === "relationship")) {
    const kind = {
      type: textOf(source, "relationship_type"),
      sourceType: typeOfId(textOf(source, "source_ref")),
      targetType: typeOfId(textOf(source, "target_ref"))
    }
    const key = JSON.stringify(kind)
    counts.set(key, { ...kind, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return byName(counts).map(([, count]) => count)
}

const markingsOf = (objects: ReadonlyArray<UsableObject>): ReadonlyArray<MarkingCount> =>
  counted(objects.flatMap(({ source }) => [...new Set(textsOf(source, "object_marking_refs"))])).map(
    ([id, count]) => {
      const tlp = tlpOfMarking(id)
      return tlp === undefined ? { id, count } : { id, tlp, count }
    }
  )

const referencesIn = (objects: ReadonlyArray<UsableObject>): ReferenceSummary => {
  const graph = new Map(objects.map(({ id, source }) => [id, referencesOf(source)]))
  const missing = new Set([...graph.values()].flatMap((ids) => ids.filter((id) => !graph.has(id))))
  return { missing: [...missing].toSorted(), loops: referenceLoops(graph).toSorted() }
}

/** Each word once with how often it is there, in the order of the words. */
const counted = (words: ReadonlyArray<string>): ReadonlyArray<readonly [word: string, count: number]> => {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return byName(counts)
}

const byName = <A>(entries: ReadonlyMap<string, A>): ReadonlyArray<readonly [name: string, value: A]> =>
  [...entries].toSorted(([left], [right]) => (left < right ? -1 : 1))

const textOf = (object: JsonObject, field: string): string => {
  const value = fieldOf(object, field)
  return typeof value === "string" ? value : ""
}

const textsOf = (object: JsonObject, field: string): ReadonlyArray<string> => {
  const value = fieldOf(object, field)
  return Array.isArray(value) ? value.filter((member) => typeof member === "string") : []
}

const typeOfId = (id: string): string => id.split("--", 1)[0] ?? ""
