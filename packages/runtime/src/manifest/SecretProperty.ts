import * as Schema from "effect/Schema"

/** A secret of a connection: always a text, redacted everywhere, never in the scope of a playbook. */
export const SecretProperty = Schema.Struct({
  title: Schema.optionalKey(Schema.String).annotateKey({ description: "What it is called in forms." }),
  description: Schema.optionalKey(Schema.String).annotateKey({
    description: "What it is and where one gets it. Markdown."
  })
}).annotate({
  identifier: "Secret",
  expected: "a map with a description of the secret",
  description: "A secret of the connection, a text."
})
