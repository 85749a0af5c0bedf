import { createHash } from "node:crypto"

/** The files of objects, by the id of the object and the SHA-256 of the file. */
export class ObjectFiles {
  readonly #files = new Map<string, Uint8Array>()

  /** Keeps a file. Gives its SHA-256, as `x_inthreat_uploaded_files` of the object should name it. */
  put(object: string, content: Uint8Array | string): string {
    const bytes = typeof content === "string" ? Buffer.from(content) : content
    const sha256 = createHash("sha256").update(bytes).digest("hex")
    this.#files.set(`${object} ${sha256}`, bytes)
    return sha256
  }

  /** A file; undefined when there is none. */
  get(object: string, sha256: string): Uint8Array | undefined {
    return this.#files.get(`${object} ${sha256.toLowerCase()}`)
  }
}
