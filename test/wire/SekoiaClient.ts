import { readFileSync } from "node:fs"
import { join } from "node:path"
import { type Json, SourceFile } from "@sallyport/language"
import {
  type CheckedManifest,
  type ConnectionError,
  type HttpPoolError,
  HttpTransport,
  loadManifest,
  makeConnection,
  openConnector,
  type OpenConnection,
  type Poll,
  type PolledEvent,
  SessionVault
} from "@sallyport/runtime"
import { type SekoiaSimulation, SimulatedSekoia, type SimulatedSekoiaOptions } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"

/** The manifest of Sekoia as it is shipped. */
export const sekoiaManifest: CheckedManifest = shippedManifest("sekoia")

/**
 * The connector, connected to a service on loopback. What stands in brackets at the end of the names of its tests are the
 * rows of the notes about the real service that the test was written from.
 */
export interface SekoiaClient {
  readonly sekoia: SekoiaSimulation
  readonly connection: OpenConnection
}

/** Starts a simulated Sekoia and connects the real connector to it, over a socket. */
export const sekoiaClient = (
  options: SimulatedSekoiaOptions = {}
): Effect.Effect<SekoiaClient, ConnectionError | HttpPoolError, Scope.Scope> =>
  Effect.gen(function* () {
    const sekoia = yield* SimulatedSekoia.make(options)
    return { sekoia, connection: yield* openSekoia(sekoia.baseUrl, sekoia.apiKey) }
  })

/** The connector with a connection of its own: no other shares its pauses, places and sockets. */
export const openSekoia = (
  baseUrl: string,
  apiKey: string
): Effect.Effect<OpenConnection, ConnectionError | HttpPoolError, Scope.Scope> =>
  Effect.gen(function* () {
    const layers = yield* Layer.build(Layer.merge(HttpTransport.layer(), SessionVault.layerMemory))
    const handlers = { actions: new Map(), triggers: new Map() }
    const connector = yield* Effect.provide(openConnector(sekoiaManifest, handlers), layers)
    const made = makeConnection(sekoiaManifest, {
      name: "sekoia",
      config: { base_url: baseUrl },
      secrets: { api_key: Redacted.make(apiKey) }
    })
    return yield* connector.open(Result.getOrThrow(made))
  })

/** What polls gave until there was no more. */
export interface Pass {
  readonly polls: ReadonlyArray<Poll>
  readonly events: ReadonlyArray<PolledEvent>
  /** Of the events, in order. */
  readonly ids: ReadonlyArray<string>
  readonly warnings: ReadonlyArray<string>
  /** Of the last poll, as it comes back from where it was written down. */
  readonly state: Json
}

/**
 * Polls the feed until there is no more. Each state is written down as text and read again, as a restart does. Dies after
 * 500 polls: a feed that never ends is a mistake.
 */
export const pollAll = Effect.fnUntraced(function* (
  connection: OpenConnection,
  input: Json,
  from?: Json
): Effect.fn.Return<Pass, Effect.Error<ReturnType<OpenConnection["poll"]>>> {
  const polls: Array<Poll> = []
  let state = from
  while (polls.length < 500) {
    const poll = yield* connection.poll("feed", input, state)
    polls.push(poll)
    state = rewritten(poll.state)
    if (poll.more) continue
    const events = polls.flatMap(({ events }) => events)
    const warnings = polls.flatMap(({ warnings }) => warnings)
    return { polls, events, ids: events.map(({ event }) => textAt(event, "id")), warnings, state }
  }
  return yield* Effect.die(new Error("the feed does not end"))
})

/** A value as it comes back from where it was written down as JSON. */
export const rewritten = (value: Json): Json => {
  const read: unknown = JSON.parse(JSON.stringify(value))
  // `JSON.parse` gives nothing but JSON.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return read as Json
}

/** A part of a value, by its path; undefined where there is none. */
export const at = (value: Json | undefined, ...path: ReadonlyArray<string | number>): Json | undefined => {
  let found = value
  for (const name of path) {
    if (typeof found !== "object" || found === null) return undefined
    // Names of members and places in lists are read alike.
    const part: unknown = Object.hasOwn(found, name) ? Reflect.get(found, name) : undefined
    // A part of JSON is JSON.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    found = part as Json | undefined
  }
  return found
}

/** A part as text; empty where there is none. */
export const textAt = (value: Json | undefined, ...path: ReadonlyArray<string | number>): string => {
  const found = at(value, ...path)
  return typeof found === "string" ? found : ""
}

/** A part as a list; empty where there is none. */
export const listAt = (
  value: Json | undefined,
  ...path: ReadonlyArray<string | number>
): ReadonlyArray<Json> => {
  const found = at(value, ...path)
  return isList(found) ? found : []
}

/** The ids of the objects in a part. */
export const idsAt = (
  value: Json | undefined,
  ...path: ReadonlyArray<string | number>
): ReadonlyArray<string> => listAt(value, ...path).map((item) => textAt(item, "id"))

/** `Array.isArray` alone does not narrow a readonly array. */
const isList = (value: Json | undefined): value is ReadonlyArray<Json> => Array.isArray(value)

function shippedManifest(name: string): CheckedManifest {
  const path = join(import.meta.dirname, `../../manifests/${name}.yaml`)
  const { diagnostics, manifest } = loadManifest(new SourceFile(`${name}.yaml`, readFileSync(path, "utf8")))
  if (manifest === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"))
  return manifest
}
