import type { Json } from "@sallyport/language"
import { parseJson } from "../json/JsonText.ts"

/** Headers by their names in small letters; a list where one came several times and cannot be joined. */
export type RequestHeaders = { readonly [name: string]: string | ReadonlyArray<string> | undefined }

/** What came over the wire, as it came. Headers hold the secrets of the client: do not print them. */
export class ReceivedRequest {
  /** Counts from 0 over the life of the server, also past requests that the log has dropped. */
  readonly index: number
  readonly method: string
  /** The request target exactly as it was sent: path and query, nothing decoded. */
  readonly target: string
  /** Header names and values in turn, as they were written. */
  readonly rawHeaders: ReadonlyArray<string>
  /** Headers by their names in small letters. */
  readonly headers: RequestHeaders
  readonly body: Uint8Array
  /** The path without the server's prefix; not decoded. */
  readonly path: string
  /** The names of the query and their values in the order they were sent, decoded. A repeated name stands twice. */
  readonly query: ReadonlyArray<readonly [name: string, value: string]>
  /** What was done instead of answering as the server would: the name of a fault. */
  fault: string | undefined = undefined
  /** The status that was sent; undefined while there is none, and when the connection was cut before. */
  status: number | undefined = undefined

  constructor(parts: {
    readonly index: number
    readonly method: string
    readonly target: string
    readonly prefix: string
    readonly rawHeaders: ReadonlyArray<string>
    readonly headers: RequestHeaders
    readonly body: Uint8Array
  }) {
    this.index = parts.index
    this.method = parts.method
    this.target = parts.target
    this.rawHeaders = parts.rawHeaders
    this.headers = parts.headers
    this.body = parts.body
    const mark = parts.target.indexOf("?")
    const path = mark === -1 ? parts.target : parts.target.slice(0, mark)
    this.path = path.startsWith(`${parts.prefix}/`) ? path.slice(parts.prefix.length) : path
    this.query = mark === -1 ? [] : [...new URLSearchParams(parts.target.slice(mark + 1))]
  }

  /** The body as text. */
  get text(): string {
    return utf8.decode(this.body)
  }

  /** The body as JSON; undefined when it is none. */
  get json(): Json | undefined {
    return parseJson(this.text)
  }

  /** A header by its name, in any case; undefined without it. */
  header(name: string): string | undefined {
    const value = this.headers[name.toLowerCase()]
    return typeof value === "string" || value === undefined ? value : value.join(", ")
  }

  /** The first value of a query parameter. */
  parameter(name: string): string | undefined {
    return this.query.find(([given]) => given === name)?.[1]
  }
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true })
