/** A secret that stands somewhere where it may not. */
export interface FoundSecret {
  /** The name it was added by, never its value. */
  readonly secret: string
  /** How it is written there. */
  readonly form: string
  /** Where it was looked for. */
  readonly place: string
}

/**
 * Looks for secrets in everything that was written. A secret is found as it is, percent-encoded as URLs and forms do,
 * within a JSON text, as hex, and in base64 or base64url at any place of a longer encoded text. Written apart from
 * `SecretScrubber`, so that a form that is forgotten there is missed by one of the two only.
 */
export class SecretSearch {
  readonly #secrets = new Map<string, ReadonlyMap<string, string>>()

  /** Adds a secret. It must be long enough to stand nowhere by chance. */
  add(name: string, value: string): void {
    if (value.length < shortest) throw new Error(`${name} is too short to be looked for`)
    this.#secrets.set(name, formsOf(value))
  }

  /** All secrets in a text, each in every form that is there. */
  in(place: string, text: string): ReadonlyArray<FoundSecret> {
    return [...this.#secrets].flatMap(([secret, forms]) =>
      [...forms].flatMap(([form, written]) => (text.includes(written) ? [{ secret, form, place }] : []))
    )
  }
}

/** As the codes that services mail. */
const shortest = 6

/** A shorter piece of base64 stands in innocent words. */
const shortestCore = 8

const formsOf = (value: string): ReadonlyMap<string, string> => {
  const bytes = Buffer.from(value)
  const percent = encodeURIComponent(value)
  const strict = percent.replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  const forms: Array<readonly [form: string, written: string]> = [
    ["plain", value],
    ["percent-encoded", percent],
    ["percent-encoded strictly", strict],
    ["percent-encoded in small letters", lower(strict)],
    ["percent-encoded loosely in small letters", lower(percent)],
    ["form-encoded", new URLSearchParams([["", value]]).toString().slice(1)],
    ["in JSON", JSON.stringify(value).slice(1, -1)],
    ["in JSON twice", JSON.stringify(JSON.stringify(value)).slice(3, -3)],
    ["hex", bytes.toString("hex")],
    ["hex in capitals", bytes.toString("hex").toUpperCase()]
  ]
  for (const offset of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64")
    // Characters that also hold bits of what stands before or behind it are not its own.
    const core = text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3))
    if (core.length < shortestCore) continue
    forms.push([`base64 behind ${offset} bytes`, core])
    forms.push([`base64url behind ${offset} bytes`, core.replaceAll("+", "-").replaceAll("/", "_")])
  }
  return new Map(forms)
}

const lower = (text: string): string => text.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
