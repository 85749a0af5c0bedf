import * as Schema from "effect/Schema"
import { ActionCall } from "./ActionCall.ts"
import { SettingName } from "./Name.ts"
import { SettingMap } from "./PropertyMap.ts"
import { SecretProperty } from "./SecretProperty.ts"

/** What a person fills in to connect, and how the connection is tried. */
export const ConnectionForm = Schema.Struct({
  config: Schema.optionalKey(SettingMap).annotateKey({
    description: "Settings that are not secret. Expressions see them as `config`."
  }),
  secrets: Schema.optionalKey(Schema.Record(SettingName, SecretProperty)).annotateKey({
    description:
      "Secrets by name; `name?` is optional. They are texts, redacted everywhere, and can be read in headers, queries and bodies of requests only."
  }),
  check: Schema.optionalKey(
    Schema.Union([ActionCall, Schema.Array(ActionCall)]).annotate({
      identifier: "ConnectionCheck",
      expected: "a map with an action and its input, or a list of them",
      description: "A call, or several: the first that the connection can prove who it is for is made."
    })
  ).annotateKey({
    description: "The call that `sallyport connections check` makes to see whether a connection works."
  })
}).annotate({
  identifier: "Connection",
  expected: "a map with config, secrets and check",
  description: "What a connection to the service needs."
})
