import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { SessionKey, SessionVault, StoredSession } from "./SessionVault.ts"

/** A vault that ends with the process. */
export const memorySessionVault = (): SessionVault["Service"] => {
  const sessions = new Map<string, StoredSession>()
  return {
    get: (key) => Effect.sync(() => Option.fromUndefinedOr(sessions.get(textOf(key)))),
    put: (key, session) => Effect.sync(() => void sessions.set(textOf(key), session)),
    remove: (key) => Effect.sync(() => void sessions.delete(textOf(key)))
  }
}

const textOf = ({ connection, scheme }: SessionKey): string => JSON.stringify([connection, scheme])
