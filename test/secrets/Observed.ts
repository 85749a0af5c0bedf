import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import * as Metric from "effect/Metric"
import * as References from "effect/References"
import * as Tracer from "effect/Tracer"
import { inspect } from "node:util"
import type { Written } from "./Written.ts"

/**
 * Runs an effect with every span, log line of any level and metric going to `written`, and how it ended as programs and
 * people see it.
 */
export const observed = <A, E, R>(
  name: string,
  effect: Effect.Effect<A, E, R>,
  written: Written
): Effect.Effect<Exit.Exit<A, E>, never, R> =>
  Effect.gen(function* () {
    const spans: Array<Tracer.NativeSpan> = []
    const tracer = Tracer.make({
      span: (options) => {
        const span = new Tracer.NativeSpan(options)
        spans.push(span)
        return span
      }
    })
    const logger = Logger.make((entry) => {
      const annotations = entry.fiber.getRef(References.CurrentLogAnnotations)
      written.add(`log of ${name}`, whole([entry.message, entry.cause, annotations]))
    })
    const { exit, metrics } = yield* Effect.exit(effect).pipe(
      Effect.flatMap((exit) => Effect.map(Metric.snapshot, (metrics) => ({ exit, metrics }))),
      Effect.provide(Logger.layer([logger])),
      Effect.provideService(References.MinimumLogLevel, "All"),
      Effect.provideService(Tracer.Tracer, tracer),
      Effect.provideService(Metric.MetricRegistry, new Map())
    )
    for (const { attributes, events, links, name: title, status } of spans) {
      // What a span succeeded with is never exported; what it failed with is.
      const failure = status._tag === "Ended" && Exit.isFailure(status.exit) ? status.exit.cause : undefined
      written.add(`span of ${name}`, whole([title, [...attributes], events, links, failure]))
      if (failure !== undefined) written.add(`span of ${name}`, Cause.pretty(failure))
    }
    written.add(`metrics of ${name}`, whole(metrics))
    if (Exit.isFailure(exit)) {
      written.add(`error of ${name}`, whole(exit))
      written.add(`error of ${name} as JSON`, JSON.stringify(exit))
    }
    return exit
  })

const whole = (value: unknown): string =>
  inspect(value, { depth: 12, maxArrayLength: null, maxStringLength: null, breakLength: Infinity })
