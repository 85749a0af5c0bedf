import type { Json } from "@sallyport/language"
import type { CheckedManifest } from "@sallyport/runtime"
import type { JsonObject } from "../json/JsonText.ts"
import { decodedInput } from "../mock/ExpectedRequest.ts"

/** An input that an action must refuse. */
export interface WrongInput {
  /** What is wrong with it: `without "type"`. */
  readonly what: string
  readonly input: JsonObject
}

/** Inputs of an action that are wrong in one thing each, made of one that is right. */
export const wrongInputs = (
  manifest: CheckedManifest,
  name: string,
  right: JsonObject
): ReadonlyArray<WrongInput> => {
  const action = manifest.actions.get(name)
  if (action === undefined) return []
  const properties = [...action.input.properties]
  const missing = properties.flatMap(([input, { isRequired }]) => {
    if (!isRequired) return []
    const { [input]: _, ...others } = right
    return [{ what: `without "${input}"`, input: others }]
  })
  const mistyped = properties.flatMap(([input]) => {
    const wrong = otherTypes
      .map((value) => ({ ...right, [input]: value }))
      .find((candidate) => decodedInput(manifest.source, action, candidate) === undefined)
    return wrong === undefined ? [] : [{ what: `with a wrong "${input}"`, input: wrong }]
  })
  return [
    ...missing,
    ...mistyped,
    { what: "with an input that it does not have", input: { ...right, [unknownInput]: true } }
  ]
}

/** In no manifest: inputs are in small letters. */
const unknownInput = "notAnInputOfIt"

/** One of each kind of JSON: an input that takes all of them has no wrong type. */
const otherTypes: ReadonlyArray<Json> = [{ notAField: [true] }, [[[]]], true, 0.5, "", null]
