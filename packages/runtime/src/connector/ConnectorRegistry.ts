import { suggest } from "@sallyport/language"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { Connector, connectorKeyPrefix } from "./Connector.ts"
import { ConnectorClash } from "./ConnectorClash.ts"
import type { ConnectorService } from "./ConnectorService.ts"
import { UnknownConnector } from "./UnknownConnector.ts"

/** The connectors of a program, by name. */
export class ConnectorRegistry extends Context.Service<
  ConnectorRegistry,
  {
    /** All of them, by name in alphabetical order. */
    readonly list: ReadonlyArray<ConnectorService>
    /** The connector of a name; the error says which ones there are. */
    readonly get: (name: string) => Effect.Effect<ConnectorService, UnknownConnector>
  }
>()("@sallyport/runtime/connector/ConnectorRegistry") {
  /**
   * The connectors of these layers. Fails when two of them have one name; a layer that is given twice is built once and
   * is no clash.
   */
  static layer<const Layers extends ReadonlyArray<Layer.Any>>(
    ...layers: Layers
  ): Layer.Layer<
    ConnectorRegistry,
    ConnectorClash | Layer.Error<Layers[number]>,
    Layer.Services<Layers[number]>
  >
  /** Of layers whose errors and needs are one type each. */
  static layer<E, R>(
    ...layers: ReadonlyArray<Layer.Layer<never, E, R>>
  ): Layer.Layer<ConnectorRegistry, ConnectorClash | E, R> {
    // With one memo map, so that what the layers have in common is made once.
    return Layer.fromBuildMemo((memoMap, scope) =>
      Effect.gen(function* () {
        const contexts = yield* Effect.forEach(layers, (layer) =>
          Layer.buildWithMemoMap(layer, memoMap, scope)
        )
        return Context.make(ConnectorRegistry, yield* registry(contexts.flatMap(connectorsIn)))
      })
    )
  }
}

const registry = (
  services: ReadonlyArray<ConnectorService>
): Effect.Effect<ConnectorRegistry["Service"], ConnectorClash> => {
  const byName = new Map<string, ConnectorService>()
  for (const service of services) {
    const earlier = byName.get(service.name)
    if (earlier !== undefined && earlier !== service) return Effect.fail(clash(earlier, service))
    byName.set(service.name, service)
  }
  return Effect.succeed({
    list: [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    get: (name) => {
      const service = byName.get(name)
      return service === undefined ? Effect.fail(unknown(name, [...byName.keys()])) : Effect.succeed(service)
    }
  })
}

const connectorsIn = (context: Context.Context<never>): ReadonlyArray<ConnectorService> =>
  [...context.mapUnsafe.keys()].flatMap((key) =>
    key.startsWith(connectorKeyPrefix)
      ? Option.toArray(Context.getOption(context, Connector.key(key.slice(connectorKeyPrefix.length))))
      : []
  )

const clash = (first: ConnectorService, second: ConnectorService): ConnectorClash =>
  new ConnectorClash({
    connector: first.name,
    message:
      `there are two connectors "${first.name}": ${origin(first)}, and ${origin(second)}. ` +
      "Give one of them another name, in its manifest and its file."
  })

const origin = ({ digest, manifest }: ConnectorService): string =>
  `${manifest.file.path} (version ${manifest.manifest.version}, ${digest.slice(0, digestShown)})`

/** `sha256:` and twelve digits: enough to tell two manifests apart. */
const digestShown = 19

const unknown = (name: string, names: ReadonlyArray<string>): UnknownConnector => {
  const meant = suggest(name, names)
  const known = names.length === 0 ? "there are none" : `there are ${names.toSorted().join(", ")}`
  const help = meant === undefined ? known : `did you mean ${meant}?`
  const shown = name.length > 60 ? `${name.slice(0, 59)}…` : name
  return new UnknownConnector({
    connector: shown,
    message: `there is no connector ${JSON.stringify(shown)}: ${help}`
  })
}
