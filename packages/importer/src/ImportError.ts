import * as Schema from "effect/Schema"

/** A folder that no manifest can be made of. */
export class ImportError extends Schema.TaggedError<ImportError>()("ImportError", {
  /** The folder as it was given. */
  directory: Schema.String,
  /** Why, and what to do. */
  message: Schema.String
}) {}
