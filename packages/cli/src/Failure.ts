import * as Data from "effect/Data"
import { ExitCode } from "./ExitCode.ts"

/** What is printed of a failure under `error` with `--json`. Fields besides these two depend on the reason. */
export interface FailureReport {
  /** One word, for programs: `Usage`, `Input`, `Manifest`, `Connection`, `State`, …, or that of a `ConnectorError`. */
  readonly reason: string
  /** For people: what, why, and what to do. Without secrets. */
  readonly message: string
  readonly [detail: string]: unknown
}

/** A command that ends without having done what was asked. Expected: shown as a message, never with a stack. */
export class Failure extends Data.TaggedError("Failure")<{
  readonly exitCode: ExitCode
  readonly report: FailureReport
  /** False when what is wrong was already printed, as diagnostics are. It is then only the exit code. */
  readonly isShown: boolean
}> {
  override get message(): string {
    return this.report.message
  }

  /** Wrong input or configuration, found before anything was sent. */
  static wrong(
    reason: string,
    message: string,
    details: { readonly [detail: string]: unknown } = {}
  ): Failure {
    return new Failure({
      exitCode: ExitCode.wrong,
      report: { reason, message, ...details },
      isShown: true
    })
  }

  /** Something outside that did not work. */
  static failed(
    reason: string,
    message: string,
    details: { readonly [detail: string]: unknown } = {}
  ): Failure {
    return new Failure({
      exitCode: ExitCode.failed,
      report: { reason, message, ...details },
      isShown: true
    })
  }

  /** What is wrong is on the screen already. */
  static afterOutput(exitCode: ExitCode): Failure {
    return new Failure({ exitCode, report: { reason: "Reported", message: "" }, isShown: false })
  }
}
