import type { Json } from "@sallyport/language"
import * as Redacted from "effect/Redacted"
import type { CheckedAuth, CheckedManifest } from "../manifest/CheckedManifest.ts"
import { type CompiledValue, evaluateValue, readsIn } from "../manifest/CompiledValue.ts"
import { valuesOf } from "../manifest/RequestChecker.ts"

/** What a scheme still needs. */
export interface SchemeNeeds {
  readonly scheme: string
  /** Secrets and settings that it reads, in the order in which they are declared. */
  readonly reads: ReadonlyArray<string>
  /** Those of them without which it cannot be used. */
  readonly missing: ReadonlyArray<string>
  /** True when it can be used. */
  readonly isReady: boolean
}

/** What is given of a connection. */
export interface GivenProperties {
  readonly config: { readonly [name: string]: Json }
  readonly secrets: ReadonlyMap<string, Redacted.Redacted>
}

/**
 * Whether each of the schemes can be used with what is given: all secrets that it reads are there, and what it sends
 * first, to open its session or with each request, can be made of them.
 */
export const schemeNeeds = (
  manifest: CheckedManifest,
  schemes: ReadonlyArray<string>,
  given: GivenProperties
): ReadonlyArray<SchemeNeeds> =>
  schemes.flatMap((name) => {
    const scheme = manifest.auth.get(name)
    return scheme === undefined ? [] : [needsOf(manifest, scheme, given)]
  })

const needsOf = (
  manifest: CheckedManifest,
  scheme: CheckedAuth,
  { config, secrets }: GivenProperties
): SchemeNeeds => {
  const first = scheme.session === undefined ? [...scheme.headers.values()] : valuesOf(scheme.session.open)
  const settings = settingsRead(first).filter((name) => manifest.config.properties.has(name))
  const missingSecrets = scheme.secrets.filter((name) => !secrets.has(name))
  const missingSettings = settings.filter((name) => !Object.hasOwn(config, name))
  const reads = inOrder(manifest, [...scheme.secrets, ...settings])
  if (missingSecrets.length > 0)
    return {
      scheme: scheme.name,
      reads,
      missing: inOrder(manifest, [...missingSecrets, ...missingSettings]),
      isReady: false
    }
  const variables = {
    config,
    secrets: Object.fromEntries([...secrets].map(([name, secret]) => [name, Redacted.value(secret)]))
  }
  // What is made is thrown away at once: only whether it can be made is asked.
  const isReady = first.every((value) => evaluateValue(value, variables).ok)
  return { scheme: scheme.name, reads, missing: isReady ? [] : missingSettings, isReady }
}

const settingsRead = (values: ReadonlyArray<CompiledValue>): ReadonlyArray<string> =>
  values.flatMap(readsIn).flatMap(({ name, path }) => (name === "config" ? path.slice(0, 1) : []))

const inOrder = (manifest: CheckedManifest, names: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...manifest.secrets.keys(), ...manifest.config.properties.keys()].filter((name) => names.includes(name))
