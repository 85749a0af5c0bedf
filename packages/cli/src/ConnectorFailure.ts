import type { ConnectionError, ConnectorError } from "@sallyport/runtime"
import { ExitCode } from "./ExitCode.ts"
import { Failure } from "./Failure.ts"

/** The failure of a call. What was refused before anything was sent is wrong input or configuration. */
export const connectorFailure = (error: ConnectorError): Failure => {
  const { action, attempts, connector, message, outcomeUnknown, reason, retryable, status, upstream } = error
  const { _tag, ...details } = reason
  const isOurs = attempts === 0 && (_tag === "InvalidInput" || _tag === "Unauthorized")
  const remarks = [
    ...(outcomeUnknown ? ["It may have happened all the same: look before you repeat it."] : []),
    ...(retryable ? ["The same call may work later."] : [])
  ]
  return new Failure({
    exitCode: isOurs ? ExitCode.wrong : ExitCode.failed,
    isShown: true,
    report: {
      reason: _tag,
      message: [message, ...remarks].join("\n"),
      connector,
      action,
      ...details,
      ...(status === undefined ? {} : { status }),
      attempts,
      retryable,
      outcomeUnknown,
      ...(Object.keys(upstream).length === 0 ? {} : { upstream })
    }
  })
}

/** The failure of a connection that cannot be used as it is configured. */
export const connectionFailure = ({ connection, connector, message, problems }: ConnectionError): Failure =>
  Failure.wrong("Connection", message, { connection, connector, problems })
