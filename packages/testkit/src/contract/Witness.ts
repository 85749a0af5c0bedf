import type { ConnectorError } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import * as Tracer from "effect/Tracer"
import { inspect } from "node:util"

/** Sees all that a call lets others see: its error, its spans and what it logs at any level. */
export class Witness {
  readonly #seen: Array<string> = []
  readonly #spans: Array<Tracer.NativeSpan> = []

  /** Everything that was seen, as text. */
  get seen(): string {
    const spans = this.#spans.map(({ attributes, events, name }) => shown([name, attributes, events]))
    return [...this.#seen, ...spans].join("\n")
  }

  /** Runs a call under the eyes of this witness. Gives the error, if it fails. */
  watch<A, R>(
    call: Effect.Effect<A, ConnectorError, R>
  ): Effect.Effect<ConnectorError | undefined, never, R> {
    const tracer = Tracer.make({
      span: (options) => {
        const span = new Tracer.NativeSpan(options)
        this.#spans.push(span)
        return span
      }
    })
    const logger = Logger.make((entry) => {
      const annotations = entry.fiber.getRef(References.CurrentLogAnnotations)
      this.#seen.push(shown([entry.message, entry.cause, annotations]))
    })
    return Effect.match(call, { onFailure: (error) => error, onSuccess: () => undefined }).pipe(
      Effect.tap((error) => Effect.sync(() => this.#saw(error))),
      Effect.provide(Logger.layer([logger])),
      Effect.provideService(References.MinimumLogLevel, "All"),
      Effect.provideService(Tracer.Tracer, tracer)
    )
  }

  #saw(error: ConnectorError | undefined): void {
    if (error !== undefined) this.#seen.push(shown(error), JSON.stringify(error), String(error))
  }
}

const shown = (value: unknown): string =>
  inspect(value, { depth: 12, maxStringLength: null, breakLength: Infinity })
