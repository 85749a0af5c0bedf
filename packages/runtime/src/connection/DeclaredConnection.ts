import type { Json, Span } from "@sallyport/language"
import type { SecretSource } from "./SecretSource.ts"

/** A connection as it is declared: its secrets are not read yet. */
export interface DeclaredConnection {
  readonly name: string
  readonly connector: string
  readonly config: ReadonlyMap<string, DeclaredSetting>
  readonly secrets: ReadonlyMap<string, DeclaredSecret>
  /** Where its name stands; undefined when all of it comes from the environment. */
  readonly span: Span | undefined
}

/** A setting that is written down. */
export interface DeclaredSetting {
  readonly value: Json
  /** Where its name stands. */
  readonly span: Span
}

/** A secret and where it is to be read. */
export interface DeclaredSecret {
  readonly source: SecretSource
  /** Where its name stands. */
  readonly span: Span
}

/** A connection of which nothing is written down. */
export const undeclaredConnection = (name: string, connector: string): DeclaredConnection => ({
  name,
  connector,
  config: new Map(),
  secrets: new Map(),
  span: undefined
})
