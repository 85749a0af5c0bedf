import { describe, expect, it } from "@effect/vitest"
import { AnswerFault, Fault, Reply, SimulatedSekoia, SimulatedThreatWinds } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Ended, repository, type RunOptions, sallyport, temporaryDirectory } from "./CommandLine.ts"
import { echoFaults, echoOf } from "./EchoFaults.ts"
import { SecretSearch } from "./SecretSearch.ts"
import { Written } from "./Written.ts"

const secrets = {
  apiKey: String.raw`sk-Umbral/7+Q"z\%41&=~tail`,
  keyId: String.raw`tw-key-Marzipan/3+w"&=~`,
  keySecret: String.raw`tw-secret-Quokka/8+b"\%2F&=~`,
  proxyPassword: "pr0xy-Kaleidoskop~9",
  fileKey: "key-of-a-file-Gnu/2+x=",
  webhookValue: String.raw`hook-Xylophon/4+"v\ =~`
}

/** A directory to run in, what was written, and the secrets to look for. */
const world = Effect.map(temporaryDirectory, (cwd) => {
  const search = new SecretSearch()
  for (const [name, value] of Object.entries(secrets)) search.add(name, value)
  const written = new Written()
  const manifests = join(cwd, "manifests")
  mkdirSync(manifests)
  for (const name of ["threatwinds.yaml", "stix.yaml"])
    copyFileSync(join(repository, "manifests", name), join(manifests, name))
  // Repetitions are tested elsewhere: here nobody waits for them.
  const sekoia = readFileSync(join(repository, "manifests/sekoia.yaml"), "utf8")
  writeFileSync(join(manifests, "sekoia.yaml"), sekoia.replace("backoff: 500ms", "backoff: 1ms"))
  const env = { HOME: cwd, XDG_STATE_HOME: join(cwd, "state"), SALLYPORT_MANIFESTS: manifests }
  const run = (args: ReadonlyArray<string>, options: Partial<RunOptions> = {}): Effect.Effect<Ended> =>
    sallyport(args, { ...options, cwd, env: { ...env, ...options.env } }).pipe(
      Effect.tap(({ err, out }) =>
        Effect.sync(() => written.add(`sallyport ${args.slice(0, 2).join(" ")}`, `${out}\n${err}`))
      )
    )
  return { cwd, search, written, run }
})

/** Both services, with the secrets that they accept and the variables that lead to them. */
const services = Effect.gen(function* () {
  const sekoia = yield* SimulatedSekoia.make({ apiKey: secrets.apiKey })
  const threatwinds = yield* SimulatedThreatWinds.make({
    apiKey: secrets.keyId,
    apiSecret: secrets.keySecret
  })
  const env = {
    SEKOIA_BASE_URL: sekoia.baseUrl,
    SEKOIA_API_KEY: secrets.apiKey,
    THREATWINDS_BASE_URL: threatwinds.baseUrl,
    THREATWINDS_API_KEY: secrets.keyId,
    THREATWINDS_API_SECRET: secrets.keySecret
  }
  return { sekoia, threatwinds, env }
})

/** One way and the other in turn. */
const eitherWay = (args: ReadonlyArray<string>, index: number): ReadonlyArray<string> =>
  index % 2 === 0 ? args : [...args, "--json"]

/** Both ways to print; each call is made once in each. */
const bothWays = (args: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> => [
  args,
  [...args, "--json"]
]

const yaml = (value: string): string => JSON.stringify(value)

describe("nothing that the command line writes holds a secret", () => {
  it.live("whatever goes wrong with a connection, for people and for programs", () =>
    Effect.gen(function* () {
      const { cwd, run, search, written } = yield* world
      const kinds = echoFaults(secrets.apiKey)
      const lines: Array<string> = ["connections:"]
      const add = (name: string, baseUrl: string, source = "{ env: THE_KEY }"): void => {
        lines.push(`  ${name}:`, "    connector: sekoia", `    config: { base_url: ${yaml(baseUrl)} }`)
        lines.push("    secrets:", `      api_key: ${source}`)
      }
      for (const [kind, fault] of kinds) {
        const sekoia = yield* SimulatedSekoia.make({ apiKey: secrets.apiKey, objects: [] })
        sekoia.faults.add(fault, { times: Number.POSITIVE_INFINITY })
        add(kind, sekoia.baseUrl)
      }
      const healthy = yield* SimulatedSekoia.make({ apiKey: secrets.fileKey, objects: [] })
      writeFileSync(join(cwd, "key.txt"), secrets.fileKey, { mode: 0o600 })
      writeFileSync(join(cwd, "bad-key.txt"), `${secrets.fileKey}\r\nX-More: 1`, { mode: 0o600 })
      add("healthy", healthy.baseUrl, "{ file: key.txt }")
      add("bad_file", healthy.baseUrl, "{ file: bad-key.txt }")
      add("command", healthy.baseUrl, `{ command: [sh, -c, ${yaml('printf "%s" "$THE_KEY" >&2; exit 3')}] }`)
      add("no_tls", healthy.baseUrl.replace("http:", "https:"))
      add("unreachable", "http://127.0.0.1:1")
      add("proxied", "https://sekoia.example")
      add("key_in_url", `http://robin:${encodeURIComponent(secrets.apiKey)}@127.0.0.1:1/`)
      add("plain_http", "http://sekoia.example")
      add("written_down", healthy.baseUrl, yaml(secrets.apiKey))
      writeFileSync(join(cwd, "connections.yaml"), `${lines.join("\n")}\n`)
      const env = {
        THE_KEY: secrets.apiKey,
        HTTPS_PROXY: `http://robin:${secrets.proxyPassword}@127.0.0.1:1`
      }
      const names = [...kinds.keys(), "healthy", "bad_file", "command", "no_tls", "unreachable", "proxied"]
      const all = [...names, "key_in_url", "plain_http", "written_down"]
      for (const args of bothWays(["connections", "check", ...all])) {
        const { code, err, out } = yield* run(args, { env })
        expect(code).toBe(2)
        for (const name of all) expect(out + err).toContain(name)
      }
      for (const args of [["connections"], ["connections", "--json"], ["check", "connections.yaml"]])
        yield* run(args, { env })
      for (const reason of "Unauthorized Forbidden NotFound InvalidInput RateLimited Upstream Malformed Network Tls".split(
        " "
      ))
        expect(written.has(reason), reason).toBe(true)
      expect(written.has("<redacted>")).toBe(true)
      written.addFiles(cwd, (path) => /^(?:connections\.yaml|(?:bad-)?key\.txt)$/.test(path))
      expect(written.secrets(search)).toEqual([])
    })
  )

  it.live("calls of actions, with input that is right, wrong, refused, or holds the secret", () =>
    Effect.gen(function* () {
      const { cwd, run, search, written } = yield* world
      const { env, threatwinds } = yield* services
      const webhook = (value: unknown, url: string): string =>
        JSON.stringify({
          target: "203.0.113.9",
          webhook: { url, headers: [{ key: "Authorization", value }] }
        })
      writeFileSync(join(cwd, "secret-input.json"), webhook(secrets.webhookValue, "https://soc.example/hook"))
      writeFileSync(join(cwd, "broken-input.json"), `{"target": ${secrets.webhookValue}`)
      const scan = ["call", "threatwinds.start_scan", "--input"]
      const right: ReadonlyArray<ReadonlyArray<string>> = [
        ["call", "sekoia.check_key"],
        ["call", "sekoia.list_objects", "--set", "limit=3"],
        ["call", "threatwinds.get_keypair"],
        [...scan, "@secret-input.json"]
      ]
      const wrong: ReadonlyArray<ReadonlyArray<string>> = [
        [...scan, "@broken-input.json"],
        [
          "call",
          "threatwinds.start_scan",
          "--set",
          `webhook=${secrets.webhookValue}`,
          "--set",
          "target=a.example"
        ],
        // An object where the secret text belongs, and a secret where an address belongs.
        [...scan, webhook({ value: secrets.webhookValue }, "https://soc.example/hook")],
        [...scan, webhook([secrets.webhookValue], "no address")],
        ["call", "sekoia.find_indicators", "--set", `type=${secrets.apiKey}`, "--set", "value=x"],
        ["call", "sekoia.list_objects", "--set", `cursor=${secrets.apiKey}`, "--set", "limit=0"],
        ["call", "threatwinds.verify_session", "--set", `code=${secrets.webhookValue.repeat(9)}`]
      ]
      for (const args of right.map(eitherWay)) expect((yield* run(args, { env })).code, args[1]).toBe(0)
      for (const args of wrong.map(eitherWay)) expect((yield* run(args, { env })).code, args[1]).toBe(2)
      expect(threatwinds.effects.of("scan").map(({ body }) => JSON.stringify(body))).toEqual([
        expect.stringContaining(JSON.stringify(secrets.webhookValue).slice(1, -1))
      ])
      // The service repeats what it was sent, also the secret of the webhook.
      const everything = [secrets.webhookValue, secrets.keyId, secrets.keySecret].map(echoOf).join(" ")
      for (const status of [400, 500]) {
        const answer = Reply.json({ error: { message: everything.slice(0, 4000) } }, { status })
        threatwinds.faults.add(Fault.reply(answer), { times: 2 })
        for (const args of bothWays([...scan, "@secret-input.json"]))
          expect((yield* run(args, { env })).code).toBe(1)
      }
      written.addFiles(cwd, (path) => path.endsWith("-input.json"))
      expect(written.secrets(search)).toEqual([])
    })
  )

  it.live("sessions: neither the bearer nor the code is printed or kept in clear", () =>
    Effect.gen(function* () {
      const { cwd, run, search, written } = yield* world
      const threatwinds = yield* SimulatedThreatWinds.make()
      const { email, mailbox } = threatwinds.accounts
      const env = { THREATWINDS_BASE_URL: threatwinds.baseUrl, THREATWINDS_EMAIL: email }
      const login = ["connections", "login", "threatwinds"]
      expect((yield* run(login, { env })).code).toBe(0)
      const code = mailbox.last?.code ?? ""
      search.add("code", code)
      const echo = Reply.json({ error: { message: `the code ${code} is wrong` } }, { status: 400 })
      threatwinds.faults.add(Fault.reply(echo), { path: "/api/auth/v2/session/verification", times: 2 })
      for (const args of bothWays([...login, "--code", "-"]))
        expect((yield* run(args, { env, input: code })).code).toBe(1)
      expect((yield* run([...login, "--json", "--code", code], { env })).code).toBe(0)
      const opened = (): ReadonlyArray<string> =>
        [...threatwinds.accounts.sessions.values()]
          .map((session) => session.bearer)
          .filter((one) => one !== threatwinds.bearer)
      const [bearer = ""] = opened()
      const refused = { error: { message: echoOf(bearer), error_id: bearer } }
      threatwinds.faults.add(Fault.reply(Reply.json(refused, { status: 401 })), {
        path: "/api/auth/v2/sessions",
        times: 2
      })
      for (const args of bothWays(["call", "threatwinds.list_sessions"])) yield* run(args, { env })
      const shown = threatwinds.requests.last?.header("authorization")
      expect(shown).toBe(`Bearer ${bearer}`)
      for (const args of bothWays(["call", "threatwinds.open_session", "--set", `email=${email}`]))
        expect((yield* run(args, { env })).out).toContain("<redacted>")
      yield* run(["connections", "logout", "threatwinds", "--json"], { env })
      expect((yield* run([...login, "--json"], { env })).code).toBe(0)
      expect(opened()).toHaveLength(4)
      for (const [index, one] of opened().entries()) search.add(`bearer ${index}`, one)
      written.addFiles(cwd, () => false)
      expect(written.has("sessions/")).toBe(true)
      expect(written.secrets(search)).toEqual([])
    })
  )

  it.live("polls: cursors stay in the state file, keys do not even come there", () =>
    Effect.gen(function* () {
      const { cwd, run, search, written } = yield* world
      const sekoia = yield* SimulatedSekoia.make({ apiKey: secrets.apiKey })
      const env = { SEKOIA_BASE_URL: sekoia.baseUrl, SEKOIA_API_KEY: secrets.apiKey }
      const path = "/v2/inthreat/collections"
      const poll = ["poll", "sekoia.feed", "--set", "limit=60", "--state", "feed.state"]
      sekoia.faults.add(AnswerFault.badItems(), { path })
      expect((yield* run([...poll, "--max-pages", "2", "--rejected", "bad.ndjson"], { env })).code).toBe(0)
      const cursors = (): ReadonlyArray<string> => [
        ...new Set(sekoia.requests.all.flatMap((request) => request.parameter("cursor") ?? []))
      ]
      // The service repeats the cursor that it was sent, in a refusal and as the next one.
      const echo = (status: number): Fault =>
        AnswerFault.change(() => {
          const cursor = sekoia.requests.last?.parameter("cursor") ?? ""
          return Reply.json({ message: `bad cursor ${echoOf(cursor)}`, code: cursor }, { status })
        })
      sekoia.faults.add(echo(400), { path, times: 2 })
      for (const args of bothWays(poll)) expect((yield* run(args, { env })).code).toBe(1)
      sekoia.faults.add(AnswerFault.nextCursor("repeated"), { path, times: 1 })
      const repeated = yield* run(poll, { env })
      expect(repeated.err).toContain("names itself as the next one")
      sekoia.faults.add(AnswerFault.nextCursor({ cycle: 2 }), { path, times: 20 })
      yield* run(["poll", "sekoia.feed", "--set", "limit=20", "--keys", "--json"], { env })
      sekoia.faults.clear()
      yield* run(["call", "sekoia.list_objects", "--set", "limit=60", "--all"], { env })
      const seen = cursors()
      expect(seen.length).toBeGreaterThan(2)
      for (const [index, cursor] of seen.entries()) search.add(`cursor ${index}`, cursor)
      const state = readFileSync(join(cwd, "feed.state"), "utf8")
      expect(search.in("state", state).map(({ secret }) => secret)).not.toContain("apiKey")
      expect(state).toContain('"cursor"')
      written.addFiles(cwd, (name) => name === "feed.state")
      expect(written.secrets(search)).toEqual([])
    })
  )

  it.live("the demo, simulated and live", () =>
    Effect.gen(function* () {
      const { cwd, run, search, written } = yield* world
      const { env, threatwinds } = yield* services
      for (const name of [
        "simulated-sekoia-key",
        "simulated-threatwinds-key",
        "simulated-threatwinds-secret"
      ])
        search.add(name, name)
      expect((yield* run(["demo", "--objects", "20"], { env })).code).toBe(0)
      expect((yield* run(["demo", "--live", "--json"], { env })).code).toBe(0)
      const refused = Reply.json({ error: { message: echoOf(secrets.keySecret) } }, { status: 403 })
      threatwinds.faults.add(Fault.reply(refused), { times: 2 })
      for (const args of bothWays(["demo", "--live"])) {
        const { code, err, out } = yield* run(args, { env })
        expect(code).toBe(1)
        expect(out + err).toContain("<redacted>")
      }
      written.addFiles(cwd, () => false)
      expect(written.secrets(search)).toEqual([])
    })
  )
})
