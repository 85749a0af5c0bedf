import * as Effect from "effect/Effect"

/**
 * The handler of a command whose code is loaded when it is called: `--help` and `--version` then need none of it, and
 * no command needs that of another.
 */
export const lazyTask =
  <Input, E, R>(
    load: () => Promise<(input: Input) => Effect.Effect<void, E, R>>
  ): ((input: Input) => Effect.Effect<void, E, R>) =>
  (input) =>
    Effect.flatMap(Effect.promise(load), (task) => task(input))
