import * as Inspectable from "effect/Inspectable"
import type * as Redacted from "effect/Redacted"

/**
 * Where a request goes. The address may hold a cursor, so everything that prints a target (`toString`, `JSON`,
 * `console`) shows the origin only.
 */
export class RequestTarget {
  /** Scheme, host and port. */
  readonly origin: string
  /** The `Redacted` values that the address holds. */
  readonly sensitive: ReadonlyArray<Redacted.Redacted>
  readonly #href: string

  constructor(href: string, sensitive: ReadonlyArray<Redacted.Redacted>) {
    this.#href = href
    this.origin = new URL(href).origin
    this.sensitive = sensitive
  }

  /** The whole address, for the wire only. */
  get href(): string {
    return this.#href
  }

  /** The origin only. */
  toString(): string {
    return this.origin
  }

  /** The origin only. */
  toJSON(): unknown {
    return { _id: "RequestTarget", origin: this.origin }
  }

  [Inspectable.NodeInspectSymbol](): unknown {
    return this.toJSON()
  }
}
