/** The names of a module, each used once. The same questions in the same order get the same answers. */
export class IdentifierPool {
  readonly #taken: Set<string>

  /** `taken`: names that are there before, besides those of the language. */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set([...builtIn, ...taken])
  }

  /** The first of the names that is free; if none is, the last one with the first number behind it that makes it so. */
  take(first: string, ...others: ReadonlyArray<string>): string {
    const names = [first, ...others]
    const last = names.at(-1) ?? first
    let name = names.find((wanted) => !this.#taken.has(wanted))
    for (let number = 2; name === undefined; number++)
      if (!this.#taken.has(`${last}${number}`)) name = `${last}${number}`
    this.#taken.add(name)
    return name
  }
}

/** A name of small letters, digits and `_` as that of a type: `report_entity` is `ReportEntity`. */
export const typeNameOf = (name: string): string =>
  name
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("")

/** What generated text means by these names, and what its readers do: values and types of ECMAScript and TypeScript. */
const builtIn: ReadonlyArray<string> = [
  "AggregateError Array ArrayBuffer AsyncIterable AsyncIterator Atomics Awaited BigInt Boolean",
  "Buffer Capitalize DataView Date Error EvalError Exclude Extract Function Generator Infinity",
  "InstanceType Intl Iterable Iterator JSON Lowercase Map Math NaN NoInfer NonNullable Number",
  "Object Omit Parameters Partial Pick Promise PromiseLike Proxy RangeError Readonly ReadonlyArray",
  "ReadonlyMap ReadonlySet Record ReferenceError Reflect RegExp Required ReturnType Set String",
  "Symbol SyntaxError Temporal TypeError URIError URL Uint8Array Uncapitalize Uppercase WeakMap",
  "WeakRef WeakSet"
].flatMap((line) => line.split(" "))
