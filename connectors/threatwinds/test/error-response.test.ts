import { describe, expect, it } from "@effect/vitest"
import { maxMessageLength, readErrorResponse } from "../src/ErrorResponse.ts"

const answer = (body: string, headers: Readonly<Record<string, string | undefined>> = {}, status = 400) =>
  readErrorResponse({ status, headers, body })

describe("the error of an answer", () => {
  it("is the body's message, before the header, before the status", () => {
    const headers = { "x-error": "from the header", "x-error-id": "9a0364b9e99bb480dd25e1f0284c8555" }
    const body = '{"error":{"message":"from the body","type":"invalid","code":"bad_ip","error_id":"e-1"}}'
    expect(answer(body, headers)).toEqual({
      message: "from the body",
      supportId: "9a0364b9e99bb480dd25e1f0284c8555",
      code: "bad_ip"
    })
    expect(answer("", headers).message).toBe("from the header")
    expect(answer("")).toEqual({
      message: "the service answered with status 400",
      supportId: undefined,
      code: undefined
    })
    expect(readErrorResponse({ status: 403, statusText: "Forbidden", headers: {}, body: "" }).message).toBe(
      "Forbidden"
    )
  })

  it("is read from the body of 2023 and from that of today", () => {
    expect(answer('{"uuid":"3f2a","error":"entity not found"}')).toEqual({
      message: "entity not found",
      supportId: "3f2a",
      code: undefined
    })
    expect(answer('{"error":{"message":"no","error_id":"77","code":422}}')).toEqual({
      message: "no",
      supportId: "77",
      code: "422"
    })
  })

  it("is not taken from HTML, lists, half documents or an inherited name", () => {
    const bodies = [
      "<html><h1>502</h1></html>",
      '[{"error":"x"}]',
      '{"error":',
      "null",
      '"text"',
      '{"error":7}'
    ]
    for (const body of [
      ...bodies,
      '{"error":{"message":["x"]}}',
      '{"__proto__":{"error":"x"}}',
      "[".repeat(60_000)
    ]) {
      expect(answer(body, {}, 502).message).toBe("the service answered with status 502")
    }
    expect(answer(`{"error":"${"x".repeat(70_000)}"}`, {}, 500).message).toBe(
      "the service answered with status 500"
    )
  })

  it("is found under a header's name in any case", () => {
    expect(answer("", { "X-Error": "no", "X-ERROR-ID": "1-2" })).toEqual({
      message: "no",
      supportId: "1-2",
      code: undefined
    })
    expect(answer("", { "x-error": undefined, "X-Error": "no" }).message).toBe("no")
  })

  it("is one line without control and format characters", () => {
    expect(answer("", { "x-error": " a\r\nb\u001b[31mc\u202ed\u2028e\u0000 " }).message).toBe("a b [31mc d e")
    expect(answer("", { "x-error": "\u0000\u200b" }).message).toBe("the service answered with status 400")
    expect(answer("", { "x-error": "a\ud83d" }).message).toBe("a\ufffd")
  })

  it("has 500 characters at most, none of them cut in half", () => {
    const exact = "😀".repeat(maxMessageLength)
    expect(answer("", { "x-error": exact }).message).toBe(exact)
    expect(answer("", { "x-error": `${exact}😀` }).message).toBe(`${"😀".repeat(maxMessageLength - 1)}…`)
    expect(Array.from(answer("", { "x-error": "x ".repeat(1_000_000) }).message)).toHaveLength(500)
  })

  it("shows no credential that a gateway quotes", () => {
    const quoted = [
      "rejected Authorization: Bearer hunter2.hunter2",
      'bad headers {"api-key":"hunter2","api-secret":"hunter2"}',
      "API_KEY=hunter2 apisecret: hunter2",
      "authorization=hunter2; bearer  hunter2"
    ]
    for (const text of quoted) {
      const { message } = answer("", { "x-error": text })
      expect(message).not.toContain("hunter2")
      expect(message).toContain("[redacted]")
    }
    expect(answer("", { "x-error": "api-key is missing" }).message).toBe("api-key is missing")
  })

  it("has an id only of printable ASCII and of a believable length", () => {
    for (const value of ["", " ", "a b", "é", "a\u0000", "x".repeat(129)]) {
      expect(answer("", { "x-error-id": value }).supportId).toBeUndefined()
    }
    expect(answer("", { "x-error-id": " f47ac10b-58cc " }).supportId).toBe("f47ac10b-58cc")
  })
})
