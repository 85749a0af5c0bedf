import type { Json } from "@sallyport/language"
import type { ReceivedRequest } from "../server/ReceivedRequest.ts"

/** What a request did that stays done. */
export interface IngestEffect {
  readonly kind: "entity" | "well-known" | "association" | "comment" | "scan"
  readonly body: Json
  /** The header `Idempotency-Key`; the service knows none. */
  readonly idempotencyKey: string | undefined
  /** The `index` of the request. */
  readonly request: number
}

/** All that ingest accepted, oldest first: what was done twice stands twice. */
export class IngestLog {
  readonly #effects: Array<IngestEffect> = []

  /** Everything. */
  get all(): ReadonlyArray<IngestEffect> {
    return this.#effects
  }

  /** What was done of one kind. */
  of(kind: IngestEffect["kind"]): ReadonlyArray<IngestEffect> {
    return this.#effects.filter((effect) => effect.kind === kind)
  }

  /** Adds what a request did. */
  add(kind: IngestEffect["kind"], body: Json, request: ReceivedRequest): void {
    this.#effects.push({
      kind,
      body,
      idempotencyKey: request.header("idempotency-key"),
      request: request.index
    })
  }
}
