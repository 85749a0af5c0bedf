import * as Schema from "effect/Schema"

/** The file of connections cannot be read at all. What is wrong inside it are diagnostics. */
export class ConnectionsFileError extends Schema.TaggedError<ConnectionsFileError>()("ConnectionsFileError", {
  path: Schema.String,
  message: Schema.String
}) {}
