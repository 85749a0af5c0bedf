import { Failure } from "./Failure.ts"

/** An action or trigger as people name it: `CONNECTOR.NAME`. */
export interface Operation {
  readonly connector: string
  readonly name: string
}

/** Reads the name of an operation; names are words, so that none of them leads to another file or path. */
export const readOperation = (text: string, kind: "action" | "trigger"): Operation | Failure => {
  const [, connector, name] = /^([A-Za-z0-9_-]{1,100})\.([A-Za-z0-9_-]{1,100})$/.exec(text) ?? []
  if (connector !== undefined && name !== undefined) return { connector, name }
  const shown = JSON.stringify(text.slice(0, 60))
  return Failure.wrong("Usage", `${shown} names no ${kind}: write CONNECTOR.${kind.toUpperCase()}`)
}
