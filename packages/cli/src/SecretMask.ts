import { isObject, type Json, isJsonList } from "@sallyport/language"
import { type CheckedAction, redactedMark } from "@sallyport/runtime"

/** Where secrets are in a value; see `CheckedAction.secretOutputs`. */
type SecretPaths = CheckedAction["secretOutputs"]

/**
 * The value with a mark in place of what its schema marks as secret. As deep as the value, which schemas keep to 128
 * levels.
 */
export const maskSecrets = (value: Json, paths: SecretPaths): Json => {
  if (paths.length === 0 || value === null) return value
  if (paths.some((path) => path.every((step) => step === "**"))) return redactedMark
  if (isJsonList(value)) return value.map((item, index) => maskSecrets(item, below(paths, String(index))))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, maskSecrets(inner, below(paths, name))])
  )
}

/**
 * Paths for parts of the value whose place in it is not known: the last names of each path, at any depth. Masks too much
 * rather than too little.
 */
export const anywhere = (paths: SecretPaths): SecretPaths =>
  paths.map((path) => {
    const last = path.findLastIndex((step) => step !== "*" && step !== "**")
    return last === -1 ? ["**"] : ["**", ...path.slice(last)]
  })

/** What is left of the paths one step further in. `**` may be over, or go on. */
const below = (paths: SecretPaths, step: string): SecretPaths =>
  paths.flatMap(([first, ...rest]) => {
    if (first === "**") return [[first, ...rest], ...below([rest], step)]
    return first === "*" || first === step ? [rest] : []
  })
