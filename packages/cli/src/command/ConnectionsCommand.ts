import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { jsonFlag } from "./JsonFlag.ts"
import { lazyTask } from "./LazyTask.ts"
import { manifestsFlag } from "./ManifestsFlag.ts"

const name = Argument.String("name").pipe(Argument.withDescription("The name of a connection"))

const scheme = Flag.String("scheme").pipe(
  Flag.withMetavar("NAME"),
  Flag.withDescription("The scheme of the manifest whose session it is; default: the only one"),
  Flag.optional
)

const checkCommand = Command.make(
  "check",
  {
    names: Argument.String("name").pipe(
      Argument.withDescription("Names of connections; default: all that something is given of"),
      Argument.variadic()
    ),
    json: jsonFlag,
    manifests: manifestsFlag
  },
  lazyTask(async () => (await import("../task/CheckConnectionsTask.ts")).checkConnections)
).pipe(
  Command.withDescription(
    "Try connections: read their secrets, and make the call that the manifest names for this."
  ),
  Command.withShortDescription("Try connections"),
  Command.withExamples([
    { command: "sallyport connections check", description: "All of them" },
    { command: "sallyport connections check sekoia --json" }
  ])
)

const loginCommand = Command.make(
  "login",
  {
    name,
    scheme,
    code: Flag.String("code").pipe(
      Flag.withMetavar("CODE|-"),
      Flag.withDescription(
        "Answer the question of the session that was opened before, here or from standard input with -"
      ),
      Flag.optional
    ),
    json: jsonFlag,
    manifests: manifestsFlag
  },
  lazyTask(async () => (await import("../task/LoginTask.ts")).login)
).pipe(
  Command.withDescription(
    "Open a session, for connectors that need one. The service's question is asked on the terminal; without one, answer it with a second call and --code."
  ),
  Command.withShortDescription("Open a session"),
  Command.withExamples([
    { command: "sallyport connections login threatwinds", description: "On a terminal" },
    {
      command: "read-code-from-mail | sallyport connections login threatwinds --code -",
      description: "The answer, in a script that opened the session before"
    }
  ])
)

const logoutCommand = Command.make(
  "logout",
  { name, scheme, json: jsonFlag, manifests: manifestsFlag },
  lazyTask(async () => (await import("../task/LogoutTask.ts")).logout)
).pipe(
  Command.withDescription("Forget the sessions of a connection. The service is not told."),
  Command.withShortDescription("Forget sessions"),
  Command.withExamples([{ command: "sallyport connections logout threatwinds" }])
)

/** `sallyport connections` */
export const connectionsCommand = Command.make(
  "connections",
  { json: jsonFlag, manifests: manifestsFlag },
  lazyTask(async () => (await import("../task/ListConnectionsTask.ts")).listConnections)
).pipe(
  Command.withDescription(
    "List the connections: where each property comes from, and what is missing. Never a value."
  ),
  Command.withShortDescription("List connections, try them, open their sessions"),
  Command.withExamples([
    { command: "sallyport connections" },
    { command: "sallyport connections check", description: "Does each of them work?" }
  ]),
  Command.withSubcommands([checkCommand, loginCommand, logoutCommand])
)
