import { showSpan } from "@sallyport/language"
import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import type { DeclaredConnection } from "./DeclaredConnection.ts"
import { showSource } from "./SecretSource.ts"
import { type Environment, type PropertyKind, variableAt, variableName } from "./VariableName.ts"

/** What a connection is made of, without any value. */
export interface ConnectionSummary {
  readonly name: string
  /** Undefined where it is declared wrongly, so that it is not known. */
  readonly connector: string | undefined
  /** Where it is declared; undefined when all of it comes from the environment. */
  readonly place: string | undefined
  /** False when it is declared wrongly: `get` says what is wrong. */
  readonly isUsable: boolean
  readonly properties: ReadonlyArray<PropertySummary>
}

/** A setting or secret of a connection and where it comes from. */
export interface PropertySummary {
  readonly name: string
  readonly kind: PropertyKind
  readonly isRequired: boolean
  readonly origin: PropertyOrigin
}

/** Where a property comes from. */
export type PropertyOrigin =
  /** Written down: `place` is `file:line:column`, `source` where a secret is read, such as `file /run/secrets/key`. */
  | { readonly kind: "file"; readonly place: string; readonly source?: string }
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "default" }
  /** `variable` would give it; `place` is where that variable is named, if it is. */
  | { readonly kind: "missing"; readonly variable: string; readonly place?: string }

/** The summary of a connection with which nothing is wrong in the file. Nothing but the environment is looked at. */
export const summaryOf = (
  declared: DeclaredConnection,
  manifest: CheckedManifest,
  environment: Environment
): ConnectionSummary => ({
  name: declared.name,
  connector: declared.connector,
  place: declared.span === undefined ? undefined : showSpan(declared.span),
  isUsable: true,
  properties: [
    ...[...manifest.config.properties].map(([name, { default: fallback, isRequired }]): PropertySummary => ({
      name,
      kind: "setting",
      isRequired,
      origin: settingOrigin(name, declared, fallback !== undefined, environment)
    })),
    ...[...manifest.secrets].map(([name, { isRequired }]): PropertySummary => ({
      name,
      kind: "secret",
      isRequired,
      origin: secretOrigin(name, declared, environment)
    }))
  ]
})

const settingOrigin = (
  property: string,
  { config, name }: DeclaredConnection,
  hasDefault: boolean,
  environment: Environment
): PropertyOrigin => {
  const written = config.get(property)
  if (written !== undefined) return { kind: "file", place: showSpan(written.span) }
  const found = variableOrigin(variableName({ connection: name, property }), environment)
  return found.kind === "missing" && hasDefault ? { kind: "default" } : found
}

const secretOrigin = (
  property: string,
  { name, secrets }: DeclaredConnection,
  environment: Environment
): PropertyOrigin => {
  const written = secrets.get(property)
  if (written === undefined) return variableOrigin(variableName({ connection: name, property }), environment)
  const place = showSpan(written.span)
  const { source } = written
  if ("env" in source && variableAt(environment, source.env) === undefined)
    return { kind: "missing", variable: source.env, place }
  return { kind: "file", place, source: showSource(source) }
}

const variableOrigin = (variable: string, environment: Environment): PropertyOrigin => ({
  kind: variableAt(environment, variable) === undefined ? "missing" : "environment",
  variable
})
