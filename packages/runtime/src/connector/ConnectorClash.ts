import * as Schema from "effect/Schema"

/** Two connectors of one name. The message says of both which manifest they are of. */
export class ConnectorClash extends Schema.TaggedError<ConnectorClash>()("ConnectorClash", {
  connector: Schema.String,
  message: Schema.String
}) {}
