import { schemaMap } from "./DialectSchema.ts"
import { InputName, SettingName } from "./Name.ts"

/** Inputs by name, each with the schema of its value. */
export const InputMap = schemaMap(InputName).annotate({
  identifier: "InputMap",
  expected: "a map of names to schemas",
  description: "The inputs by name, each with its schema. `name?` is optional; a `default` is filled in."
})

/** Settings by name, each with the schema of its value. */
export const SettingMap = schemaMap(SettingName).annotate({
  identifier: "SettingMap",
  expected: "a map of names to schemas",
  description: "The settings by name, each with its schema. `name?` is optional; a `default` is filled in."
})
