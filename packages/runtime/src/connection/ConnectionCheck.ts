import { type Json, suggest } from "@sallyport/language"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { BaseUrl, type BaseUrlOptions } from "../http/BaseUrl.ts"
import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import { evaluateValue, readsIn } from "../manifest/CompiledValue.ts"
import { propertiesCodec } from "../schema/ValueCodec.ts"
import { showPath, type ValueProblem } from "../schema/ValueProblem.ts"
import { type GivenProperties, schemeNeeds } from "./AuthReadiness.ts"
import { ConnectionName } from "./ConnectionsFile.ts"
import type { ConnectionProblem } from "./ConnectionError.ts"
import type { PropertyKind } from "./VariableName.ts"

/** What is known about where the properties of a connection come from. */
export interface PropertyNotes {
  /** The variable that one can be given by. */
  readonly variableOf?: (name: string) => string
  /** How one that is missing can be given: `set SEKOIA_API_KEY`. */
  readonly howToGive?: (kind: PropertyKind, name: string) => string
  /** Where one that is given comes from: `connections.yaml:4:7`. */
  readonly givenBy?: (kind: PropertyKind, name: string) => string | undefined
  /** Those that could not be read, with the reason, instead of being reported as missing. */
  readonly unread?: ReadonlyArray<{
    readonly kind: PropertyKind
    readonly name: string
    readonly message: string
  }>
}

/** Checks the parts of a connection and gathers what is wrong with them. */
export class ConnectionCheck {
  readonly problems: Array<ConnectionProblem> = []
  readonly #manifest: CheckedManifest
  readonly #notes: PropertyNotes
  readonly #options: BaseUrlOptions

  constructor(
    manifest: CheckedManifest,
    { notes = {}, ...options }: BaseUrlOptions & { readonly notes?: PropertyNotes }
  ) {
    this.#manifest = manifest
    this.#notes = notes
    this.#options = options
    for (const { message, name } of notes.unread ?? []) this.#report(name, message)
  }

  /** The name of the connection. */
  name(name: string): void {
    if (!isName(name))
      this.problems.push({
        message:
          "this is no name of a connection: it must begin with a small letter and have small letters, digits and _, at most 64"
      })
  }

  /** The settings with their defaults; undefined where one is missing or does not fit. */
  config(given: { readonly [name: string]: unknown }): { readonly [name: string]: Json } | undefined {
    const { properties } = this.#manifest.config
    const before = this.problems.length
    const known: Array<readonly [string, unknown]> = []
    for (const name of Object.keys(given)) {
      if (properties.has(name)) known.push([name, given[name]])
      else this.#unknown("setting", name)
    }
    let isWhole = true
    for (const [name, { isRequired }] of properties) {
      if (this.#isUnread("setting", name)) isWhole = false
      else if (isRequired && !Object.hasOwn(given, name)) {
        isWhole = false
        this.#missing("setting", name)
      }
    }
    const decoded = this.#decode(Object.fromEntries(known))
    if (Result.isSuccess(decoded))
      return isWhole && this.problems.length === before ? decoded.success : undefined
    for (const { message, path } of decoded.failure) {
      const [name, ...rest] = path
      if (typeof name !== "string") continue
      const at = rest.length === 0 ? "" : ` at ${showPath(rest)}`
      this.#report(name, `the setting ${name} does not fit${at}: ${message}${this.#from("setting", name)}`)
    }
    return undefined
  }

  /** The secrets that the connector declares, those with a problem too. */
  secrets(given: { readonly [name: string]: Redacted.Redacted }): ReadonlyMap<string, Redacted.Redacted> {
    const declared = this.#manifest.secrets
    const usable = new Map<string, Redacted.Redacted>()
    for (const [name, secret] of Object.entries(given)) {
      if (!declared.has(name)) {
        this.#unknown("secret", name)
        continue
      }
      usable.set(name, secret)
      const problem = secretProblem(Redacted.value(secret))
      if (problem !== undefined)
        this.#report(name, `the secret ${name} ${problem}${this.#from("secret", name)}`)
    }
    for (const [name, { isRequired }] of declared)
      if (isRequired && !usable.has(name) && !this.#isUnread("secret", name)) this.#missing("secret", name)
    return usable
  }

  /** Evaluates the base of requests with the settings and checks that it may be asked. */
  base(config: { readonly [name: string]: Json }): void {
    const base = this.#manifest.http?.base
    if (base === undefined) return
    const [setting] = readsIn(base).flatMap(({ name, path }) => (name === "config" ? path.slice(0, 1) : []))
    const what = setting === undefined ? "the base of requests" : `the setting ${setting}`
    const from = setting === undefined ? "" : this.#from("setting", setting)
    const outcome = evaluateValue(base, { config })
    if (!outcome.ok || outcome.value === undefined) {
      const isGiven = setting === undefined || Object.hasOwn(config, setting)
      if (!isGiven) return this.#missing("setting", setting)
      const why = outcome.ok ? "there is none" : outcome.diagnostic.message
      return this.#report(setting, `the base of requests cannot be made of ${what}: ${why}${from}`)
    }
    const url =
      typeof outcome.value === "string"
        ? BaseUrl.parse(outcome.value, this.#options)
        : Result.fail("a base URL must be a text")
    if (Result.isFailure(url)) this.#report(setting, `${what} cannot be used: ${url.failure}${from}`)
  }

  /** At least one of the schemes for all requests must be usable. */
  auth(given: GivenProperties): void {
    const needs = schemeNeeds(this.#manifest, this.#manifest.http?.auth ?? [], given)
    if (needs.length === 0 || needs.some(({ isReady }) => isReady)) return
    // What is required, or was meant and cannot be read, has been reported already.
    if (needs.some(({ missing }) => missing.some((name) => this.#isReported(name)))) return
    const ways = needs.filter(({ reads }) => reads.length > 0)
    if (ways.length === 0)
      return void this.problems.push({ message: "no way to sign in can be used with these settings" })
    const begun = ways.find(({ missing, reads }) => missing.length > 0 && missing.length < reads.length)
    const present = begun?.reads.filter((name) => !begun.missing.includes(name)) ?? []
    const half = present.length === 0 ? "" : `; only ${present.join(" and ")} is given`
    const list = ways.map(({ reads }) => reads.map((name) => this.#called(name)).join(" and ")).join(", or ")
    this.problems.push({ message: `there is nothing to sign in with: give ${list}${half}` })
  }

  #isReported(name: string): boolean {
    return (
      this.#manifest.secrets.get(name)?.isRequired === true ||
      this.#notes.unread?.some((problem) => problem.name === name) === true
    )
  }

  #called(name: string): string {
    const variable = this.#notes.variableOf?.(name)
    return variable === undefined ? name : `${name} (${variable})`
  }

  /** Every setting is optional here: what is missing is reported in other words. */
  #decode(given: {
    readonly [name: string]: unknown
  }): Result.Result<{ readonly [name: string]: Json }, ReadonlyArray<ValueProblem>> {
    const { config, source } = this.#manifest
    const schemas = Object.fromEntries(
      [...config.properties].map(([name, { schema }]) => [`${name}?`, schema])
    )
    const definitions = isObject(source) ? source : {}
    return Result.map(propertiesCodec(schemas, definitions).decode(given), (value) =>
      isObject(value) ? value : {}
    )
  }

  #unknown(kind: PropertyKind, name: string): void {
    const { config, secrets } = this.#manifest
    const [own, other] = kind === "setting" ? [config.properties, secrets] : [secrets, config.properties]
    const meant = suggest(name, own.keys())
    const help = other.has(name)
      ? kind === "setting"
        ? "it is a secret"
        : "it is a setting"
      : meant !== undefined
        ? `did you mean ${meant}?`
        : own.size === 0
          ? `the connector has no ${kind}s`
          : `the ${kind}s are ${[...own.keys()].slice(0, 12).join(", ")}`
    const shown = name.slice(0, 60)
    this.#report(shown, `there is no ${kind} ${JSON.stringify(shown)}: ${help}${this.#from(kind, name)}`)
  }

  #missing(kind: PropertyKind, name: string): void {
    const how = this.#notes.howToGive?.(kind, name)
    this.#report(name, `the ${kind} ${name} is missing${how === undefined ? "" : `: ${how}`}`)
  }

  #isUnread(kind: PropertyKind, name: string): boolean {
    return this.#notes.unread?.some((problem) => problem.kind === kind && problem.name === name) === true
  }

  #from(kind: PropertyKind, name: string): string {
    const place = this.#notes.givenBy?.(kind, name)
    return place === undefined ? "" : ` (${place})`
  }

  #report(property: string | undefined, message: string): void {
    this.problems.push(property === undefined ? { message } : { property, message })
  }
}

const isName = Schema.is(ConnectionName)

const isObject = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Why a secret cannot be sent, without showing it: RFC 9110, 5.5, says what a header can hold. */
const secretProblem = (text: string): string | undefined => {
  if (text === "") return "is empty"
  if (/[\r\n]/.test(text)) return "holds a line break, which no header can: give it on one line"
  if (/^\s|\s$/u.test(text)) return "begins or ends with white space, which no header keeps: remove it"
  if (!/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(text))
    return "holds a character that no header can, such as a control character or one beyond Latin-1: was it copied whole?"
  return undefined
}
