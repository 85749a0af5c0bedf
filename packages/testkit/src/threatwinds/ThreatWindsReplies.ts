import { Refusal, Reply } from "../server/Reply.ts"

/** Failures in the service's form: `x-error` and `x-error-id`, and a body that says the same. */
export function failure(status: number, message: string, type: string): Reply {
  const id = `sim-${status}-${type.replaceAll(/[^a-z]+/g, "-")}`
  return Reply.json(
    { error: { message, type, code: status, error_id: id } },
    {
      status,
      headers: [
        ["x-error", message],
        ["x-error-id", id]
      ]
    }
  )
}

/** Ends a request with a failure. */
export const refused = (status: number, message: string, type: string): Refusal =>
  new Refusal(failure(status, message, type))

/** Ends a request with 400. */
export const invalid = (message: string): Refusal => refused(400, message, "invalid request")

/** What ingest and accounts answer. */
export const acknowledged: Reply = Reply.json({ message: "acknowledged" }, { status: 202 })
