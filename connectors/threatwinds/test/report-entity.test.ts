import { type ActionContext, ConnectorError } from "@sallyport/runtime"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type ReportEntityInput, Threatwinds, type ThreatwindsOperations } from "../src/manifest.gen.ts"
import { reportEntity } from "../src/ReportEntity.ts"

const errorOf = (reason: ConnectorError["reason"], message: string): ConnectorError =>
  new ConnectorError({
    connector: "threatwinds",
    action: "report_entity",
    reason,
    message,
    upstream: {},
    attempts: 0,
    retryable: false,
    outcomeUnknown: false
  })

/** A connection whose calls are checked by the manifest, noted, and answered as the service does, or with a failure. */
const connection = (failure?: ConnectorError) => {
  const sent: Array<unknown> = []
  const context: ActionContext<ThreatwindsOperations> = {
    connection: { name: "main", connector: "threatwinds", config: {}, secrets: new Map() },
    config: { base_url: "https://tw.example", relations_parameter: "depth" },
    call: (action, given) =>
      Effect.gen(function* () {
        const input = yield* Effect.orDie(Schema.decodeUnknownEffect(Threatwinds.given(action))(given))
        const onTheWire: unknown = JSON.parse(JSON.stringify(input))
        sent.push({ action, input: onTheWire })
        if (failure !== undefined) return yield* failure
        return yield* Effect.orDie(
          Schema.decodeUnknownEffect(Threatwinds.output(action))({ message: "acknowledged" })
        )
      }),
    error: errorOf,
    idempotencyKey: undefined,
    secret: () => {
      throw new Error("a report needs no secret")
    }
  }
  return { context, sent }
}

const problemOf = (input: ReportEntityInput) =>
  Effect.gen(function* () {
    const { context, sent } = connection()
    const error = yield* Effect.flip(reportEntity(input, context))
    expect(sent).toEqual([])
    expect(error.reason._tag).toBe("InvalidInput")
    return error.message
  })

describe("report_entity", () => {
  it.effect("sends values in canonical form, at every depth, and gives the id that follows from them", () =>
    Effect.gen(function* () {
      const { context, sent } = connection()
      const output = yield* reportEntity(
        {
          type: "ip",
          attributes: { ip: "::ffff:203.0.113.9", asn: "64500" },
          associations: [
            {
              mode: "aggregation",
              type: "domain",
              attributes: { domain: "Login.Example.COM" },
              associations: []
            }
          ],
          reputation: -3,
          correlate: ["asn"],
          tags: ["scanner"],
          visible_by: ["public"]
        },
        context
      )
      expect(output).toEqual({
        id: "ip-6896eba5c88ed496934ccd4986c63e35dc5f89210f182d4dadd9b218a09337e1",
        unknown_attributes: []
      })
      expect(sent).toEqual([
        {
          action: "ingest_entity",
          input: {
            type: "ip",
            attributes: { ip: "203.0.113.9", asn: 64500 },
            associations: [
              {
                mode: "aggregation",
                type: "domain",
                attributes: { domain: "login.example.com" },
                associations: []
              }
            ],
            reputation: -3,
            correlate: ["asn"],
            tags: ["scanner"],
            visible_by: ["public"]
          }
        }
      ])
    })
  )

  it.effect("gives every example of the manifest its output", () =>
    Effect.gen(function* () {
      const examples = Threatwinds.manifest.manifest.actions?.["report_entity"]?.examples ?? []
      expect(examples.length).toBeGreaterThan(0)
      for (const { input, output } of examples) {
        const given = yield* Schema.decodeUnknownEffect(Threatwinds.given("report_entity"))(input)
        expect(yield* reportEntity(given, connection().context)).toEqual(output)
      }
    })
  )

  it.effect("sends what it was not given as nothing", () =>
    Effect.gen(function* () {
      const { context, sent } = connection()
      yield* reportEntity({ type: "domain", attributes: { domain: "example.com" } }, context)
      expect(sent).toEqual([
        { action: "ingest_entity", input: { type: "domain", attributes: { domain: "example.com" } } }
      ])
    })
  )

  it.effect("names the attributes whose type it does not know, which are sent as they are", () =>
    Effect.gen(function* () {
      const { context, sent } = connection()
      const input = { type: "domain", attributes: { domain: "example.com", "new-kind": "A b" } }
      const { unknown_attributes } = yield* reportEntity(input, context)
      expect(unknown_attributes).toEqual(['$.attributes["new-kind"]'])
      expect(sent).toEqual([{ action: "ingest_entity", input }])
    })
  )

  it.effect("sends nothing of a report that is wrong, and names the place of every problem", () =>
    Effect.gen(function* () {
      const message = yield* problemOf({
        type: "ip",
        attributes: { ip: "203.0.113.256", asn: "x" },
        associations: [{ mode: "association", type: "ipp", attributes: { ip: "203.0.113.9" } }],
        visible_by: [" "]
      })
      for (const place of [
        "$.attributes.ip",
        "$.attributes.asn",
        "$.associations[0].type",
        // As the caller writes it, not as the service does.
        "$.visible_by[0]"
      ])
        expect(message).toContain(`${place}: `)
      expect(message).toContain("was not called")
      expect(message).not.toContain("203.0.113")
    })
  )

  it.effect("names the first problems of very many, and how many more there are", () =>
    Effect.gen(function* () {
      const associations = Array.from({ length: 50 }, () => ({
        mode: "association" as const,
        type: "ip",
        attributes: { ip: "?" }
      }))
      const message = yield* problemOf({ type: "ip", attributes: { ip: "203.0.113.9" }, associations })
      expect(message.match(/\$\.associations/g)).toHaveLength(20)
      expect(message).toContain("; and 30 more")
    })
  )

  it.effect("fails as the call fails that it makes", () =>
    Effect.gen(function* () {
      const failure = errorOf({ _tag: "RateLimited" }, "too many")
      const { context } = connection(failure)
      const input = { type: "domain", attributes: { domain: "example.com" } }
      expect(yield* Effect.flip(reportEntity(input, context))).toBe(failure)
    })
  )
})
