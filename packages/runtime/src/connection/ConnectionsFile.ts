import type * as JsonSchema from "effect/JsonSchema"
import * as Schema from "effect/Schema"
import { editorSchema } from "../manifest/EditorSchema.ts"
import { patternText } from "../manifest/PatternText.ts"
import { SecretSource } from "./SecretSource.ts"

/** The name of a connection. */
export const ConnectionName = patternText({
  identifier: "ConnectionName",
  code: "SP0404",
  expected: "a name of small letters, digits and _, at most 64, such as sekoia_prod",
  description: "A name: a small letter, then small letters, digits and `_`; at most 64.",
  pattern: /^[a-z][a-z0-9_]{0,63}$/
})

const ConnectionEntry = Schema.Struct({
  connector: Schema.optionalKey(Schema.String).annotateKey({
    description: "The connector. Default: the name of the connection."
  }),
  config: Schema.optionalKey(Schema.Record(Schema.String, Schema.Json)).annotateKey({
    description:
      "The settings by name. What is left out is read from the variable CONNECTION_SETTING, or has its default."
  }),
  secrets: Schema.optionalKey(Schema.Record(Schema.String, SecretSource)).annotateKey({
    description: "Where each secret comes from. What is left out is read from the variable CONNECTION_SECRET."
  })
}).annotate({
  identifier: "Connection",
  expected: "a map with connector, config and secrets",
  description: "A connection to a service."
})

/** The vocabulary of `connections.yaml`. What settings and secrets there are, the connectors' manifests say. */
export const ConnectionsFile = Schema.Struct({
  connections: Schema.Record(ConnectionName, ConnectionEntry).annotateKey({
    description: "The connections by name."
  })
}).annotate({
  identifier: "Connections",
  title: "Sallyport connections",
  expected: "a map with connections",
  description: "The connections that playbooks and commands use."
})

/** The JSON Schema 2020-12 of `connections.yaml`, for editors. The same text every time. */
export const connectionsJsonSchema = (): JsonSchema.JsonSchema => editorSchema(ConnectionsFile)
