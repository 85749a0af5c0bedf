import * as Schema from "effect/Schema"

/** One thing that is wrong with a connection. */
export const ConnectionProblem = Schema.Struct({
  /** The setting or secret, such as `api_key`; absent when it is about the connection as a whole. */
  property: Schema.optionalKey(Schema.String),
  /** What is wrong and what to do, without values. */
  message: Schema.String
})
/** One thing that is wrong with a connection. */
export type ConnectionProblem = typeof ConnectionProblem.Type

/** A connection that cannot be used as it is configured. Nothing was sent, and nothing of a value is in it. */
export class ConnectionError extends Schema.TaggedError<ConnectionError>()("ConnectionError", {
  connection: Schema.String,
  connector: Schema.String,
  /** All problems in one text, one a line. */
  message: Schema.String,
  problems: Schema.Array(ConnectionProblem)
}) {}
