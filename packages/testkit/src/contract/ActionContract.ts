import { describe, expect, it } from "vitest"
import type { CheckedAction, CheckedManifest } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { type JsonObject, plainText } from "../json/JsonText.ts"
import { decodedInput, expectedRequest, fitOf } from "../mock/ExpectedRequest.ts"
import type { Example } from "../mock/ExampleReply.ts"
import type { MockedService } from "../mock/ManifestMock.ts"
import { Fault } from "../server/Fault.ts"
import type { ReceivedRequest } from "../server/ReceivedRequest.ts"
import { ambiguousFaults, tellingFaults } from "./ContractFaults.ts"
import { effectTest } from "./EffectTest.ts"
import type { ContractOptions } from "./ContractOptions.ts"
import { contractSetting } from "./ContractSetting.ts"
import { whileTimePasses } from "../time/PassingTime.ts"
import { Witness } from "./Witness.ts"
import { wrongInputs } from "./WrongInputs.ts"

/** Registers the tests of one action. */
export const actionContract = (
  manifest: CheckedManifest,
  action: CheckedAction,
  options: ContractOptions
): void => {
  const examples = manifest.manifest.actions?.[action.name]?.examples ?? []
  const right = examples[0]?.input ?? {}

  it("has an example, or a reason why it has none", () => {
    expect(examples.length > 0 || (options.withoutExamples?.[action.name] ?? "") !== "").toBe(true)
  })

  for (const [index, example] of examples.entries())
    describe(`in the example ${JSON.stringify(example.summary ?? index + 1)}`, () =>
      exampleContract(manifest, action, options, { example, index }))

  for (const { input, what } of wrongInputs(manifest, action.name, right))
    effectTest(`refuses an input ${what} before any request`, () =>
      Effect.gen(function* () {
        const { connection, mock } = yield* contractSetting(manifest, options)
        const error = yield* Effect.flip(connection.call(action.name, input))
        expect([error.reason._tag, error.attempts, error.outcomeUnknown]).toEqual(["InvalidInput", 0, false])
        expect(mock.requests.lines).toEqual([])
      })
    )

  if (examples.length === 0) return
  secretContract(manifest, action, options, right)
  if (isRepeatable(manifest, action.name)) repetitionContract(manifest, action, options, examples)
  else singleContract(manifest, action, options, right)
}

/** Whether a second request changes nothing. */
const isRepeatable = (manifest: CheckedManifest, name: string): boolean => {
  const action = manifest.actions.get(name)
  if (action === undefined) return false
  const { effect, idempotent, request } = action
  return effect === "read" || idempotent || request?.method === "GET" || request?.method === "HEAD"
}

const exampleContract = (
  manifest: CheckedManifest,
  action: CheckedAction,
  options: ContractOptions,
  { example, index }: { readonly example: Example; readonly index: number }
): void => {
  const { input = {}, output, response } = example
  it("has an input that fits", () => {
    expect(decodedInput(manifest.source, action, input)).toBeDefined()
  })

  const { request } = action
  if (request === undefined) {
    if (output === undefined) return
    effectTest("gives exactly its output", () =>
      Effect.gen(function* () {
        const { connection } = yield* contractSetting(manifest, options)
        expect(yield* whileTimePasses(connection.call(action.name, input))).toEqual(output)
      })
    )
    return
  }
  if (response === undefined) return
  effectTest(
    "sends exactly its request, once, with each name of the query once, and gives exactly its output",
    () =>
      Effect.gen(function* () {
        const { connection, mock } = yield* contractSetting(manifest, options)
        mock.answerWith(action.name, index)
        const given = yield* whileTimePasses(connection.call(action.name, input))
        if (output !== undefined) expect(given).toEqual(output)
        expect(mock.requests.lines.length).toBe(1)
        const [sent] = mock.requests.all
        const names = sent?.query.map(([name]) => name) ?? []
        expect(new Set(names).size).toBe(names.length)
        const decoded = decodedInput(manifest.source, action, input) ?? {}
        const expected = expectedRequest(request, {
          config: mock.connection.config,
          secrets: secretsOf(mock),
          input: decoded
        })
        const isExact = sent !== undefined && expected !== undefined && fitOf(expected, sent).isExact
        expect(isExact, `sent ${mock.requests.lines.join()}, expected ${JSON.stringify(expected)}`).toBe(true)
      })
  )
}

const secretContract = (
  manifest: CheckedManifest,
  action: CheckedAction,
  options: ContractOptions,
  input: JsonObject
): void => {
  const marked = secretValues(action, input)
  effectTest("shows no secret in an error, a log line or a span, whatever the service answers", () =>
    Effect.gen(function* () {
      const secrets = [
        ...Object.values(secretsOf((yield* contractSetting(manifest, options)).mock)),
        ...marked
      ]
      for (const { fault, status, what } of tellingFaults(secrets)) {
        const { connection, mock } = yield* contractSetting(manifest, options)
        mock.faults.add(fault, { times: Infinity })
        const witness = new Witness()
        const error = yield* whileTimePasses(witness.watch(connection.call(action.name, input)))
        const isDeclared = status === undefined || action.responses.has(String(status))
        if (!isDeclared) expect(error, what).toBeDefined()
        for (const secret of secrets) expect(witness.seen, what).not.toContain(secret)
      }
    })
  )
}

const repetitionContract = (
  manifest: CheckedManifest,
  action: CheckedAction,
  options: ContractOptions,
  examples: ReadonlyArray<Example>
): void => {
  const retry = manifest.manifest.actions?.[action.name]?.retry ?? manifest.manifest.http?.retry
  if (retry === undefined || (retry.attempts ?? 3) < 2) return
  const index = examples.findIndex(
    ({ output, response }) => output !== undefined && (response !== undefined || action.request === undefined)
  )
  const example = examples[index]
  if (example === undefined) return
  effectTest("repeats its request after each failure that is declared to be worth it", () =>
    Effect.gen(function* () {
      for (const cause of retry.on) {
        if (cause === "timeout") continue
        const { connection, mock } = yield* contractSetting(manifest, options)
        if (action.request !== undefined) mock.answerWith(action.name, index)
        mock.faults.add(cause === "network" ? Fault.reset() : Fault.status(cause))
        const given = yield* whileTimePasses(connection.call(action.name, example.input ?? {}))
        expect(given, `after ${cause}`).toEqual(example.output)
        const [first, second] = mock.requests.lines
        expect(first, `after ${cause}`).toBeDefined()
        expect(second, `after ${cause}`).toBe(first)
      }
    })
  )
}

const singleContract = (
  manifest: CheckedManifest,
  action: CheckedAction,
  options: ContractOptions,
  input: JsonObject
): void => {
  effectTest("sends nothing twice after a failure that leaves its outcome unknown, and says so", () =>
    Effect.gen(function* () {
      for (const { fault, what } of ambiguousFaults) {
        const { connection, mock } = yield* contractSetting(manifest, options)
        const changes = (request: ReceivedRequest): boolean => {
          const name = mock.actionOf(request)
          return name === undefined
            ? request.method !== "GET" && request.method !== "HEAD"
            : !isRepeatable(manifest, name)
        }
        mock.faults.add(fault, { times: Infinity, when: changes })
        const error = yield* whileTimePasses(new Witness().watch(connection.call(action.name, input)))
        const sent = mock.requests.all.filter(changes)
        const different = new Set(sent.map(({ method, target, text }) => `${method} ${target} ${text}`))
        expect(sent.length, `after ${what}`).toBeGreaterThan(0)
        expect(sent.length, `after ${what}`).toBe(different.size)
        // It is no failure where the answer is not needed to know that it was done.
        if (error !== undefined)
          expect([error.outcomeUnknown, error.retryable], `after ${what}`).toEqual([true, false])
      }
    })
  )
}

const secretsOf = ({ connection }: MockedService): { readonly [name: string]: string } =>
  Object.fromEntries([...connection.secrets].map(([name, secret]) => [name, Redacted.value(secret)]))

/** The values of inputs that are secret as a whole, if they are long enough to be told from other texts. */
const secretValues = ({ secretInputs }: CheckedAction, given: JsonObject): ReadonlyArray<string> =>
  secretInputs.flatMap(([name = "", ...inner]) => {
    const value = inner.length === 0 ? given[name] : undefined
    const text = value === undefined || value === null ? "" : plainText(value)
    return text.length >= 4 ? [text] : []
  })
