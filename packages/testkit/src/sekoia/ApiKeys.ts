import type { ReceivedRequest } from "../server/ReceivedRequest.ts"
import { Refusal } from "../server/Reply.ts"
import { sekoiaReplies } from "./SekoiaReplies.ts"

/** What a key may do. */
export type SekoiaPermission = "view intelligence" | "view feeds" | "manage feeds"

/** A key of the simulated service. */
export interface SekoiaKey {
  readonly state: "valid" | "expired" | "revoked"
  readonly permissions: ReadonlyArray<SekoiaPermission>
}

/** The keys that the simulated service knows. */
export class ApiKeys {
  readonly #keys = new Map<string, SekoiaKey>()

  /** Adds a key, or changes it. Default: valid, with all permissions. */
  set(key: string, properties: Partial<SekoiaKey> = {}): void {
    this.#keys.set(key, {
      state: "valid",
      permissions: allPermissions,
      ...this.#keys.get(key),
      ...properties
    })
  }

  /** Ends a request that has no valid bearer token, or one without the permission. */
  demand(request: ReceivedRequest, permission: SekoiaPermission | undefined): void {
    const key = /^Bearer (.+)$/i.exec(request.header("authorization") ?? "")?.[1]
    const known = key === undefined ? undefined : this.#keys.get(key)
    if (known === undefined) throw new Refusal(sekoiaReplies.invalidToken)
    if (known.state === "expired") throw new Refusal(sekoiaReplies.expiredToken)
    if (known.state === "revoked") throw new Refusal(sekoiaReplies.revokedToken)
    if (permission !== undefined && !known.permissions.includes(permission))
      throw new Refusal(sekoiaReplies.forbidden)
  }
}

const allPermissions: ReadonlyArray<SekoiaPermission> = ["view intelligence", "view feeds", "manage feeds"]
