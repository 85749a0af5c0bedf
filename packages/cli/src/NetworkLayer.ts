import { HttpTransport } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { Environment } from "./Environment.ts"
import { Failure } from "./Failure.ts"
import { packageVersion } from "./PackageVersion.ts"
import { readTextFile } from "./TextFile.ts"

/** The transport of this process: with the proxies and the certificates that its environment names. */
export const networkLayer: Layer.Layer<HttpTransport, Failure, Environment | FileSystem.FileSystem> =
  Layer.unwrap(
    Effect.gen(function* () {
      const { caFiles, proxy } = yield* Environment
      const ca = yield* Effect.forEach(caFiles, (path) => readTextFile(path, "Network"))
      const { bypass, http, https } = proxy
      const isProxied = http !== undefined || https !== undefined
      return Layer.catchTag(
        HttpTransport.layer({
          userAgent: `sallyport/${packageVersion()}`,
          ...(ca.length === 0 ? {} : { ca }),
          ...(isProxied
            ? {
                proxy: {
                  ...(https === undefined ? {} : { https: Redacted.make(https) }),
                  ...(http === undefined ? {} : { http: Redacted.make(http) }),
                  bypass
                }
              }
            : {})
        }),
        "HttpPoolError",
        ({ message }) => Layer.effect(HttpTransport, Effect.fail(Failure.wrong("Network", message)))
      )
    })
  )
