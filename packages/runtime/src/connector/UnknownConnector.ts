import * as Schema from "effect/Schema"

/** There is no connector of that name. The message names those that there are. */
export class UnknownConnector extends Schema.TaggedError<UnknownConnector>()("UnknownConnector", {
  connector: Schema.String,
  message: Schema.String
}) {}
