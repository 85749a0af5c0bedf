import type * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import type { ConnectorError } from "../ConnectorError.ts"
import type { HandlerContext } from "./ConnectorService.ts"
import type { ActionName, Operations } from "./Operations.ts"

/** What a handler may use of the connection that it is called for, by the types of its manifest. */
export interface ActionContext<O extends Operations> extends Pick<
  HandlerContext,
  "connection" | "error" | "idempotencyKey"
> {
  /** The settings of the connection, with defaults. */
  readonly config: O["config"]
  /** Calls another action of the same connector through the same connection. */
  readonly call: <A extends ActionName<O>>(
    action: A,
    given: O["actions"][A]["given"]
  ) => Effect.Effect<O["actions"][A]["output"], ConnectorError>
  /** A secret of the connection; undefined when it is optional and not given. */
  readonly secret: <S extends keyof O["secrets"] & string>(
    name: S
  ) => O["secrets"][S] extends "required" ? Redacted.Redacted : Redacted.Redacted | undefined
}

/** The context of a handler, seen through the types that were generated from the manifest. */
export const actionContext = <O extends Operations>(context: HandlerContext): ActionContext<O> => {
  const typed: UntypedContext = {
    connection: context.connection,
    error: context.error,
    idempotencyKey: context.idempotencyKey,
    config: context.connection.config,
    call: (action, given) => context.call(action, given),
    secret: (name) => context.connection.secrets.get(name)
  }
  // `O` says what the manifest says. By it the settings and secrets of a connection are checked when it is opened, and
  // what `call` gives before it is given: all that is left is to tell the compiler.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return typed as ActionContext<O>
}

interface UntypedContext extends Pick<HandlerContext, "connection" | "error" | "idempotencyKey" | "call"> {
  readonly config: HandlerContext["connection"]["config"]
  readonly secret: (name: string) => Redacted.Redacted | undefined
}
