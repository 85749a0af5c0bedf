import { AnswerFault } from "../server/AnswerFault.ts"
import { Fault } from "../server/Fault.ts"
import { Reply } from "../server/Reply.ts"

/** A failure that an error is made of. */
export interface NamedFault {
  readonly what: string
  readonly fault: Fault
  /** The status that is answered, if one is. */
  readonly status?: number
}

/** Failures of a service that repeats these texts wherever it says anything. */
export const tellingFaults = (texts: ReadonlyArray<string>): ReadonlyArray<NamedFault> => {
  const all = texts.join(" ")
  const fields = { message: all, code: all, type: all, id: all, error_id: all, detail: all }
  const headers = ["x-error", "x-error-id", "x-request-id", "www-authenticate", "cursor"].map(
    (name) => [name, all] as const
  )
  const answers = [
    [
      "JSON",
      (status: number) => Reply.json({ ...fields, error: fields, errors: [fields] }, { status, headers })
    ],
    [
      "JSON that is a text",
      (status: number) => Reply.json({ ...fields, error: all, uuid: all }, { status, headers })
    ],
    ["HTML", (status: number) => Reply.html(all, { status, headers })],
    ["plain text", (status: number) => Reply.text(all, { status, headers })]
  ] as const
  const statuses = [401, 403, 429, 500].flatMap((status) =>
    answers.map(([what, reply]) => ({
      what: `${status} with ${what}`,
      status,
      fault: Fault.reply(reply(status))
    }))
  )
  return [
    ...statuses,
    { what: "a web page with 200", fault: Fault.reply(Reply.html(all, { headers })) },
    { what: "something else with 200", fault: Fault.reply(Reply.json([fields], { headers })) },
    { what: "an answer that is cut", fault: Fault.truncated() },
    { what: "a connection that is reset", fault: Fault.reset() }
  ]
}

/** Failures after which nobody but the service knows whether it was done: it was. */
export const ambiguousFaults: ReadonlyArray<NamedFault> = [
  { what: "a reset connection", fault: Fault.reset({ carriedOut: true }) },
  { what: "a closed connection", fault: Fault.hangUp({ carriedOut: true }) },
  { what: "an answer that is cut", fault: Fault.truncated() },
  { what: "an answer that is reset", fault: Fault.resetMidway() },
  { what: "a web page", fault: AnswerFault.html() },
  ...[500, 502, 503, 504].map((status) => ({
    what: `a ${status}`,
    status,
    fault: Fault.statusAfterwards(status)
  }))
]
