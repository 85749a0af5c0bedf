/** Where an exchange was when it broke. */
export type ExchangePhase = "request" | "body"

/** What Node or undici says about an exchange that broke. Its text may hold addresses: see `transportFailure`. */
export class WireFailure {
  readonly _tag = "Wire"
  readonly cause: unknown
  readonly phase: ExchangePhase
  /** Whether a proxy is configured, so that it may be the one who cannot be reached. */
  readonly isProxied: boolean

  constructor(cause: unknown, phase: ExchangePhase, isProxied = false) {
    this.cause = cause
    this.phase = phase
    this.isProxied = isProxied
  }
}
