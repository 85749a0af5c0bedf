import { AnswerFault, Fault, Reply } from "@sallyport/testkit"

/** Faults that can happen to any call, by name. Wherever an answer can hold a text, it holds the secret in all forms. */
export const echoFaults = (secret: string): ReadonlyMap<string, Fault> => {
  const echo = echoOf(secret)
  const refused = (status: number): Fault =>
    Fault.reply(
      Reply.json(
        { message: echo, code: echo.slice(0, 90), error: { message: echo, code: echo, error_id: echo } },
        {
          status,
          headers: [
            ["X-Error", `refused ${encodeURIComponent(secret)}`],
            ["X-Error-Id", encodeURIComponent(secret)],
            ["Retry-After", "0"]
          ]
        }
      )
    )
  const html = (status: number): Fault => Fault.reply(Reply.html(echo, { status }))
  const body = JSON.stringify({ message: echo, items: [{ id: echo }], identity: { [secret]: secret } })
  return new Map([
    ["http_400", refused(400)],
    ["http_401", refused(401)],
    ["http_403", refused(403)],
    ["http_404", refused(404)],
    ["http_409", refused(409)],
    ["http_418", refused(418)],
    ["http_429", refused(429)],
    ["http_503", refused(503)],
    ["html_500", html(500)],
    ["html_200", html(200)],
    ["text_500", Fault.reply(Reply.text(echo, { status: 500 }))],
    ["truncated", Fault.truncated()],
    ["reset", Fault.reset()],
    ["reset_midway", Fault.resetMidway()],
    ["hang_up", Fault.hangUp()],
    ["wrong_encoding", Fault.wrongEncoding()],
    ["broken_json", Fault.reply(Reply.jsonText(body.slice(0, -3)))],
    ["wrong_type", Fault.reply(Reply.jsonText(body))],
    ["text_for_json", AnswerFault.change(() => Reply.jsonText(JSON.stringify(echo)))],
    ["redirect", Fault.redirect(`/elsewhere?key=${encodeURIComponent(secret)}`)],
    ["redirect_away", Fault.redirect(`https://other.example/${encodeURIComponent(secret)}`, 307)]
  ])
}

/** A sentence with a secret in the forms that services repeat things in. */
export const echoOf = (secret: string): string => {
  const bytes = Buffer.from(secret)
  return [
    `refused ${secret}`,
    `(${encodeURIComponent(secret)})`,
    `[${JSON.stringify(secret)}]`,
    bytes.toString("hex"),
    Buffer.from(`robin:${secret}`).toString("base64")
  ].join(" ")
}
