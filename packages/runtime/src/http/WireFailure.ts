/** Where an exchange was when it broke. */
export type ExchangePhase = "request" | "body"

/** What Node or undici says about an exchange that broke. Its text may hold addresses: see `transportFailure`. */
export class WireFailure {
  readonly _tag = "Wire"
  readonly cause: unknown
  readonly phase: ExchangePhase

  constructor(cause: unknown, phase: ExchangePhase) {
    this.cause = cause
    this.phase = phase
  }
}
