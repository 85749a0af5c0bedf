import { describe, expect, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { generateModule } from "../src/codegen/ModuleGenerator.ts"
import type { CheckedManifest } from "../src/manifest/CheckedManifest.ts"
import { checked } from "./ManifestText.ts"
import { compile, type CompilerError, fixture } from "./TypeScriptProject.ts"

const head = `import * as Effect from "effect/Effect"
import { Connector } from "@sallyport/runtime"
import { Acme } from "./acme.gen.ts"
export const done = () => Effect.succeed({ verdict: "good", score: 1 } as const)
export const feed = () => Effect.succeed({ events: [], state: null, more: false })
`

/** A mistake, and what the compiler says at the line that ends in `// here`. */
interface Mistake {
  readonly code: string
  readonly says: ReadonlyArray<string>
}

const mistakes: { readonly [guarantee: string]: Mistake } = {
  "a missing handler, where the actions stand": {
    code: `Connector.layer(Acme, {
      actions: { // here
        look: done
      },
      triggers: { feed }
    })`,
    says: ["Property 'scan' is missing"]
  },
  "a missing group of handlers, where the connector is made": {
    code: `Connector.layer(Acme, { // here
      actions: { look: done, scan: done }
    })`,
    says: ["Property 'triggers' is missing"]
  },
  "a handler of an action that is not declared, with its name": {
    code: `Connector.layer(Acme, {
      actions: {
        look: done,
        scan: done,
        lookup: done // here
      },
      triggers: { feed }
    })`,
    says: ["the manifest declares no action lookup"]
  },
  "a handler of an action that a request does": {
    code: `Connector.layer(Acme, {
      actions: {
        look: done,
        scan: done,
        fetch: done // here
      },
      triggers: { feed }
    })`,
    says: ["does not mark this action implementation: code, so it takes no handler"]
  },
  "handlers under another word than actions and triggers": {
    code: `Connector.layer(Acme, {
      actions: { look: done, scan: done },
      triggers: { feed },
      action: {} // here
    })`,
    says: ["handlers stand under actions or triggers"]
  },
  "a wrong field of the input, inside the handler": {
    code: `Connector.layer(Acme, {
      actions: {
        look: Effect.fn("acme.look")(function* (input) {
          yield* Effect.void
          return { verdict: "good", score: input.limitt } // here
        }),
        scan: done
      },
      triggers: { feed }
    })`,
    says: ["Property 'limitt' does not exist on type 'LookInput'", "Did you mean 'limit'?"]
  },
  "an output of the wrong type, at its handler": {
    code: `Connector.layer(Acme, {
      actions: {
        look: Effect.fn("acme.look")(function* (input) { // here
          yield* Effect.void
          return { verdict: "good", score: input.ip }
        }),
        scan: done
      },
      triggers: { feed }
    })`,
    says: ["Types of property 'score' are incompatible", "Type 'string' is not assignable to type 'number'"]
  },
  "an output that is none of the enum, at its handler": {
    code: `Connector.layer(Acme, {
      actions: {
        look: done,
        scan: (input) => Effect.succeed({ verdict: "ugly", score: input.limit }) // here
      },
      triggers: { feed }
    })`,
    says: [
      "Types of property 'verdict' are incompatible",
      `Type '"ugly"' is not assignable to type '"bad" | "good"'`
    ]
  },
  "an output without a field that it must have, at its handler": {
    code: `Connector.layer(Acme, {
      actions: {
        look: done,
        scan: Effect.fn("acme.scan")(function* () { // here
          yield* Effect.void
          return { verdict: "good" }
        })
      },
      triggers: { feed }
    })`,
    says: ["Property 'score' is missing in type '{ verdict: \"good\"; }' but required in type 'VerdictGiven'"]
  },
  "an error that is no ConnectorError, at its handler": {
    code: `Connector.layer(Acme, {
      actions: {
        look: done,
        scan: () => Effect.fail("no") // here
      },
      triggers: { feed }
    })`,
    says: ["Type 'string' is not assignable to type 'ConnectorError'"]
  },
  "an event that is none, at its handler": {
    code: `Connector.layer(Acme, {
      actions: { look: done, scan: done },
      triggers: {
        feed: () => Effect.succeed({ events: [{ type: "indicator" }], state: null, more: false }) // here
      }
    })`,
    says: ["is not assignable to type 'StixObjectGiven'"]
  },
  "a call of an action that there is not": {
    code: `Connector.layer(Acme, {
      actions: {
        look: Effect.fn("acme.look")(function* (_input, context) {
          yield* context.call("fetsch", {}) // here
          return yield* done()
        }),
        scan: done
      },
      triggers: { feed }
    })`,
    says: [`Argument of type '"fetsch"' is not assignable`]
  },
  "a call with an input of the wrong type": {
    code: `Connector.layer(Acme, {
      actions: {
        look: (_input, context) =>
          context.call("fetch", { limit: "10" }).pipe( // here
            Effect.andThen(done())
          ),
        scan: done
      },
      triggers: { feed }
    })`,
    says: ["Type 'string' is not assignable to type 'number'"]
  },
  "a call with an input that there is not": {
    code: `Connector.layer(Acme, {
      actions: {
        look: (_input, context) =>
          context.call("fetch", { cursr: "a" }).pipe( // here
            Effect.andThen(done())
          ),
        scan: done
      },
      triggers: { feed }
    })`,
    says: ["'cursr' does not exist in type 'FetchGiven'", "Did you mean to write 'cursor'?"]
  },
  "a secret that there is not": {
    code: `Connector.layer(Acme, {
      actions: {
        look: (_input, context) => {
          context.secret("apikey") // here
          return done()
        },
        scan: done
      },
      triggers: { feed }
    })`,
    says: [`Argument of type '"apikey"' is not assignable to parameter of type '"api_key" | "proxy"'`]
  }
}

const good = `import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { Connector, ConnectorRegistry, type ConnectorClash, type HttpTransport, type SessionVault } from "@sallyport/runtime"
import { Acme, Folder, type Labels, Page, type StixObject, Verdict, type VerdictGiven } from "./acme.gen.ts"

class Scores extends Context.Service<Scores, { readonly base: number }>()("Scores") {}
class Tags extends Context.Service<Tags, { readonly all: ReadonlyArray<string> }>()("Tags") {}

export const AcmeLive = Connector.layer(Acme, {
  actions: {
    look: Effect.fn("acme.look")(function* (input, context) {
      const { base } = yield* Scores
      const page = yield* context.call("fetch", {})
      const limit: number = input.limit
      const url: string = context.config.base_url
      const key: Redacted.Redacted = context.secret("api_key")
      const proxy: Redacted.Redacted | undefined = context.secret("proxy")
      if (page.items.length === 0) return yield* context.error({ _tag: "NotFound" }, "nothing there")
      return { verdict: "good", score: base + limit + url.length + String(key).length + String(proxy).length }
    }),
    scan: (input) =>
      Effect.acquireRelease(Tags, () => Effect.void).pipe(
        Effect.map(({ all }) => ({ verdict: "bad", score: input.limit, tags: all }))
      )
  },
  triggers: {
    feed: (_input, state) =>
      Effect.succeed({
        events: [{ type: "indicator", pattern: "[a:b = 1]" }, { type: "ipv4-addr", id: "ipv4-addr--1" }],
        state: state ?? null,
        more: false
      })
  }
})

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
const is = <_T extends true>(): void => {}

// What handlers need is what the layer needs, but for their scopes.
is<Same<Layer.Services<typeof AcmeLive>, Scores | Tags | HttpTransport | SessionVault>>()
is<Same<Layer.Error<typeof AcmeLive>, never>>()
is<Same<Layer.Success<typeof AcmeLive>, Connector<"acme">>>()
is<Same<Extract<Scope.Scope, Layer.Services<typeof AcmeLive>>, never>>()

// One name does not pass for another.
is<Same<Connector<"acme"> extends Connector<string> ? true : false, false>>()

export const registry = ConnectorRegistry.layer(AcmeLive, AcmeLive)
is<Same<Layer.Services<typeof registry>, Scores | Tags | HttpTransport | SessionVault>>()
is<Same<Layer.Error<typeof registry>, ConnectorClash>>()

// What is decoded has its defaults, what is given need not.
is<Same<typeof Verdict, Schema.Codec<Verdict>>>()
export const tags = (verdict: Verdict): ReadonlyArray<string> => verdict.tags
export const given: VerdictGiven = { verdict: "good", score: 1 }
export const input = Schema.decodeSync(Acme.given("look"))({ ip: "192.0.2.1" })
is<Same<typeof input.limit, number>>()
is<Same<typeof input.labels, Labels | undefined>>()
export const output = (value: unknown) => Schema.decodeUnknownSync(Acme.output("fetch"))(value)
is<Same<ReturnType<typeof output>, Page>>()
export const event = (value: unknown) => Schema.decodeUnknownSync(Acme.event("feed"))(value)
is<Same<ReturnType<typeof event>, StixObject>>()

// The constant tells the branches apart, and the branch of any other.
export const text = (object: StixObject): string => {
  if (object.type === "indicator") return object.pattern
  if (object.type === "malware") return (object.aliases ?? []).join()
  const type: string = object.type
  return type === "ipv4-addr" ? object.id : type
}
export const choice = (object: StixObject): string => {
  switch (object.type) {
    case "indicator":
      return object.revoked ? "revoked" : object.pattern
    case "malware":
      return "malware"
    default:
      return object.id
  }
}
export const first = (page: Page): StixObject | null | undefined => page.first
export const deep = (folder: Folder): ReadonlyArray<Folder> => folder.folders.flatMap((inner) => inner.folders)
export const label = (labels: Labels): number => {
  const score = labels["score"]
  return typeof score === "number" ? score : labels.owner.name.length
}
`

const strict = `import type { Folder, FolderGiven, Indicator, IndicatorGiven, LookGiven, Malware } from "./acme.gen.ts"
export const a: Malware = { type: "malware", alias: [] } // here
export const b: IndicatorGiven = { type: "indicator", pattern: "", x_mine: 1 } // here
export const c: LookGiven = { ip: "", limit: undefined } // here
export const d: Folder = { name: "" } // here
export const e: FolderGiven = { name: "", folders: [{ name: "" }] }
export const f = (indicator: Indicator) => { indicator.revoked = true } // here
`

const odd = `import { OddConnector, Open, type OpenGiven, type OddConnectorOperations, type Other } from "./odd.gen.ts"
import * as Schema from "effect/Schema"
export const contract: string = OddConnector.name
export const given: OpenGiven = { twice: { self: {} }, note: "a", more: [1, { a: null }] }
export const at = Schema.decodeUnknownSync(Open)({}).twice.at.toFixed()
export const narrowed = (other: Other): string => (other.kind === "a" ? other.a : (other.b ?? ""))
export const event = (event: OddConnectorOperations["triggers"]["do_it"]["event"]): number => event.at
export const nothing: OddConnectorOperations["types"]["Nothing"] = { a: 1 } // here
export const keys: OddConnectorOperations["types"]["Keys"] = { ["__proto__"]: "", "with space": "" } // here
export const text: OddConnectorOperations["types"]["Schema"] = 1 // here
`

/**
 * The examples of a manifest as values of the generated types. Not those of outputs that hold an `OtherText`, which only
 * decoding makes.
 */
const exampleFile = (manifest: CheckedManifest, operations: string): string => {
  const { actions = {}, connector } = manifest.manifest
  const values = Object.entries(actions).flatMap(([action, { examples = [] }]) =>
    examples.flatMap(({ input = {}, output }) => [
      `taken<"${action}", "given">(${JSON.stringify(input)})`,
      ...(connector === "sekoia" ? [] : [`taken<"${action}", "output">(kept(${JSON.stringify(output)}))`])
    ])
  )
  expect(values.length).toBeGreaterThan(20)
  return `import type { ${operations} as O } from "./${connector}.gen.ts"
const taken = <A extends keyof O["actions"], K extends "given" | "output">(_: O["actions"][A][K]): void => {}
// What is not written there, but came from somewhere, may have further fields.
const kept = <const T>(value: T): T => value
${values.join("\n")}
export const broken: O["actions"] = kept
`
}

const real = (name: string): CheckedManifest =>
  checked(readFileSync(new URL(`../../../manifests/${name}.yaml`, import.meta.url), "utf8"), `${name}.yaml`)

describe("the compiler, on connectors", () => {
  const files = Object.fromEntries(
    Object.values(mistakes).map(({ code }, index) => [
      `mistake-${index}.ts`,
      `${head}export const live = ${code}\n`
    ])
  )
  const [sekoia, threatwinds] = [real("sekoia"), real("threatwinds")]
  // One run for all.
  const errors = compile({
    ...files,
    "acme.gen.ts": generateModule(checked(fixture("acme.yaml"), "acme.yaml")),
    "good.ts": good,
    "sekoia.gen.ts": generateModule(sekoia),
    "sekoia.ts": exampleFile(sekoia, "SekoiaOperations"),
    "threatwinds.gen.ts": generateModule(threatwinds),
    "threatwinds.ts": exampleFile(threatwinds, "ThreatwindsOperations"),
    "odd.gen.ts": generateModule(checked(fixture("odd.yaml"), "odd.yaml")),
    "odd.ts": odd,
    "strict.ts": strict
  })

  /** The lines that are to have errors, from 1. */
  const marked = (text: string): ReadonlyArray<number> =>
    text.split("\n").flatMap((line, index) => (line.endsWith("// here") ? [index + 1] : []))
  const linesOf = (found: ReadonlyArray<CompilerError>): ReadonlyArray<number> => [
    ...new Set(found.map(({ line }) => line))
  ]

  for (const [index, [guarantee, { says }]] of Object.entries(mistakes).entries()) {
    const file = `mistake-${index}.ts`
    it(`reports ${guarantee}`, () => {
      const found = errors.get(file) ?? []
      expect(linesOf(found)).toEqual(marked(files[file] ?? ""))
      const message = found.map((error) => error.message).join("\n")
      for (const part of says) expect(message).toContain(part)
    })
  }

  it("has nothing against a connector that does what its manifest says, nor against what uses its types", () => {
    expect(errors.get("good.ts")).toBeUndefined()
    expect(errors.get("acme.gen.ts")).toBeUndefined()
  })

  it("reports fields that a type does not have, what is missing, undefined for nothing, and changes", () => {
    expect(linesOf(errors.get("strict.ts") ?? [])).toEqual(marked(strict))
  })

  it("reads types whose names and properties are in the way of others", () => {
    expect(errors.get("odd.gen.ts")).toBeUndefined()
    expect(linesOf(errors.get("odd.ts") ?? [])).toEqual(marked(odd))
  })

  it("takes every example of a manifest for what the manifest says it is", () => {
    for (const name of ["sekoia", "threatwinds"]) {
      expect(errors.get(`${name}.gen.ts`)).toBeUndefined()
      // The last line is wrong on purpose: the file was looked at.
      const [broken, ...others] = (errors.get(`${name}.ts`) ?? []).toReversed()
      expect(others).toEqual([])
      expect(broken?.message).toContain("is not assignable to type")
    }
  })

  it("reports nothing elsewhere", () => {
    const known = new Set([...Object.keys(files), "strict.ts", "odd.ts", "sekoia.ts", "threatwinds.ts"])
    expect([...errors.keys()].filter((file) => !known.has(file))).toEqual([])
  })
})
