import type { CheckedAuth, CheckedManifest, CheckedRequest } from "../manifest/CheckedManifest.ts"
import { durationWords } from "./DurationWords.ts"
import { blocks, code, either, fenced, inline, sentence, showJson, table, valueCode } from "./MarkdownText.ts"
import type { SchemaWords } from "./SchemaWords.ts"

/** Says how to connect: settings, secrets, their variables, ways to prove who one is. */
export const connectSection = (manifest: CheckedManifest, words: SchemaWords): string => {
  if (manifest.config.properties.size === 0 && manifest.secrets.size === 0)
    return "There is nothing to fill in: it has no settings and no secrets."
  const { connector } = manifest.manifest
  return blocks(
    `What is not in \`connections.yaml\` is read from the environment: the variables below are those of a connection that is called ${code(connector)}. One with another name has variables with that name instead.`,
    fenced("yaml", connectionSnippet(manifest)),
    "A secret is never written into that file: it names where the secret comes from.",
    settingTable(manifest, words),
    secretTable(manifest),
    checkLine(manifest),
    authPart(manifest),
    limitsPart(manifest)
  )
}

/** The entry of `connections.yaml`, with what must be given, or else with the secrets of the preferred way. */
export const connectionSnippet = ({ auth, config, http, manifest, secrets }: CheckedManifest): string => {
  const { connector } = manifest
  const required = [...secrets].flatMap(([name, { isRequired }]) => (isRequired ? [name] : []))
  const preferred = auth.get(http?.auth[0] ?? "")?.secrets ?? []
  const shown = required.length > 0 ? required : preferred
  const settings = [...config.properties].flatMap(([name, { default: standard, isRequired }]) =>
    isRequired || standard !== undefined
      ? [{ isRequired, line: `${name}: ${standard === undefined ? "…" : showJson(standard)}` }]
      : []
  )
  // What has a default is there to be seen, and to be changed.
  const isNeeded = settings.some(({ isRequired }) => isRequired)
  return [
    "connections:",
    `  ${connector}:`,
    ...(settings.length === 0 ? [] : [`    ${isNeeded ? "" : "# "}config:`]),
    ...settings.map(({ isRequired, line }) =>
      isNeeded ? `      ${isRequired ? "" : "# "}${line}` : `    #   ${line}`
    ),
    ...(shown.length === 0 ? [] : ["    secrets:"]),
    ...shown.map((name) => `      ${name}: { env: ${variableOf(connector, name)} }`)
  ].join("\n")
}

/** The variable of a property of a connection: `sekoia` and `api_key` give `SEKOIA_API_KEY`. */
const variableOf = (connection: string, property: string): string => `${connection}_${property}`.toUpperCase()

const settingTable = ({ config, manifest }: CheckedManifest, words: SchemaWords): string =>
  table(
    ["setting", "value", "presence", "variable", "what it is"],
    [...config.properties].map(([name, { default: standard, isRequired, schema }]) => [
      code(name),
      words.words(schema),
      standard === undefined ? (isRequired ? "required" : "optional") : `default ${valueCode(standard)}`,
      code(variableOf(manifest.connector, name)),
      words.description(schema)
    ])
  )

const secretTable = ({ manifest, secrets }: CheckedManifest): string =>
  table(
    ["secret", "presence", "variable", "what it is"],
    [...secrets].map(([name, { description, isRequired }]) => [
      code(name),
      isRequired ? "required" : "optional",
      code(variableOf(manifest.connector, name)),
      sentence(inline(description ?? ""))
    ])
  )

const checkLine = ({ checks, manifest }: CheckedManifest): string =>
  checks.length === 0
    ? ""
    : `\`sallyport connections check ${manifest.connector}\` calls ${checks.map(({ action }) => code(action)).join(" or ")} to see whether a connection works.`

const authPart = ({ auth, http, manifest }: CheckedManifest): string => {
  if (auth.size === 0) return ""
  const preference = http?.auth ?? []
  const order =
    preference.length > 1
      ? `Of ${preference.map(code).join(", ")}, in this order, the first is used whose secrets are all given, unless an action says otherwise.`
      : ""
  return blocks(
    "### Ways to authenticate",
    order,
    [...auth.values()]
      .map((scheme) => `- ${schemeWords(scheme, questionOf(manifest, scheme.name))}`)
      .join("\n")
  )
}

/** The question of a session as it is written, expressions included. */
const questionOf = ({ auth }: CheckedManifest["manifest"], name: string): string =>
  auth !== undefined && Object.hasOwn(auth, name) ? String(auth[name]?.confirm?.ask ?? "") : ""

const schemeWords = ({ headers, name, secrets, session }: CheckedAuth, question: string): string => {
  const needs = secrets.length === 0 ? "needs no secret" : `needs ${secrets.map(code).join(" and ")}`
  const sends = `sends the header${headers.size === 1 ? "" : "s"} ${[...headers.keys()].map(code).join(" and ")}`
  if (session === undefined) return `${code(name)} ${needs} and ${sends}.`
  const parts = [
    `${code(name)} ${needs}. It opens a session with ${requestWords(session.open)} and ${sends}.`,
    session.confirm === undefined
      ? ""
      : `Before the session can be used, a person answers ${code(question)}, and the answer is sent with ${requestWords(session.confirm.request)}.`,
    session.extend === undefined
      ? ""
      : `It is extended with ${requestWords(session.extend)} before it expires.`
  ]
  return parts.filter((part) => part !== "").join(" ")
}

/** The method and the path of a request, as code. */
export const requestWords = ({ method, path }: CheckedRequest): string =>
  code(`${method} ${path.map((part) => (typeof part === "string" ? part : `{${part.input}}`)).join("")}`)

/** How calls are limited and repeated, as the manifest says it; empty where it says nothing. */
const limitsPart = ({ manifest: { http } }: CheckedManifest): string => {
  if (http === undefined) return ""
  const { concurrency, rate, retry, timeout } = http
  const lines = [
    timeout === undefined
      ? ""
      : `A call takes at most ${durationWords(timeout)}, attempts and waits included, where the action says nothing else.`,
    retry === undefined
      ? ""
      : `A failed call is made again, up to ${retry.attempts ?? 3} times in all, after ${either(retry.on.map(causeWords))}; after an unknown outcome only where the table of actions says so.${retry.honor === undefined ? "" : " It waits as long as a `Retry-After` asks for, within its limits."}`,
    rate === undefined
      ? ""
      : `All callers of a connection together make at most ${rate.requests} request${rate.requests === 1 ? "" : "s"} in ${durationWords(rate.per)}.`,
    concurrency === undefined
      ? ""
      : `At most ${concurrency} request${concurrency === 1 ? " is" : "s are"} under way at once.`
  ]
  const said = lines.filter((line) => line !== "")
  return said.length === 0 ? "" : blocks("### Limits", said.map((line) => `- ${line}`).join("\n"))
}

const causeWords = (cause: number | string): string => {
  if (cause === "network") return "no answer"
  return cause === "timeout" ? "no answer in time" : code(String(cause))
}
