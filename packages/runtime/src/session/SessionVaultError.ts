import * as Schema from "effect/Schema"

/** Sessions cannot be read or kept. The message says why and what to do, and holds nothing of a session. */
export class SessionVaultError extends Schema.TaggedError<SessionVaultError>()("SessionVaultError", {
  message: Schema.String
}) {}
