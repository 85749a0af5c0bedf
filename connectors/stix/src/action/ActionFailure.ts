import type { ConnectorError, ConnectorReason } from "@sallyport/runtime"

/** What an action needs to refuse its input: the part of the runtime's handler context that makes errors. */
export interface ActionFailure {
  readonly error: (reason: ConnectorReason, message: string) => ConnectorError
}
