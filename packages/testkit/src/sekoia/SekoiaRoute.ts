import type { Route } from "../server/Router.ts"
import type { SekoiaPermission } from "./ApiKeys.ts"

/** An operation and what a key needs for it; undefined: any valid key will do. */
export interface SekoiaRoute extends Route {
  readonly permission: SekoiaPermission | undefined
}
