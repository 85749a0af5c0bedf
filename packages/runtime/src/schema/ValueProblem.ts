/** A place where a value does not fit a schema. */
export interface ValueProblem {
  /** Names and list indices from the whole value to the place; empty for the value itself. */
  readonly path: ReadonlyArray<string | number>
  /** What is wanted and the kind of what is there. Never the value, which may be a secret. */
  readonly message: string
}

/** How much of a value is looked at. */
export const valueLimits = {
  /** Lists and objects inside each other. */
  depth: 128,
  /** Problems that are reported of one value. */
  problems: 20
}

/** A path as people write it: `items[3].name`; a name that is no word is quoted: `headers["x-id"]`. */
export const showPath = (path: ValueProblem["path"]): string =>
  path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`
      const name = shorten(step)
      if (!/^[A-Za-z_]\w*$/.test(name)) return `[${JSON.stringify(name)}]`
      return index === 0 ? name : `.${name}`
    })
    .join("")

/** A place while values are walked: a list from the inside to the outside, so that a step costs one object. */
export interface ValuePlace {
  readonly step: string | number
  readonly outer: ValuePlace | undefined
}

/** Gathers problems; those beyond the limit are left out. */
export class ValueProblems {
  readonly found: Array<ValueProblem> = []

  /** Adds a problem at a place of the value. */
  add(place: ValuePlace | undefined, message: string): void {
    if (this.isFull) return
    const path: Array<string | number> = []
    for (let at = place; at !== undefined; at = at.outer) path.push(at.step)
    this.found.push({ path: path.toReversed(), message })
  }

  /** True when nothing more will be kept, so that nothing more need be looked for. */
  get isFull(): boolean {
    return this.found.length >= valueLimits.problems
  }
}

/** The kind of a value, for messages. */
export const kindOf = (value: unknown): string => {
  if (value === null) return "null"
  if (Array.isArray(value)) return "a list"
  switch (typeof value) {
    case "string":
      return "a text"
    case "boolean":
      return "a bool"
    case "object":
      return "an object"
    case "number":
      if (Number.isSafeInteger(value)) return "a whole number"
      return Number.isFinite(value) ? "a number" : "a number that JSON does not have"
    default:
      return typeof value
  }
}

/** A name in quotes, at most 60 characters. */
export const quote = (name: string): string => JSON.stringify(shorten(name))

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
