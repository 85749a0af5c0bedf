import * as Schema from "effect/Schema"

/** What is sealed cannot be opened, or there is no key. The message holds nothing of a key or of what is sealed. */
export class SecretBoxError extends Schema.TaggedError<SecretBoxError>()("SecretBoxError", {
  /**
   * `key`: the keys that were given cannot be used. `format`: this is no sealed text. `unknown_key`: it was sealed with
   * a key that is not given. `refused`: it was changed, or sealed for another context.
   */
  reason: Schema.Literals(["key", "format", "unknown_key", "refused"]),
  message: Schema.String
}) {}
