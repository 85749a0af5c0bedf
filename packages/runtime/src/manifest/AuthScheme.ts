import * as Schema from "effect/Schema"
import { DialectSchema } from "./DialectSchema.ts"
import { HeaderName } from "./Name.ts"
import { hasOneMethod, requestFields } from "./RequestTemplate.ts"
import { ExpressionText, TextTemplate } from "./TemplateText.ts"

/** The request that opens a session. What it answers is `session` from then on, stored encrypted. */
const SessionOpening = Schema.Struct({
  ...requestFields,
  body: Schema.optionalKey(DialectSchema).annotateKey({
    description: "The schema of what it answers. Without it `session` is checked when it is read."
  })
})
  .check(hasOneMethod)
  .annotate({
    identifier: "SessionOpening",
    description:
      "The request that opens a session. What it answers is `session`. Expressions see `config` and `secrets`."
  })

/** A question that a person answers, and the request that sends the answer. */
const SessionConfirmation = Schema.Struct({
  ask: TextTemplate.annotateKey({
    description: "The question, for a person. Expressions see `config` and `session`."
  }),
  ...requestFields
})
  .check(hasOneMethod)
  .annotate({
    identifier: "SessionConfirmation",
    description: "A question and the request that sends its `answer`, a text. It is waited for durably."
  })

/** The request that makes a session last longer. */
const SessionExtension = Schema.Struct(requestFields).check(hasOneMethod).annotate({
  identifier: "SessionExtension",
  description: "The request that is made with the session's headers before it expires."
})

/**
 * How requests prove who they are: by headers alone, or by a session, whose headers see `session`. A scheme can be used
 * when all secrets that it reads are given.
 */
export const AuthScheme = Schema.Struct({
  headers: Schema.Record(HeaderName, TextTemplate).annotateKey({
    description:
      "The headers of every request. Expressions see `config`, `secrets` and, in a session, `session`."
  }),
  open: Schema.optionalKey(SessionOpening).annotateKey({ description: "Opens a session." }),
  confirm: Schema.optionalKey(SessionConfirmation).annotateKey({
    description: "What a person must answer before a session can be used."
  }),
  extend: Schema.optionalKey(SessionExtension).annotateKey({
    description: "Extends a session that is about to expire."
  }),
  expires: Schema.optionalKey(ExpressionText).annotateKey({
    description: "When a session ends: Unix seconds, RFC 3339 text or a timestamp. Expressions see `session`."
  })
}).annotate({
  identifier: "AuthScheme",
  expected: "a map with headers, and open for a session",
  description: "How requests prove who they are. It can be used when all secrets that it reads are given."
})
