/** Gives names that are not taken: the second `limit` becomes `limit_2`. */
export class NameSet {
  readonly #taken = new Set<string>()
  readonly #separator: string

  /** `separator`: what stands between a name and its number. */
  constructor(separator = "_") {
    this.#separator = separator
  }

  /** Takes a name if it is free. */
  reserve(name: string): boolean {
    if (this.#taken.has(name)) return false
    this.#taken.add(name)
    return true
  }

  /** Takes the name, or the first free one with a suffix or else a number behind it. */
  take(name: string, suffix?: string): string {
    if (this.reserve(name)) return name
    const other = `${name}${this.#separator}${suffix ?? ""}`
    if (suffix !== undefined && this.reserve(other)) return other
    for (let number = 2; ; number++) {
      const numbered = `${name}${this.#separator}${number}`
      if (this.reserve(numbered)) return numbered
    }
  }
}

/** Longer names are cut. */
const maximumLength = 80

/** A name of small letters, digits and `_`, made of any text: `apiKey` and `API key` become `api_key`. */
export const snakeName = (text: string, otherwise: string): string => {
  const words = text
    .slice(0, 400)
    .normalize("NFKD")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
  return begun(words.replaceAll(/[^a-z0-9]+/g, "_"), otherwise)
}

/** A name of letters, digits and `_`, made of any text: `match[name]` becomes `match_name`. */
export const inputName = (text: string): string =>
  begun(
    text
      .slice(0, 400)
      .normalize("NFKD")
      .replaceAll(/[^A-Za-z0-9]+/g, "_"),
    "input"
  )

/** The name of a type: a capital letter, then letters and digits. */
export const typeName = (text: string): string => {
  const words = text
    .slice(0, 400)
    .normalize("NFKD")
    .split(/[^A-Za-z0-9]+/)
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("")
  return (/^[A-Z]/.test(name) ? name : `Type${name}`).slice(0, maximumLength)
}

/** Can it be the name of a connector, action or trigger, or of a setting or secret? */
export const isSnakeName = (text: string): boolean =>
  text.length <= maximumLength && /^[a-z][a-z0-9_]*$/.test(text)

/** Can it be the name of an input? */
export const isInputName = (text: string): boolean =>
  text.length <= maximumLength && /^[A-Za-z][A-Za-z0-9_]*$/.test(text)

const begun = (words: string, otherwise: string): string => {
  const name = words.replaceAll(/^_+|_+$/g, "")
  if (name === "") return otherwise
  return (/^[A-Za-z]/.test(name) ? name : `${otherwise}_${name}`).slice(0, maximumLength)
}
