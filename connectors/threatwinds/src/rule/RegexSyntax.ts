import { classProblem, escapeProblem } from "./RegexEscape.ts"

/**
 * Why the text is no regular expression of RE2's syntax (https://github.com/google/re2/wiki/Syntax, as Go's
 * `regexp/syntax` reads it); undefined when it is one. One pass, without recursion. Places are counted from 1, in
 * UTF-16 units.
 */
export const regexProblem = (pattern: string): string | undefined => new Syntax(pattern).problem()

/** Go's limits: the depth of groups, and the product of counts that nest. */
const maxDepth = 1_000
const maxRepeat = 1_000

/** What is known of an open group: the greatest count within it, and that of its last part. */
interface Group {
  weight: number
  lastWeight: number
  /** May a quantifier follow, or was the last thing none that can be repeated, or itself a quantifier? */
  last: "nothing" | "part" | "quantifier"
}

class Syntax {
  readonly #pattern: string
  readonly #names = new Set<string>()
  readonly #open: Array<Group> = []
  #group: Group = newGroup()
  #at = 0

  constructor(pattern: string) {
    this.#pattern = pattern
  }

  problem(): string | undefined {
    while (this.#at < this.#pattern.length) {
      const start = this.#at
      const problem = this.#step()
      if (problem !== undefined) return `${problem} at character ${start + 1}`
    }
    return this.#open.length === 0 ? undefined : 'a "(" is not closed'
  }

  #step(): string | undefined {
    switch (this.#pattern[this.#at]) {
      case "(":
        return this.#openGroup()
      case ")":
        return this.#closeGroup()
      case "|":
        this.#at++
        this.#group.last = "nothing"
        return undefined
      case "[":
        return this.#class()
      case "\\":
        return this.#escape()
      case "*":
      case "+":
      case "?":
        return this.#quantify(this.#at + 1, 1)
      case "{":
        return this.#count()
      default:
        this.#at++
        return this.#part(1)
    }
  }

  #part(weight: number): undefined {
    this.#group.last = "part"
    this.#group.lastWeight = weight
    this.#group.weight = Math.max(this.#group.weight, weight)
    return undefined
  }

  #openGroup(): string | undefined {
    const opening = groupOpening.exec(this.#pattern.slice(this.#at, this.#at + maxOpening))
    if (opening === null) return "a group that RE2 does not have (look-around, or an unknown flag)"
    const name = opening.groups?.["name"]
    if (name !== undefined && this.#names.has(name)) return "a group name that is given twice"
    if (name !== undefined) this.#names.add(name)
    this.#at += opening[0].length
    if (opening[0].endsWith(")")) return this.#skip()
    if (this.#open.length >= maxDepth) return `more than ${maxDepth} groups in one another`
    this.#open.push(this.#group)
    this.#group = newGroup()
    return undefined
  }

  /** After `(?i)` or `\Q\E` a quantifier repeats what was before it. */
  #skip(): undefined {
    if (this.#group.last === "quantifier") this.#group.last = "part"
    return undefined
  }

  #closeGroup(): string | undefined {
    const outer = this.#open.pop()
    if (outer === undefined) return 'a ")" without "("'
    const { weight } = this.#group
    this.#group = outer
    this.#at++
    return this.#part(weight)
  }

  #class(): string | undefined {
    const result = classProblem(this.#pattern, this.#at)
    if ("problem" in result) return result.problem
    this.#at = result.end
    return this.#part(1)
  }

  #escape(): string | undefined {
    if (this.#pattern.startsWith("\\Q", this.#at)) return this.#quotation()
    const result = escapeProblem(this.#pattern, this.#at, "outside")
    if ("problem" in result) return result.problem
    this.#at = result.end
    return this.#part(1)
  }

  /** `\Q…\E`; without its end it goes to that of the pattern. */
  #quotation(): undefined {
    const end = this.#pattern.indexOf("\\E", this.#at + 2)
    const isEmpty = end === this.#at + 2 || this.#at + 2 === this.#pattern.length
    this.#at = end < 0 ? this.#pattern.length : end + 2
    return isEmpty ? this.#skip() : this.#part(1)
  }

  #count(): string | undefined {
    const match = /^\{(0|[1-9]\d{0,9})(?:(,)(0|[1-9]\d{0,9})?)?\}/.exec(
      this.#pattern.slice(this.#at, this.#at + 24)
    )
    // A brace that opens no count stands for itself.
    if (match === null) {
      this.#at++
      return this.#part(1)
    }
    const least = Number(match[1])
    const most = match[2] === undefined ? least : match[3] === undefined ? undefined : Number(match[3])
    if (least > (most ?? least) || Math.max(least, most ?? 0) > maxRepeat) {
      return `a count that is not in order or beyond ${maxRepeat}`
    }
    return this.#quantify(this.#at + match[0].length, most ?? least)
  }

  #quantify(end: number, count: number): string | undefined {
    if (this.#group.last === "nothing") return "a quantifier with nothing before it"
    if (this.#group.last === "quantifier") return "a quantifier after a quantifier"
    const weight = this.#group.lastWeight * Math.max(count, 1)
    if (count > 0 && weight > maxRepeat) return `counts that multiply to more than ${maxRepeat}`
    this.#at = this.#pattern[end] === "?" ? end + 1 : end
    this.#part(weight)
    this.#group.last = "quantifier"
    return undefined
  }
}

const newGroup = (): Group => ({ weight: 1, lastWeight: 1, last: "nothing" })

/** The longest opening of a group that is looked at; a longer name is no name. */
const maxOpening = 1_024

/** `(`, `(?P<name>`, `(?<name>`, `(?flags)` and `(?flags:`. */
const groupOpening = /^\((?!\?)|^\(\?P?<(?<name>\w+)>|^\(\?(?:[imsU]*|[imsU]*-[imsU]+)[:)]/
