import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto"
import { SecretBoxError } from "./SecretBoxError.ts"

/**
 * Seals texts with AES-256-GCM, each with a random nonce of 96 bits. What is sealed can be neither read nor changed
 * without the key, and can be opened only in the context that it was sealed for, so that one sealed text cannot be put
 * in the place of another. At most 2^32 texts should be sealed with one key (NIST SP 800-38D, 8.3): far more than a
 * team makes in years.
 *
 * A sealed text is `sb1.KEY.DATA`: the version, the id of the key, and base64url of the nonce, the encrypted text and
 * the tag of 16 bytes.
 */
export class SecretBox {
  readonly #first: BoxKey
  readonly #keys: ReadonlyMap<string, BoxKey>

  private constructor(first: BoxKey, others: ReadonlyArray<BoxKey>) {
    this.#first = first
    this.#keys = new Map([first, ...others].map((key) => [key.id, key]))
  }

  /**
   * A box with keys, each 32 bytes in base64, one a line; empty lines and those that begin with `#` are passed over. The
   * first key seals, all of them open: to change keys, put the new one before the old one. At most 100 keys.
   */
  static fromText(keys: Redacted.Redacted): Result.Result<SecretBox, SecretBoxError> {
    const lines = Redacted.value(keys)
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#"))
    if (lines.length > maximumKeys)
      return Result.fail(keyError(`there are more than ${maximumKeys} keys: remove those that are not used`))
    const read: Array<BoxKey> = []
    for (const [index, line] of lines.entries()) {
      const key = readKey(line)
      if (key === undefined)
        return Result.fail(
          keyError(
            `key ${index + 1} is not 32 bytes in base64: make one with \`openssl rand -base64 32\` and write it on one line`
          )
        )
      read.push(key)
    }
    const [first, ...others] = read
    if (first === undefined)
      return Result.fail(keyError("there is no key: make one with `openssl rand -base64 32`"))
    return Result.succeed(new SecretBox(first, others))
  }

  /** A new random key, as `fromText` reads it. */
  static makeKey(): Redacted.Redacted {
    return Redacted.make(randomBytes(keyBytes).toString("base64"))
  }

  /** Which key seals: made of the key, and says nothing about it. */
  get keyId(): string {
    return this.#first.id
  }

  /** Seals a text for a context. Lone surrogates, which are no text, become U+FFFD. */
  seal(text: Redacted.Redacted, context: string): string {
    const { id, secret } = this.#first
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv(algorithm, secret, nonce, { authTagLength: tagBytes })
    cipher.setAAD(associated(id, context))
    const sealed = [nonce, cipher.update(Redacted.value(text), "utf8"), cipher.final(), cipher.getAuthTag()]
    return `${version}.${id}.${Buffer.concat(sealed).toString("base64url")}`
  }

  /** Opens what was sealed for the same context, with whichever of the keys it was. Never throws. */
  open(sealed: string, context: string): Result.Result<Redacted.Redacted, SecretBoxError> {
    const [written, id, data, ...rest] = sealed.split(".", 4)
    if (written !== version || id === undefined || data === undefined || rest.length > 0) return notSealed()
    const bytes = Buffer.from(data, "base64url")
    // Several texts decode to the same bytes; only the one that `seal` writes is taken.
    if (bytes.toString("base64url") !== data || bytes.length < nonceBytes + tagBytes) return notSealed()
    const key = this.#keys.get(id)
    if (key === undefined)
      return Result.fail(
        new SecretBoxError({ reason: "unknown_key", message: "it was sealed with a key that is not given" })
      )
    const decipher = createDecipheriv(algorithm, key.secret, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes
    })
    decipher.setAAD(associated(id, context))
    decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes))
    try {
      const body = decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes))
      return Result.succeed(Redacted.make(Buffer.concat([body, decipher.final()]).toString("utf8")))
    } catch {
      // The reason that OpenSSL gives says no more, and nothing of it may be shown.
      return Result.fail(
        new SecretBoxError({ reason: "refused", message: "it was changed, or sealed for something else" })
      )
    }
  }
}

interface BoxKey {
  readonly id: string
  readonly secret: Buffer
}

const version = "sb1"
const algorithm = "aes-256-gcm"
const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
const maximumKeys = 100

/** The id comes before a line break, which it cannot hold: no two pairs of id and context are the same bytes. */
const associated = (id: string, context: string): Buffer =>
  Buffer.from(`${version}.${id}\n${context}`, "utf8")

/** Only the base64 that encoding the key gives: a key that was cut or misspelt is not taken for another one. */
const readKey = (text: string): BoxKey | undefined => {
  const secret = Buffer.from(text, "base64")
  if (secret.length !== keyBytes || secret.toString("base64") !== text) return undefined
  const id = createHmac("sha256", secret).update("sallyport secret box key id").digest()
  return { id: id.subarray(0, 8).toString("base64url"), secret }
}

const keyError = (message: string): SecretBoxError => new SecretBoxError({ reason: "key", message })

const notSealed = (): Result.Result<never, SecretBoxError> =>
  Result.fail(new SecretBoxError({ reason: "format", message: "it is not a sealed text" }))
