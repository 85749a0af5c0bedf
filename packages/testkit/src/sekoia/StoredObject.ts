import type { Json } from "@sallyport/language"
import { fieldOf, parseJson, textOf, textsOf } from "../json/JsonText.ts"
import { patternValues } from "../stix/PatternValues.ts"
import { isStixObject, type StixObject } from "../stix/StixObject.ts"
import { timeKey } from "../stix/TimeKey.ts"

/** One version of an object in the simulated service: its text, and what filters ask about. */
export class StoredObject {
  readonly id: string
  readonly type: string
  /** When it was changed, as text that sorts. Objects without a time have that of the one before them. */
  readonly changed: string
  readonly isRevoked: boolean
  /** When it ends, as text that sorts; undefined for never. */
  readonly validUntil: string | undefined
  readonly observableTypes: ReadonlyArray<string>
  readonly json: string

  constructor(object: StixObject, before: string) {
    this.id = object.id
    this.type = object.type
    this.changed = timeKey(textOf(object, "modified") ?? textOf(object, "created") ?? "") ?? before
    this.isRevoked = fieldOf(object, "revoked") === true
    this.validUntil = timeKey(textOf(object, "valid_until") ?? "")
    this.observableTypes = object.type === "indicator" ? observableTypes(object) : []
    this.json = JSON.stringify(object)
  }

  /** The object, made of its text anew each time: 200,000 of them are kept as texts only. */
  get object(): StixObject {
    const object: Json | undefined = parseJson(this.json)
    if (!isStixObject(object)) throw new Error("a stored object is an object of STIX")
    return object
  }
}

function observableTypes(object: StixObject): ReadonlyArray<string> {
  const named = textsOf(object, "x_ic_observable_types")
  return named.length > 0
    ? named
    : [...new Set(patternValues(textOf(object, "pattern") ?? "").map(({ type }) => type))]
}
