import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { ConnectorError, scrubDetail } from "../src/ConnectorError.ts"
import { redactedMark, SecretScrubber } from "../src/SecretScrubber.ts"

const secret = "s3cr3t/K+y=%&é!"
const scrubber = SecretScrubber.make([Redacted.make(secret)])

describe("connector error", () => {
  const error = new ConnectorError({
    connector: "acme",
    action: "read",
    reason: { _tag: "RateLimited", retryAfter: 30 },
    message: `acme says "${secret}"`,
    status: 429,
    upstream: { message: `no ${secret}`, code: "T300" },
    attempts: 3,
    retryable: true,
    outcomeUnknown: false
  })

  it("comes back from JSON as it was", () => {
    const codec = Schema.fromJsonString(ConnectorError)
    const back = Schema.decodeSync(codec)(Schema.encodeSync(codec)(error))
    expect(back).toBeInstanceOf(ConnectorError)
    expect(back).toEqual(error)
  })

  it.effect("is caught by its tag and by its reason", () =>
    Effect.gen(function* () {
      const seconds = yield* Effect.fail(error).pipe(
        Effect.catchReason("ConnectorError", "RateLimited", (reason) => Effect.succeed(reason.retryAfter))
      )
      expect(seconds).toBe(30)
      expect(
        yield* Effect.fail(error).pipe(
          Effect.catchTag("ConnectorError", (caught) => Effect.succeed(caught.status))
        )
      ).toBe(429)
    })
  )

  it("redacts its message and what the upstream said, and keeps the rest", () => {
    const redacted = error.redact([Redacted.make(secret)])
    expect(JSON.stringify(redacted)).not.toContain("s3cr3t")
    expect(redacted).toMatchObject({
      message: `acme says "${redactedMark}"`,
      upstream: { message: `no ${redactedMark}`, code: "T300" },
      reason: { _tag: "RateLimited", retryAfter: 30 },
      status: 429,
      attempts: 3,
      retryable: true
    })
  })
})

describe("upstream text", () => {
  it("loses a secret in each of its forms", () => {
    const forms = [
      secret,
      encodeURIComponent(secret),
      encodeURIComponent(secret).replaceAll("!", "%21"),
      new URLSearchParams({ secret }).toString().slice("secret=".length),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString("base64"),
      Buffer.from(secret).toString("base64url"),
      Buffer.from(secret).toString("hex")
    ]
    for (const form of forms) {
      expect(scrubber.text(`before ${form} after`, 200), form).toMatch(/^before <redacted>\S{0,4} after$/u)
    }
  })

  it("loses a secret that is encoded together with others", () => {
    for (const before of ["", "u", "us", "usr", "user:"]) {
      for (const after of ["", "@", "@h", "@ho"]) {
        const text = Buffer.from(before + secret + after).toString("base64")
        const shown = scrubber.text(text, 200) ?? ""
        expect(shown, text).toContain(redactedMark)
        expect(shown.length, text).toBeLessThan(redactedMark.length + 14)
      }
    }
  })

  it("loses a secret that hides behind characters that are removed", () => {
    expect(scrubber.text("s3cr\u200b3t/K\u0000+y=%&é!", 200)).not.toContain("s3cr3t")
    expect(SecretScrubber.make([Redacted.make("line1\nline2")]).text("x line1 line2 y", 100)).toBe(
      "x <redacted> y"
    )
    expect(SecretScrubber.make([Redacted.make("abcdef")]).text("ab\u202ecd\u2066ef", 100)).toBe(redactedMark)
  })

  it("loses the longer of two secrets whole, and a secret that looks like the mark", () => {
    const both = SecretScrubber.make([
      Redacted.make("abcd"),
      Redacted.make("abcd-efgh"),
      Redacted.make("redacted")
    ])
    expect(both.text("abcd-efgh abcd redacted", 100)).toBe(`${redactedMark} ${redactedMark} ${redactedMark}`)
  })

  it("loses a secret that its limits cut through", () => {
    const long = SecretScrubber.make([Redacted.make("0123456789abcdef")])
    for (let cut = 1; cut < 16; cut++) {
      const text = `${"\u0000".repeat(16_384 - cut)}0123456789abcdef`
      expect(long.text(text, 300) ?? "").not.toContain("0")
    }
    expect(long.text(`${"x".repeat(295)}0123456789abcdef`, 300)).toBe(`${"x".repeat(295)}<red…`)
  })

  it("is one line without control, format and direction characters", () => {
    expect(
      SecretScrubber.make([]).text("  a\r\nb\tc\u001b[31m\u202ed\u2028e\u200b\ufefff\u0085g \ud800", 100)
    ).toBe("a b c[31md ef g \ufffd")
  })

  it("is bounded, not cut through a character, and left out where nothing remains", () => {
    const detail = scrubDetail(SecretScrubber.make([]), {
      message: "😀".repeat(1000),
      code: "c".repeat(1000),
      id: "\u0000\n"
    })
    expect(detail.message?.length).toBeLessThanOrEqual(300)
    expect(detail.message?.isWellFormed()).toBe(true)
    expect(detail.message?.endsWith("😀…")).toBe(true)
    expect(detail.code?.length).toBe(100)
    expect(detail).not.toHaveProperty("id")
  })

  it("of any size is dealt with at once", () => {
    expect(scrubber.text("s3cr3t/K".repeat(5_000_000), 300)?.length).toBe(300)
  })

  it("is not changed by empty secrets", () => {
    expect(SecretScrubber.make([Redacted.make("")]).text("abc", 10)).toBe("abc")
  })

  it.effect("never holds a secret of four characters or more, whatever surrounds it", () =>
    Effect.gen(function* () {
      const inputs = Arbitrary.all({
        value: Arbitrary.schema(Schema.String.check(Schema.isMinLength(4))),
        before: Arbitrary.schema(Schema.String),
        after: Arbitrary.schema(Schema.String)
      })
      const result = yield* Arbitrary.checkEffect(
        inputs,
        ({ after, before, value }) => {
          const shown =
            SecretScrubber.make([Redacted.make(value)]).text(`${before} ${value} ${after}`, 10_000) ?? ""
          return redactedMark.includes(value) || !shown.replaceAll(redactedMark, "").includes(value)
        },
        { runs: 500, seed: 3 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )
})
