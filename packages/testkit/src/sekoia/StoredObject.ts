import type { Json } from "@sallyport/language"
import { fieldOf, parseJson, textOf, textsOf } from "../json/JsonText.ts"
import { patternValues } from "../stix/PatternValues.ts"
import { isStixObject, type StixObject } from "../stix/StixObject.ts"
import { timeKey } from "../stix/TimeKey.ts"

/** One version of an object in the simulated service: its bytes, and what filters ask about. */
export class StoredObject {
  readonly id: string
  readonly type: string
  /** When it was changed, as text that sorts. Objects without a time have that of the one before them. */
  readonly changed: string
  readonly isRevoked: boolean
  /** When it ends, as text that sorts; undefined for never. */
  readonly validUntil: string | undefined
  readonly observableTypes: ReadonlyArray<string>
  /** The object as JSON: outside of the heap, and never written twice. */
  readonly bytes: Uint8Array

  constructor(object: StixObject, before: string) {
    this.id = object.id
    this.type = object.type
    this.changed = timeKey(textOf(object, "modified") ?? textOf(object, "created") ?? "") ?? before
    this.isRevoked = fieldOf(object, "revoked") === true
    this.validUntil = timeKey(textOf(object, "valid_until") ?? "")
    this.observableTypes = object.type === "indicator" ? observableTypes(object) : []
    this.bytes = Buffer.from(JSON.stringify(object))
  }

  /** The object, made of its bytes anew each time: 200,000 of them are kept as bytes only. */
  get object(): StixObject {
    const object: Json | undefined = parseJson(utf8.decode(this.bytes))
    if (!isStixObject(object)) throw new Error("a stored object is an object of STIX")
    return object
  }
}

/** Objects as the items of a JSON list, between two texts. */
export function joinObjects(before: string, objects: ReadonlyArray<StoredObject>, after: string): Uint8Array {
  const parts: Array<Uint8Array> = [Buffer.from(before)]
  for (const [index, { bytes }] of objects.entries()) {
    if (index > 0) parts.push(comma)
    parts.push(bytes)
  }
  parts.push(Buffer.from(after))
  return Buffer.concat(parts)
}

const utf8 = new TextDecoder()

const comma = Buffer.from(",")

function observableTypes(object: StixObject): ReadonlyArray<string> {
  const named = textsOf(object, "x_ic_observable_types")
  return named.length > 0
    ? named
    : [...new Set(patternValues(textOf(object, "pattern") ?? "").map(({ type }) => type))]
}
