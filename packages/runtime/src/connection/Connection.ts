import type { Json } from "@sallyport/language"
import type * as Redacted from "effect/Redacted"

/** A configured instance of a connector: checked against its manifest, defaults filled in. There may be several. */
export interface Connection {
  /** What people and playbooks call it. */
  readonly name: string
  readonly connector: string
  /** The settings, by name. */
  readonly config: { readonly [name: string]: Json }
  /** The secrets that are given, by name. */
  readonly secrets: ReadonlyMap<string, Redacted.Redacted>
}
