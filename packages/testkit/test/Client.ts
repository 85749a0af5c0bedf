import { type Json, SourceFile } from "@sallyport/language"
import * as Effect from "effect/Effect"
import { readFileSync } from "node:fs"
import * as http from "node:http"
import { type CheckedManifest, loadManifest } from "@sallyport/runtime"

/** What a server answered. */
export interface Answer {
  readonly status: number
  /** Names and values in turn, as they were written. */
  readonly rawHeaders: ReadonlyArray<string>
  readonly headers: http.IncomingHttpHeaders
  readonly bytes: Buffer
  readonly text: string
  readonly json: Json | undefined
}

/** What is sent. */
export interface Sending {
  readonly method?: string
  readonly headers?: http.OutgoingHttpHeaders
  readonly json?: Json
  readonly body?: string
}

/** Sends a request with Node's own client: the target goes out exactly as given. Fails with the client's error. */
export const send = (url: string, sending: Sending = {}): Effect.Effect<Answer, Error> =>
  Effect.callback<Answer, Error>((resume) => {
    const body = sending.json === undefined ? sending.body : JSON.stringify(sending.json)
    const origin = new URL(url).origin
    const request = http.request(
      origin,
      {
        method: sending.method ?? "GET",
        path: url.slice(origin.length),
        agent: false,
        headers: {
          ...(sending.json === undefined ? {} : { "content-type": "application/json" }),
          ...sending.headers
        }
      },
      (response) => {
        const chunks: Array<Buffer> = []
        response.on("data", (chunk: Buffer) => chunks.push(chunk))
        response.on("error", (error: Error) => resume(Effect.fail(error)))
        response.on("end", () => {
          const bytes = Buffer.concat(chunks)
          const text = bytes.toString("utf8")
          const { headers, rawHeaders } = response
          resume(
            Effect.succeed({
              status: response.statusCode ?? 0,
              rawHeaders,
              headers,
              bytes,
              text,
              json: jsonOf(text)
            })
          )
        })
      }
    )
    request.on("error", (error) => resume(Effect.fail(error)))
    request.end(body)
    return Effect.sync(() => request.destroy())
  })

/** A field of what was answered, by its path. */
export const at = (value: Json | undefined, ...path: ReadonlyArray<string | number>): Json | undefined => {
  let found: unknown = value
  for (const name of path)
    found = typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined
  return jsonOf(JSON.stringify(found) ?? "")
}

/** A field as text; empty when it is not there. */
export const textAt = (value: Json | undefined, ...path: ReadonlyArray<string | number>): string => {
  const found = at(value, ...path)
  if (typeof found === "string") return found
  return found === undefined ? "" : JSON.stringify(found)
}

/** A list that must be there. */
export const listAt = (
  value: Json | undefined,
  ...path: ReadonlyArray<string | number>
): ReadonlyArray<Json> => {
  const found = at(value, ...path)
  if (!isList(found)) throw new Error(`no list at ${path.join(".")}`)
  return found
}

/** The texts at a path in each item of a list. */
export const texts = (list: ReadonlyArray<Json>, ...path: ReadonlyArray<string>): ReadonlyArray<string> =>
  list.map((item) => textAt(item, ...path))

/** A manifest of this repository. */
export const manifestOf = (name: string): CheckedManifest => {
  const path = `manifests/${name}.yaml`
  const text = readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8")
  const { diagnostics, manifest } = loadManifest(new SourceFile(path, text))
  if (manifest === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"))
  return manifest
}

const isList = (value: Json | undefined): value is ReadonlyArray<Json> => Array.isArray(value)

const decode: (text: string) => Json = JSON.parse

const jsonOf = (text: string): Json | undefined => {
  try {
    return decode(text)
  } catch {
    return undefined
  }
}
