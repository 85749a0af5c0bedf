import * as Schema from "effect/Schema"
import { spawn } from "node:child_process"

/** A server in a process of its own. */
export interface ServerProcess<A> {
  /** What it printed when it was ready. */
  readonly ready: A
  readonly stop: () => void
}

/** Starts a server whose first line of output is JSON that says that it is ready, and that ends with its input. */
export const serverProcess = async <S extends Schema.ConstraintDecoder<unknown>>(
  file: string,
  args: ReadonlyArray<string>,
  schema: S
): Promise<ServerProcess<S["Type"]>> => {
  const child = spawn(process.execPath, [file, ...args], { stdio: ["pipe", "pipe", "inherit"] })
  const line = await new Promise<string>((resolve, reject) => {
    let text = ""
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString()
      const end = text.indexOf("\n")
      if (end !== -1) resolve(text.slice(0, end))
    })
    child.on("exit", () => reject(new Error(`${file} ended before it was ready`)))
  })
  const ready = Schema.decodeUnknownSync(Schema.fromJsonString(schema))(line)
  return { ready, stop: () => child.stdin.end() }
}
