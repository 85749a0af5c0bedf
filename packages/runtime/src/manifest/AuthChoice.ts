import * as Schema from "effect/Schema"

/** Names of schemes: one, or several in the order of preference. */
export const AuthChoice = Schema.Union([Schema.String, Schema.Array(Schema.String)]).annotate({
  identifier: "AuthChoice",
  expected: "the name of a scheme under auth, or a list of such names",
  description: "A scheme under `auth`, or several: the first whose secrets are all given is used."
})
