import {
  Fault,
  type SekoiaSimulation,
  SimulatedSekoia,
  type SimulatedSekoiaOptions
} from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { join } from "node:path"
import { onlyManifest, temporaryDirectory } from "./Sallyport.ts"

/** A simulated Sekoia, a directory of its own, and the environment that leads a process to both. */
export interface SekoiaWorld {
  readonly sekoia: SekoiaSimulation
  readonly cwd: string
  readonly env: { readonly [name: string]: string }
}

/** For one test. */
export const sekoiaWorld = (
  options: SimulatedSekoiaOptions = {}
): Effect.Effect<SekoiaWorld, never, Scope.Scope> =>
  Effect.gen(function* () {
    const sekoia = yield* SimulatedSekoia.make(options)
    const cwd = yield* temporaryDirectory
    const env = {
      SALLYPORT_MANIFESTS: yield* onlyManifest("sekoia"),
      SALLYPORT_STATE_DIR: join(cwd, "state"),
      SEKOIA_BASE_URL: sekoia.baseUrl,
      SEKOIA_API_KEY: sekoia.apiKey
    }
    return { sekoia, cwd, env }
  })

/** The next request is not answered: `arrived` is done when it is there, and `release` lets it go on. */
export const holdNextRequest = ({
  faults
}: SekoiaSimulation): { readonly arrived: Effect.Effect<void>; readonly release: () => void } => {
  const silent = Fault.silent()
  const arrival = Promise.withResolvers<undefined>()
  faults.add(silent, {
    when: () => {
      arrival.resolve(undefined)
      return true
    }
  })
  return { arrived: Effect.asVoid(Effect.promise(() => arrival.promise)), release: silent.release }
}
