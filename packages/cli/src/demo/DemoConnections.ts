import type { CheckedManifest, OpenConnection } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import type * as Option from "effect/Option"
import type { ChildProcessSpawner } from "effect/process/ChildProcessSpawner"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { connectionsOf, openNamed } from "../ConnectorWiring.ts"
import type { Environment } from "../Environment.ts"
import { Failure } from "../Failure.ts"
import { manifestDirectory, manifestOf } from "../ManifestDirectory.ts"

/** The connections that the demo uses. */
export interface DemoConnections {
  readonly sekoia: OpenConnection
  readonly stix: OpenConnection
  readonly threatwinds: OpenConnection
}

type Needed = Environment | FileSystem.FileSystem | ChildProcessSpawner | Scope.Scope

/**
 * Opens the connections that are called as their connectors. Fails with everything that is missing of any of them, before
 * anything is sent.
 */
export const demoConnections = Effect.fn("demoConnections")(function* (
  manifests: Option.Option<string>,
  file: string | undefined
): Effect.fn.Return<DemoConnections, Failure, Needed> {
  const directory = yield* manifestDirectory(manifests)
  const sekoia = yield* manifestOf(directory, "sekoia")
  const threatwinds = yield* manifestOf(directory, "threatwinds")
  const stix = yield* manifestOf(directory, "stix")
  const connections = yield* connectionsOf([sekoia, threatwinds, stix], file)
  const open = (manifest: CheckedManifest) =>
    Effect.result(openNamed(manifest, connections, manifest.manifest.connector))
  const opened = {
    sekoia: yield* open(sekoia),
    threatwinds: yield* open(threatwinds),
    stix: yield* open(stix)
  }
  if (
    Result.isSuccess(opened.sekoia) &&
    Result.isSuccess(opened.threatwinds) &&
    Result.isSuccess(opened.stix)
  )
    return {
      sekoia: opened.sekoia.success,
      threatwinds: opened.threatwinds.success,
      stix: opened.stix.success
    }
  const failures = Object.values(opened).flatMap((result) => (Result.isFailure(result) ? result.failure : []))
  return yield* together(failures)
})

/** One failure of several: each with its own message. */
const together = (failures: ReadonlyArray<Failure>): Failure => {
  const [first, ...others] = failures
  if (first !== undefined && others.length === 0) return first
  return Failure.wrong("Connection", failures.map(({ message }) => message).join("\n"), {
    connections: failures.map(({ report }) => report)
  })
}
