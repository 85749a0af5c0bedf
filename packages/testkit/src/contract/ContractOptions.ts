import type { ConnectorService, HttpTransport, OpenConnection, SessionVault } from "@sallyport/runtime"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { JsonObject } from "../json/JsonText.ts"
import type { ManifestMockOptions } from "../mock/ManifestMock.ts"

/** What the contract needs to know about a connector. */
export interface ContractOptions<E = unknown> extends Pick<
  ManifestMockOptions,
  "config" | "secrets" | "reply"
> {
  /**
   * The connector: `openConnector(manifest, handlers)`, or the service of its layer. It is opened anew for each test, with
   * a connection to a mock of its manifest.
   */
  readonly connector: Effect.Effect<ConnectorService, E, HttpTransport | SessionVault | Scope.Scope>
  /** Runs for each connection before it is used, for instance to open and confirm a session. */
  readonly prepare?: (connection: OpenConnection) => Effect.Effect<unknown, E, Scope.Scope>
  /** Why an action has no example, by its name. */
  readonly withoutExamples?: { readonly [action: string]: string }
  /** The input of triggers, by their names. Default: none. */
  readonly triggers?: { readonly [trigger: string]: JsonObject }
}
