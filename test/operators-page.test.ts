import { ConnectorError, ConnectorReason, TlsProblem } from "@sallyport/runtime"
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { connectorFailure } from "../packages/cli/src/ConnectorFailure.ts"
import { codeBlocks } from "./guide/CodeBlocks.ts"
import { repository, runCommand, type Service, startService, type Variables } from "./guide/GuideProcess.ts"

const page = readFileSync(join(repository, "docs/operators.md"), "utf8")
const directory = mkdtempSync(join(tmpdir(), "sallyport-operators-"))
let service: Service | undefined

beforeAll(async () => {
  service = await startService("packages/cli/src/main.ts", ["simulate"], 5)
})

afterAll(() => {
  service?.stop()
  rmSync(directory, { recursive: true })
})

/** Runs a line of the page in a directory of its own, without what a shell does with the output. */
const run = (line: string, more: Variables = {}) =>
  runCommand(line.replaceAll(/ 2?>> \S+/g, ""), {
    cwd: directory,
    env: { SALLYPORT_MANIFESTS: join(repository, "manifests"), ...service?.env, ...more }
  })

describe("the operators' page", () => {
  it("has commands that work against the simulated services", () => {
    const lines = codeBlocks(page)
      .filter(({ language }) => language === "sh")
      .flatMap(({ text }) => text.trimEnd().split("\n"))
    expect(lines.length).toBe(5)
    const login = lines.filter((line) => line.includes(" login "))
    for (const line of lines.filter((line) => !login.includes(line))) expect(run(line).status).toBe(0)
    // The simulation has no such account: the command got as far as the service.
    expect(login.map((line) => run(line, { THREATWINDS_EMAIL: "nobody@example.com" }).text)).toEqual([
      expect.stringContaining("user not found")
    ])
  })

  it("has a line for cron that is the command before it, and goes on from its state", () => {
    const cron = codeBlocks(page).find(({ text }) => text.startsWith("*/5 "))?.text ?? ""
    const command = cron.slice(cron.indexOf("sallyport poll")).trimEnd()
    expect(run(`pnpm ${command}`)).toMatchObject({ status: 0 })
    expect(run(`pnpm ${command}`).text).toBe(
      "sallyport: sekoia.feed: 0 events in 1 page; there is no more for now; the state is in feed.state\n"
    )
    for (const file of ["feed.state", "feed.rejected"])
      expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600)
    expect(existsSync(join(directory, "feed.state.lock"))).toBe(false)
  })

  it("has a row for every reason, with the exit code that it has", () => {
    const rows = [...page.matchAll(/^\| `([A-Z][A-Za-z]+)` \|.*\| (\d) \|$/gm)]
    const reasons = new Map<string, ConnectorReason>(everyReason.map((reason) => [reason._tag, reason]))
    expect(rows.map(([, reason]) => reason)).toEqual([...reasons.keys()])
    expect(ConnectorReason.members.length).toBe(reasons.size)
    const codeOf = (reason: ConnectorReason, attempts: number) =>
      connectorFailure(
        new ConnectorError({
          connector: "acme",
          action: "look",
          reason,
          message: "acme failed",
          upstream: {},
          attempts,
          retryable: false,
          outcomeUnknown: false
        })
      ).exitCode
    for (const [, name = "", code] of rows) {
      const reason = reasons.get(name)
      if (reason === undefined) throw new Error(name)
      expect(codeOf(reason, 1)).toBe(Number(code))
    }
    const ours = [...reasons.values()].filter((reason) => codeOf(reason, 0) === 2).map(({ _tag }) => _tag)
    expect(page).toContain(`${ours.map((name) => `\`${name}\``).join(" and ")} with \`attempts: 0\` are ours`)
  })

  it("names only problems of TLS that there are", () => {
    const row = page.split("\n").find((line) => line.startsWith("| `Tls` |")) ?? ""
    const named = [...row.matchAll(/`([a-z-]+)`/g)]
      .map(([, name]) => name)
      .filter((name) => name !== "problem")
    expect(named.length).toBeGreaterThan(2)
    expect(named.filter((name) => !TlsProblem.literals.some((known) => known === name))).toEqual([])
  })
})

const everyReason: ReadonlyArray<ConnectorReason> = [
  { _tag: "Unauthorized" },
  { _tag: "Forbidden" },
  { _tag: "NotFound" },
  { _tag: "InvalidInput" },
  { _tag: "RateLimited" },
  { _tag: "Upstream", status: 500 },
  { _tag: "Malformed" },
  { _tag: "Network" },
  { _tag: "Timeout" },
  { _tag: "Tls", problem: "expired" }
]
