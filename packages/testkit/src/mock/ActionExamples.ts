import type { CheckedAction, CheckedManifest, CheckedRequest, Connection } from "@sallyport/runtime"
import * as Redacted from "effect/Redacted"
import type { ReceivedRequest } from "../server/ReceivedRequest.ts"
import { Reply } from "../server/Reply.ts"
import { type Example, exampleReply } from "./ExampleReply.ts"
import { decodedInput, type ExpectedRequest, expectedRequest, fitOf } from "./ExpectedRequest.ts"

/** What is answered, and which action it was taken for. */
export interface ExampleAnswer {
  readonly action: string | undefined
  readonly reply: Reply
}

/** The examples of the declared actions of a manifest, to answer requests with. */
export class ActionExamples {
  readonly #manifest: CheckedManifest
  readonly #places: ReadonlyArray<ActionPlace>
  readonly #chosen = new Map<string, number>()
  #config: Connection["config"] = {}
  #secrets: { readonly [name: string]: string } = {}

  constructor(manifest: CheckedManifest) {
    this.#manifest = manifest
    this.#places = [...manifest.actions.values()].flatMap((action) =>
      action.request === undefined ? [] : [placeOf(action, action.request)]
    )
  }

  /** The connection whose settings the expressions read. */
  knows({ config, secrets }: Connection): void {
    this.#config = config
    this.#secrets = Object.fromEntries([...secrets].map(([name, secret]) => [name, Redacted.value(secret)]))
  }

  /** Answers all requests of an action with one of its examples. Throws when there is none with a response. */
  choose(action: string, example: number): void {
    if (this.#examplesOf(action)[example]?.response === undefined)
      throw new RangeError(`the action "${action}" has no example ${example} with a response`)
    this.#chosen.set(action, example)
  }

  /** The answer to a request. */
  answer(request: ReceivedRequest): ExampleAnswer {
    const fitting = this.#fitting(request)
    const [first] = fitting
    if (first === undefined) {
      const message = `the manifest of ${this.#manifest.manifest.connector} has no action for ${request.method} ${request.path}`
      return { action: undefined, reply: Reply.json({ message }, { status: 404 }) }
    }
    const chosen = fitting.find(({ action }) => this.#chosen.has(action.name))
    if (chosen !== undefined) {
      const { name } = chosen.action
      const response = this.#examplesOf(name)[this.#chosen.get(name) ?? 0]?.response
      if (response !== undefined) return { action: name, reply: exampleReply(response) }
    }
    const candidates = fitting.flatMap(({ action, request: template }) =>
      this.#examplesOf(action.name).flatMap(({ input = {}, response }) => {
        const expected = this.#expected(action, template, input)
        const fit = expected === undefined ? undefined : fitOf(expected, request)
        return fit === undefined ? [] : [{ action: action.name, response, ...fit }]
      })
    )
    const [best] = candidates.toSorted(
      (one, other) => Number(other.isExact) - Number(one.isExact) || other.parts - one.parts
    )
    const action = best?.action ?? first.action.name
    const response =
      best?.response ?? this.#examplesOf(action).find((example) => example.response !== undefined)?.response
    if (response !== undefined) return { action, reply: exampleReply(response) }
    const message = `the action "${action}" has no example with a response`
    return { action, reply: Reply.json({ message }, { status: 501 }) }
  }

  /** The actions whose method and path fit: only those whose path says the most. */
  #fitting({ method, target }: ReceivedRequest): ReadonlyArray<ActionPlace> {
    const [path = ""] = target.split("?", 1)
    const fitting = this.#places.filter((place) => place.method === method && place.path.test(path))
    const most = Math.max(...fitting.map(({ fixed }) => fixed))
    return fitting.filter(({ fixed }) => fixed === most)
  }

  #expected(
    action: CheckedAction,
    template: CheckedRequest,
    input: NonNullable<Example["input"]>
  ): ExpectedRequest | undefined {
    const decoded = decodedInput(this.#manifest.source, action, input)
    return decoded === undefined
      ? undefined
      : expectedRequest(template, { config: this.#config, secrets: this.#secrets, input: decoded })
  }

  #examplesOf(action: string): ReadonlyArray<Example> {
    return this.#manifest.manifest.actions?.[action]?.examples ?? []
  }
}

/** Where the requests of an action go. */
interface ActionPlace {
  readonly action: CheckedAction
  readonly request: CheckedRequest
  readonly method: string
  /** Fits the end of a path. */
  readonly path: RegExp
  /** How many characters of it stand in the manifest. */
  readonly fixed: number
}

const placeOf = (action: CheckedAction, request: CheckedRequest): ActionPlace => {
  const texts = request.path.map((part) => (typeof part === "string" ? escaped(part) : "[^/]+"))
  return {
    action,
    request,
    method: request.method,
    path: new RegExp(`${texts.join("")}$`, "u"),
    fixed: request.path.reduce((length, part) => length + (typeof part === "string" ? part.length : 0), 0)
  }
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)
