import * as Prompt from "effect/cli/Prompt"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Terminal from "effect/Terminal"
import { openChosen } from "../ChosenConnection.ts"
import { printResult } from "../CommandResult.ts"
import { connectorFailure } from "../ConnectorFailure.ts"
import { Failure } from "../Failure.ts"
import { plainText } from "../PlainText.ts"
import { sessionScheme } from "../SessionScheme.ts"
import { StandardStreams } from "../StandardStreams.ts"

/** Opens a session and answers its question, now or with a second call. */
export const login = Effect.fn("login")(function* (input: {
  readonly name: string
  readonly scheme: Option.Option<string>
  readonly code: Option.Option<string>
  readonly json: boolean
  readonly manifests: Option.Option<string>
}) {
  const streams = yield* StandardStreams
  const opened = yield* openChosen(input.name, input.manifests)
  const scheme = yield* sessionScheme(opened, input.scheme)
  const { confirm, open } = opened.sessions
  const result = (isConfirmed: boolean, question: string | undefined) =>
    printResult(input.json, {
      json: { connection: input.name, scheme, confirmed: isConfirmed, question: question ?? null },
      text: () =>
        isConfirmed
          ? `${input.name}: logged in (${scheme})\n`
          : `${input.name}: ${plainText(question ?? "")}\nanswer with: sallyport connections login ${input.name} --scheme ${scheme} --code CODE\n`
    })
  if (Option.isSome(input.code)) {
    yield* confirm(scheme, yield* givenCode(input.code.value)).pipe(Effect.mapError(connectorFailure))
    return yield* result(true, undefined)
  }
  const { question } = yield* open(scheme).pipe(Effect.mapError(connectorFailure))
  if (question === undefined) return yield* result(true, undefined)
  if (!streams.canAsk) return yield* result(false, question)
  yield* confirm(scheme, yield* ask(plainText(question))).pipe(Effect.mapError(connectorFailure))
  yield* result(true, question)
}, Effect.scoped)

const givenCode = Effect.fnUntraced(function* (code: string) {
  if (code !== "-") return Redacted.make(code)
  const { read } = yield* StandardStreams
  const text = yield* read(longestCode).pipe(Effect.mapError((message) => Failure.wrong("Input", message)))
  const answer = text.trim()
  return answer === "" ? yield* Failure.wrong("Input", "standard input holds no code") : Redacted.make(answer)
})

const longestCode = 4096

/** Asks where the person is: on standard error, as standard output may be a file. What is typed is not shown. */
const ask = Effect.fnUntraced(function* (question: string) {
  const { err } = yield* StandardStreams
  const terminal = yield* Terminal.Terminal
  return yield* Prompt.run(Prompt.Hidden({ message: question })).pipe(
    Effect.provideService(Terminal.Terminal, { ...terminal, display: err })
  )
})
