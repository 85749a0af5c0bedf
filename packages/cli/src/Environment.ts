import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import { homedir } from "node:os"
import { join } from "node:path"

/** The environment variables of the process; the only place that reads them. */
export class Environment extends Context.Service<
  Environment,
  {
    /** All of them, for the properties of connections, which have names of their own. */
    readonly variables: { readonly [name: string]: string | undefined }
    /** `SALLYPORT_MANIFESTS`: where manifests are. Default: `manifests`. */
    readonly manifests: string
    /** `SALLYPORT_CONNECTIONS`: the file of connections. Undefined: `connections.yaml`, when there is one. */
    readonly connections: string | undefined
    /** `SALLYPORT_STATE_DIR`: where sessions are kept. Default: `sallyport` in the state directory of the user. */
    readonly stateDirectory: string
    /** `SALLYPORT_ALLOW_HTTP`: plain http to other machines than this one. */
    readonly allowHttp: boolean
    /** `SALLYPORT_CA_FILE` and `NODE_EXTRA_CA_CERTS`: files with certificates to trust, too. */
    readonly caFiles: ReadonlyArray<string>
    /** `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, or the same in lower case, which goes first. Never for loopback. */
    readonly proxy: ProxyVariables
  }
>()("@sallyport/cli/Environment") {
  /** That of this process. */
  static readonly layer: Layer.Layer<Environment> = Layer.sync(Environment, () =>
    // oxlint-disable-next-line node/no-process-env -- the one place that reads it
    Environment.fromVariables(process.env)
  )

  /** What variables say; an empty one is one that is not set. */
  static fromVariables(variables: { readonly [name: string]: string | undefined }): Environment["Service"] {
    const given = (...names: ReadonlyArray<string>): string | undefined =>
      names.map((name) => variables[name]).find((value) => value !== undefined && value !== "")
    const stateHome = given("XDG_STATE_HOME") ?? join(homedir(), ".local", "state")
    return {
      variables,
      manifests: given("SALLYPORT_MANIFESTS") ?? "manifests",
      connections: given("SALLYPORT_CONNECTIONS"),
      stateDirectory: given("SALLYPORT_STATE_DIR") ?? join(stateHome, "sallyport"),
      allowHttp: /^(?:1|true|yes|on)$/i.test(given("SALLYPORT_ALLOW_HTTP") ?? ""),
      caFiles: [given("SALLYPORT_CA_FILE"), given("NODE_EXTRA_CA_CERTS")].filter(
        (file) => file !== undefined
      ),
      proxy: {
        https: given("https_proxy", "HTTPS_PROXY"),
        http: given("http_proxy", "HTTP_PROXY"),
        bypass: [...loopback, ...(given("no_proxy", "NO_PROXY") ?? "").split(/[\s,]+/)].filter(
          (host) => host !== ""
        )
      }
    }
  }
}

/** Addresses of proxies as they are given, which may hold passwords, and the hosts that are reached without. */
export interface ProxyVariables {
  readonly https: string | undefined
  readonly http: string | undefined
  readonly bypass: ReadonlyArray<string>
}

/** What this machine asks itself is no business of a proxy, and may go over plain http because it stays here. */
const loopback = ["localhost", "127.0.0.1", "[::1]"]
