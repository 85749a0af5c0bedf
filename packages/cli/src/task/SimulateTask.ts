import { type CodeMail, SimulatedSekoia, SimulatedThreatWinds } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Queue from "effect/Queue"
import { Failure } from "../Failure.ts"
import { jsonLine } from "../JsonOutput.ts"
import { plainText } from "../PlainText.ts"
import { StandardStreams } from "../StandardStreams.ts"
import { readStixFile } from "../StixFile.ts"

/** Runs the simulated services until interrupted, after printing the variables that lead to them. */
export const simulate = Effect.fn("simulate")(function* (input: {
  readonly feed: Option.Option<string>
  readonly port: Option.Option<number>
  readonly json: boolean
}) {
  const { err, out } = yield* StandardStreams
  const objects = Option.isSome(input.feed) ? yield* readStixFile(input.feed.value) : undefined
  const port = (index: number): { readonly port?: number } =>
    Option.isSome(input.port) ? { port: input.port.value + index } : {}
  const sekoia = yield* SimulatedSekoia.make({
    ...port(0),
    ...(objects === undefined ? {} : { objects })
  }).pipe(started)
  const threatwinds = yield* started(SimulatedThreatWinds.make(port(1)))
  const variables = {
    SEKOIA_BASE_URL: sekoia.baseUrl,
    SEKOIA_API_KEY: sekoia.apiKey,
    THREATWINDS_BASE_URL: threatwinds.baseUrl,
    THREATWINDS_API_KEY: threatwinds.apiKey,
    THREATWINDS_API_SECRET: threatwinds.apiSecret,
    THREATWINDS_EMAIL: threatwinds.accounts.email
  }
  yield* out(
    input.json
      ? jsonLine(variables)
      : Object.entries(variables)
          .map(([name, value]) => `export ${name}=${value}\n`)
          .join("") + sessionRemark
  )
  const mails = yield* Queue.unbounded<CodeMail>()
  yield* Effect.acquireRelease(
    Effect.sync(() => threatwinds.accounts.mailbox.listen((mail) => Queue.offerUnsafe(mails, mail))),
    (stop) => Effect.sync(stop)
  )
  yield* err("sallyport: simulating until interrupted\n")
  return yield* Effect.forever(
    Effect.flatMap(Queue.take(mails), ({ code, to }) =>
      err(plainText(`sallyport: mail to ${to}: the code is ${code}`) + "\n")
    )
  )
}, Effect.scoped)

/** For whoever pastes it into a shell. */
const sessionRemark = `# The key pair goes before a session, which the e-mail address is for. To try sessions: unset THREATWINDS_API_KEY,
# then sallyport connections login threatwinds. The code of the mail is printed here when it is sent.
`

/** A port that is taken is no mistake of the program. */
const started = <A, R>(server: Effect.Effect<A, never, R>): Effect.Effect<A, Failure, R> =>
  Effect.catchDefect(server, (defect) => {
    const code: unknown = defect instanceof Error ? Reflect.get(causeOf(defect), "code") : undefined
    return code === "EADDRINUSE" || code === "EACCES"
      ? Effect.fail(Failure.wrong("Input", `the port cannot be used (${code}); choose another with --port`))
      : Effect.die(defect)
  })

const causeOf = (error: Error): Error => (error.cause instanceof Error ? error.cause : error)
