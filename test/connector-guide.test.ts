import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { type CodeBlock, codeBlocks, unprinted } from "./guide/CodeBlocks.ts"
import {
  compile,
  directoryInside,
  repository,
  runCommand,
  runProgram,
  type Service,
  startService
} from "./guide/GuideProcess.ts"

const page = readFileSync(join(repository, "docs/connector-authors.md"), "utf8")
const blocks = codeBlocks(page)
const example = join(repository, "docs/examples/connector")
const manifest = readFileSync(join(example, "manifests/acme_alerts.yaml"), "utf8")
const draft = readFileSync(join(example, "draft/acme_alerts.yaml"), "utf8")
const state = join(repository, "dist", `guide-${process.pid}.state`)

let service: Service | undefined
const variables = () => ({ SALLYPORT_MANIFESTS: "docs/examples/connector/manifests", ...service?.env })

const isCoded = ({ language, text }: CodeBlock): boolean =>
  language === "yaml" && text.includes("implementation: code")
const only = (found: ReadonlyArray<CodeBlock>): string => {
  expect(found).toHaveLength(1)
  return found[0]?.text ?? ""
}

beforeAll(async () => {
  mkdirSync(join(repository, "dist"), { recursive: true })
  service = await startService("docs/examples/connector/AlertService.ts", [], 2)
})

afterAll(() => {
  service?.stop()
  rmSync(state, { force: true })
})

describe("the guide for authors of connectors", () => {
  it("shows the files of the example as they are", () => {
    const shown = blocks.filter((block) => block.language === "yaml" && !isCoded(block))
    expect(shown.length).toBeGreaterThan(8)
    expect(
      shown.map(({ text }) => text).filter((text) => !manifest.includes(text) && draft !== text)
    ).toEqual([])
  })

  it("has commands that work and print what it shows", () => {
    const shells = blocks.filter(({ language, text }) => language === "sh" && /^pnpm /m.test(text))
    expect(shells.length).toBe(4)
    for (const { next, text } of shells) {
      const ended = text
        .trimEnd()
        .split("\n")
        .map((line) => runCommand(line.replace("/tmp/alerts.state", state), { env: variables() }))
      const printed = ended.map((one) => one.text.replaceAll(state, "/tmp/alerts.state")).join("")
      expect(unprinted(next?.text ?? "", printed)).toEqual([])
      const isDraft = text.includes("/draft/")
      expect(ended.map(({ status }) => status)).toEqual(ended.map(() => (isDraft ? 2 : 0)))
    }
  })

  it("has code that compiles, runs, and is refused without its handler", () => {
    const directory = directoryInside("")
    try {
      const connector = join(directory, "connectors/acme_alerts")
      mkdirSync(join(connector, "src"), { recursive: true })
      mkdirSync(join(directory, "manifests"))
      const write = (path: string, text: string): void => writeFileSync(join(directory, path), text)
      const coded = manifest.replace("\ntriggers:\n", `\n${only(blocks.filter(isCoded))}\ntriggers:\n`)
      write("manifests/acme_alerts.yaml", coded)
      write("connectors/acme_alerts/package.json", '{ "type": "module" }')
      const generated = runCommand("pnpm sallyport generate", { cwd: directory })
      expect(generated).toEqual({ status: 0, text: "connectors/acme_alerts/src/manifest.gen.ts written\n" })

      const code = only(blocks.filter(({ language }) => language === "ts"))
      write("connectors/acme_alerts/src/AcmeAlertsLive.ts", code)
      const missing = code.replace(/count_high: [\s\S]*\}\)\)\n/, "").replace(/^import .*effect.*\n/m, "")
      write("connectors/acme_alerts/src/Missing.ts", missing)
      write("connectors/acme_alerts/src/Main.ts", main)
      const said = compile(directory)
      expect(said.match(/^\S+\.ts\(\d+/gm)).toEqual(["connectors/acme_alerts/src/Missing.ts(6"])
      const shown =
        blocks
          .find(({ text }) => text.startsWith("error TS"))
          ?.text.trimEnd()
          .split("\n") ?? []
      expect(shown).toHaveLength(2)
      expect(shown.filter((line) => !said.includes(line))).toEqual([])

      const ran = runProgram(join(connector, "src/Main.ts"), [], { env: variables() })
      expect(ran).toEqual({ status: 0, text: '{"high":1}\n' })
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})

/** Calls the action of the example that is code. */
const main = `import { Connector, HttpTransport, SessionVault } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { AcmeAlertsLive } from "./AcmeAlertsLive.ts"

const program = Effect.gen(function* () {
  const service = yield* Connector.key("acme_alerts")
  const connection = yield* service.open({
    name: "acme_alerts",
    connector: "acme_alerts",
    config: { base_url: process.env["ACME_ALERTS_BASE_URL"] ?? "" },
    secrets: new Map([["api_key", Redacted.make(process.env["ACME_ALERTS_API_KEY"] ?? "")]])
  })
  console.log(JSON.stringify(yield* connection.call("count_high", {})))
})

await Effect.runPromise(
  Effect.scoped(
    Effect.provide(program, Layer.provide(AcmeAlertsLive, Layer.merge(HttpTransport.layer(), SessionVault.layerMemory)))
  )
)
`
