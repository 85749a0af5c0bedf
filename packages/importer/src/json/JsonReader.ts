import { SourceFile } from "@sallyport/language"
import { type JsonValue, quoted } from "./JsonValue.ts"

/** What a text says as JSON, or why it is none. */
export type JsonReading =
  | { readonly value: JsonValue; readonly duplicates: ReadonlyArray<DuplicateKey> }
  /** `problem` begins with `FILE:LINE:COLUMN`. */
  | { readonly problem: string }

/** A name that an object has twice. The last value counts, as in Python and JavaScript. */
export interface DuplicateKey {
  readonly name: string
  readonly line: number
  readonly column: number
}

/** Levels of objects and lists inside each other. */
const maximumDepth = 100

/**
 * Reads JSON as RFC 8259 has it: no comments, no trailing commas, no NaN. Never throws, and does not recurse: at most
 * 100 levels, each other problem at its line and column. Linear in the text.
 */
export const readJson = (file: string, text: string): JsonReading => new JsonReader(file, text).read()

/** An object or list that is not closed yet. */
type Frame =
  | { readonly kind: "list"; readonly items: Array<JsonValue> }
  | { readonly kind: "map"; readonly members: Map<string, JsonValue>; key: string }

class JsonReader {
  readonly #file: SourceFile
  readonly #text: string
  readonly #stack: Array<Frame> = []
  readonly #duplicates: Array<DuplicateKey> = []
  #at = 0

  constructor(file: string, text: string) {
    this.#file = new SourceFile(file, text)
    this.#text = text
  }

  read(): JsonReading {
    try {
      const value = this.#document()
      return { value, duplicates: this.#duplicates }
    } catch (failure) {
      if (failure instanceof NotJson) return { problem: this.#located(failure) }
      throw failure
    }
  }

  #document(): JsonValue {
    for (;;) {
      let value = this.#open()
      // Every value that is complete closes as many frames as brackets follow it.
      while (value !== undefined) {
        const frame = this.#stack.at(-1)
        if (frame === undefined) {
          this.#space()
          if (this.#at < this.#text.length) this.#fail("the end of the file")
          return value
        }
        if (frame.kind === "list") frame.items.push(value)
        else frame.members.set(frame.key, value)
        value = this.#next(frame)
      }
    }
  }

  /** A scalar or an empty collection; undefined when a collection was opened and its first value follows. */
  #open(): JsonValue | undefined {
    this.#space()
    const first = this.#text[this.#at]
    if (first === "{" || first === "[") {
      if (this.#stack.length >= maximumDepth) throw new NotJson(this.#at, tooDeep)
      this.#at++
      this.#space()
      if (first === "[") {
        if (this.#accept("]")) return []
        this.#stack.push({ kind: "list", items: [] })
        return undefined
      }
      if (this.#accept("}")) return new Map()
      const frame: Frame = { kind: "map", members: new Map(), key: "" }
      this.#stack.push(frame)
      this.#key(frame)
      return undefined
    }
    if (first === '"') return this.#string()
    for (const [word, value] of words)
      if (this.#text.startsWith(word, this.#at)) return this.#word(word, value)
    return this.#number()
  }

  /** What follows a value: the collection that it closes, or undefined when another value follows. */
  #next(frame: Frame): JsonValue | undefined {
    this.#space()
    if (this.#accept(",")) {
      if (frame.kind === "map") this.#key(frame)
      return undefined
    }
    const isList = frame.kind === "list"
    if (!this.#accept(isList ? "]" : "}")) this.#fail(isList ? '"," or "]"' : '"," or "}"')
    this.#stack.pop()
    return isList ? frame.items : frame.members
  }

  #key(frame: Frame & { readonly kind: "map" }): void {
    this.#space()
    const start = this.#at
    if (this.#text[start] !== '"') this.#fail('a name in ""')
    const name = this.#string()
    if (frame.members.has(name)) this.#duplicates.push({ name, ...this.#file.position(start) })
    frame.key = name
    this.#space()
    if (!this.#accept(":")) this.#fail('":"')
  }

  #string(): string {
    const token = this.#match(stringPattern)
    if (token === undefined)
      throw new NotJson(this.#at, "this text does not end, or holds what JSON does not allow")
    // The pattern is the grammar of JSON, so that this cannot fail; it only resolves the escapes.
    const text: unknown = JSON.parse(token)
    return typeof text === "string" ? text : ""
  }

  #number(): number {
    const start = this.#at
    const token = this.#match(numberPattern)
    if (token === undefined) return this.#fail("a value")
    const value = Number(token)
    if (!Number.isFinite(value)) throw new NotJson(start, `the number ${quoted(token)} is too large`)
    return value
  }

  #word(word: string, value: boolean | null): boolean | null {
    this.#at += word.length
    return value
  }

  #match(pattern: RegExp): string | undefined {
    const sticky = new RegExp(pattern)
    sticky.lastIndex = this.#at
    const token = sticky.exec(this.#text)?.[0]
    if (token !== undefined) this.#at += token.length
    return token
  }

  #accept(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #space(): void {
    while (/^[ \t\r\n]$/.test(this.#text[this.#at] ?? "")) this.#at++
  }

  #fail(expected: string): never {
    const found = this.#text[this.#at]
    throw new NotJson(
      this.#at,
      `expected ${expected}, found ${found === undefined ? "the end of the file" : quoted(found)}`
    )
  }

  #located({ at, message }: NotJson): string {
    const { line, column } = this.#file.position(at)
    return `${this.#file.path}:${line}:${column}: ${message}`
  }
}

const tooDeep = `objects and lists are more than ${maximumDepth} deep`

class NotJson extends Error {
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

const words: ReadonlyArray<readonly [string, boolean | null]> = [
  ["true", true],
  ["false", false],
  ["null", null]
]

// RFC 8259 sections 7 and 6. Both are linear: no repetition can match what follows it.
const stringPattern = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y
const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y
