import * as Schema from "effect/Schema"
import { AuthChoice } from "./AuthChoice.ts"
import { DialectSchema } from "./DialectSchema.ts"
import { durationKey } from "./DurationText.ts"
import { Example } from "./Example.ts"
import { Pagination } from "./Pagination.ts"
import { InputMap } from "./PropertyMap.ts"
import { RequestTemplate } from "./RequestTemplate.ts"
import { ResponseRule } from "./ResponseRule.ts"
import { RetryRule } from "./RetryRule.ts"
import { StatusKey } from "./StatusKey.ts"

/** What an action does to the world. */
export const effects = ["read", "write", "destructive"] as const

/** What an action does to the world. */
export type ActionEffect = (typeof effects)[number]

/** One operation of a service: its contract, and the request that does it unless code does. */
export const Action = Schema.Struct({
  summary: Schema.String.annotateKey({ description: "What it does, in one line." }),
  description: Schema.optionalKey(Schema.String).annotateKey({
    description: "What there is to know. Markdown."
  }),
  effect: Schema.optionalKey(Schema.Literals(effects)).annotateKey({
    description:
      "What it does to the world; `read` is taken for granted where the method is GET or HEAD. It decides what is retried, what a dry run does, who must approve, and what an agent may call."
  }),
  idempotent: Schema.optionalKey(Schema.Boolean).annotateKey({
    description:
      "Whether doing it twice is the same as doing it once, so that it may be repeated after an unknown outcome."
  }),
  auth: Schema.optionalKey(AuthChoice).annotateKey({
    description:
      "The scheme under `auth` that this action uses instead of the connection's, or several, or `none`."
  }),
  timeout: durationKey("How long a call may take in all, instead of what `http` says."),
  retry: Schema.optionalKey(RetryRule).annotateKey({
    description: "When a failed call is made again, instead of what `http` says."
  }),
  input: Schema.optionalKey(InputMap).annotateKey({ description: "What it takes." }),
  output: Schema.optionalKey(DialectSchema).annotateKey({
    description: "The schema of what it gives. Without it, it gives null."
  }),
  request: Schema.optionalKey(RequestTemplate).annotateKey({ description: "The request that does it." }),
  response: Schema.optionalKey(Schema.Record(StatusKey, ResponseRule)).annotateKey({
    description: "What responses mean, by status. The rule of a status wins over that of its class."
  }),
  paginate: Schema.optionalKey(Pagination).annotateKey({ description: "How to go on to the next page." }),
  implementation: Schema.optionalKey(Schema.Literal("code")).annotateKey({
    description: "`code`: the connector does it in TypeScript, instead of a request."
  }),
  examples: Schema.optionalKey(Schema.Array(Example)).annotateKey({
    description: "Calls from input to output. They drive the mock, the documentation and a test."
  }),
  deprecated: Schema.optionalKey(
    Schema.Union([Schema.Boolean, Schema.String]).annotate({ expected: "true, or what to use instead" })
  ).annotateKey({
    description: "Whether it should no longer be used, or what to use instead."
  })
}).annotate({
  identifier: "Action",
  expected: "a map with a summary and a request or implementation: code",
  description: "One operation of the service."
})
