/** What the process says when it ends. Each code has one meaning, the same for every command. */
export const ExitCode = {
  /** Everything that was asked for was done. */
  done: 0,
  /** A service refused or could not be reached, or the machine failed; the same command may work later. */
  failed: 1,
  /** Wrong input or configuration. Nothing was sent. */
  wrong: 2,
  /** Ended by Ctrl-C (128 + SIGINT), or by closing a question. */
  interrupted: 130,
  /** Whoever read the output stopped reading (128 + SIGPIPE), as other programs end in a pipeline. */
  brokenPipe: 141,
  /** Ended by the system (128 + SIGTERM). */
  terminated: 143
} as const

/** What the process says when it ends. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]
