import type { CheckedManifest, Connection, ConnectionError } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { ReceivedRequest } from "../server/ReceivedRequest.ts"
import type { Reply } from "../server/Reply.ts"
import {
  simulatedServer,
  type SimulatedServer,
  type SimulatedServerOptions
} from "../server/SimulatedServer.ts"
import { ActionExamples } from "./ActionExamples.ts"
import { mockConnection, type MockConnectionOptions } from "./MockConnection.ts"

/** What a mock does beside what its manifest says. */
export interface ManifestMockOptions extends SimulatedServerOptions, MockConnectionOptions {
  /** Asked first: what it answers is sent, undefined leaves the request to the examples. */
  readonly reply?: (request: ReceivedRequest) => Reply | undefined
}

/** A running mock of a service. */
export interface MockedService extends SimulatedServer {
  /** A connection to it: its URL as the settings that `http.base` reads, and invented secrets. */
  readonly connection: Connection
  /** Answers requests of an action with this one of its examples (from 0), whatever their input is. */
  readonly answerWith: (action: string, example: number) => void
  /** The recorded requests that were taken for requests of an action. */
  readonly requestsOf: (action: string) => ReadonlyArray<ReceivedRequest>
  /** The action that a recorded request was taken for; undefined for none. */
  readonly actionOf: (request: ReceivedRequest) => string | undefined
}

/**
 * A service on loopback that is made of a manifest alone.
 *
 * A request is taken for one of the action whose method and path fit, whatever base path stands before; of several, for
 * the one whose example it resembles most. The answer is the `response` of the example whose input makes exactly this
 * request, or else of the one that resembles it most, or of the one that `answerWith` chose. Without such an action it
 * is 404, for an action without such an example 501, both with a JSON `message`. Credentials are not looked at.
 */
export const ManifestMock = {
  /** Serves until the scope ends. Fails when a required setting has no value; see `MockConnectionOptions`. */
  make: (
    manifest: CheckedManifest,
    options: ManifestMockOptions = {}
  ): Effect.Effect<MockedService, ConnectionError, Scope.Scope> =>
    Effect.gen(function* () {
      const examples = new ActionExamples(manifest)
      const taken = new WeakMap<ReceivedRequest, string>()
      const server = yield* simulatedServer((request) => {
        const own = options.reply?.(request)
        if (own !== undefined) return own
        const answer = examples.answer(request)
        if (answer.action !== undefined) taken.set(request, answer.action)
        return answer.reply
      }, options)
      const connection = yield* Effect.fromResult(mockConnection(manifest, server.baseUrl, options))
      examples.knows(connection)
      const actionOf = (request: ReceivedRequest): string | undefined =>
        taken.get(request) ?? examples.answer(request).action
      return {
        ...server,
        connection,
        answerWith: (action, example) => examples.choose(action, example),
        requestsOf: (action) => server.requests.all.filter((request) => actionOf(request) === action),
        actionOf
      }
    })
} as const
