import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import type { HttpTransport } from "../http/HttpTransport.ts"
import type { SessionVault } from "../session/SessionVault.ts"
import type { CodeHandlers, HandlerServices, NothingUndeclared } from "./CodeHandlers.ts"
import type { ConnectorContract } from "./ConnectorContract.ts"
import type { ConnectorService } from "./ConnectorService.ts"
import { bindHandlers } from "./HandlerBinding.ts"
import { readManifestFile, requireNoCode } from "./ManifestFile.ts"
import type { ManifestInvalid } from "./ManifestInvalid.ts"
import { openConnector } from "./OpenConnector.ts"
import type { Operations } from "./Operations.ts"

declare const connectorName: unique symbol

/**
 * Stands for the connector of a name where effects and layers say what they need or give; there is no value of it. One
 * name never passes for another, nor for `string`: a name that is known only at run time is asked of `ConnectorRegistry`.
 */
export interface Connector<in out Name extends string> {
  readonly [connectorName]: (name: Name) => Name
}

/** Makes connectors: of a contract and its code, or of a manifest alone. */
export const Connector: {
  /** The key of the connector of that name: what it stands for in a context. */
  readonly key: <const Name extends string>(name: Name) => Context.Service<Connector<Name>, ConnectorService>

  /**
   * The connector of a contract, with a handler for each operation that is marked `implementation: code`, and for no
   * other. The layer needs what the handlers need, but for their scopes, which end with each call.
   */
  readonly layer: <const Name extends string, O extends Operations, H extends CodeHandlers<O>>(
    contract: ConnectorContract<Name, O>,
    handlers: H & NothingUndeclared<O, H>
  ) => Layer.Layer<Connector<Name>, never, HttpTransport | SessionVault | HandlerServices<H>>

  /**
   * The connector of a manifest that needs no code, read when the layer is built. Its name is known then: ask
   * `ConnectorRegistry` for it.
   */
  readonly fromManifest: (
    path: string
  ) => Layer.Layer<Connector<string>, ManifestInvalid, FileSystem.FileSystem | HttpTransport | SessionVault>
} = {
  key: (name) => Context.Service(`${connectorKeyPrefix}${name}`),

  layer: (contract, handlers) => Layer.effect(Connector.key(contract.name), opened(contract, handlers)),

  fromManifest: (path) =>
    Layer.effectContext(
      Effect.gen(function* () {
        const manifest = yield* readManifestFile(path)
        yield* requireNoCode(path, manifest)
        const service = yield* openConnector(manifest, { actions: new Map(), triggers: new Map() })
        return Context.make(Connector.key<string>(service.name), service)
      })
    )
}

/** What the keys of connectors begin with. */
export const connectorKeyPrefix = "@sallyport/runtime/connector/"

const opened = <Name extends string, O extends Operations, H extends CodeHandlers<O>>(
  contract: ConnectorContract<Name, O>,
  handlers: H
): Effect.Effect<ConnectorService, never, HttpTransport | SessionVault | HandlerServices<H>> =>
  Effect.flatMap(Effect.context<HandlerServices<H>>(), (services) =>
    openConnector(contract.manifest, bindHandlers<O, HandlerServices<H>>(handlers, services))
  )
