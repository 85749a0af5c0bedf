import * as Type from "../../src/types/Type.ts"
import { nullable, union } from "../../src/types/Union.ts"
import type { Random } from "./Random.ts"

/** Keys, some of which JavaScript objects inherit or the language reserves. */
const keys: ReadonlyArray<string> = [
  "a",
  "b",
  "c",
  "name",
  "size",
  "type",
  "in",
  "__proto__",
  "constructor",
  "toString",
  "x-y",
  "é"
]

const words: ReadonlyArray<string> = ["low", "high", "a", "__proto__", "😀"]

/** Types that have values of their own kind only. */
const scalars: ReadonlyArray<Type.Type> = [
  Type.bool,
  Type.int,
  Type.double,
  Type.string,
  Type.timestamp,
  Type.duration
]

/** Random types of data. Without `dyn`, no type leaves open what its values are. */
export class RandomType {
  readonly #random: Random
  readonly #dyn: boolean

  constructor(random: Random, dyn: boolean) {
    this.#random = random
    this.#dyn = dyn
  }

  scalar(): Type.Type {
    const random = this.#random
    if (this.#dyn && random.chance(0.08)) return Type.dyn
    if (random.chance(0.1)) return Type.stringOf(...random.shuffle(words).slice(0, 1 + random.below(3)))
    if (random.chance(0.04)) return Type.intOf(1, 2, 5)
    return random.pick(scalars)
  }

  any(depth: number): Type.Type {
    const random = this.#random
    if (depth <= 0) return this.scalar()
    switch (random.below(9)) {
      case 0:
        return Type.list(this.any(depth - 1))
      case 1:
        return Type.map(this.any(depth - 1))
      case 2:
        return this.record(depth - 1)
      case 3:
        return this.discriminated(depth - 1)
      case 4:
        return nullable(this.any(depth - 1))
      case 5:
        if (random.chance(0.3)) return union([Type.list(Type.string), Type.map(Type.int)])
        return union([Type.int, Type.string, ...(random.chance(0.5) ? [Type.list(Type.int)] : [])])
      default:
        return this.scalar()
    }
  }

  record(depth: number, fixed: ReadonlyArray<readonly [string, Type.Property]> = []): Type.RecordType {
    const random = this.#random
    const chosen = random.shuffle(keys).slice(0, 1 + random.below(4))
    const properties = new Map(
      chosen.map((key): [string, Type.Property] => [
        key,
        { type: this.any(depth), required: random.chance(0.5) }
      ])
    )
    for (const [key, property] of fixed) properties.set(key, property)
    return { kind: "record", properties, ...(random.chance(0.15) ? { rest: this.scalar() } : {}) }
  }

  /** Records told apart by a key: by a literal each, one of them perhaps by any other text. */
  discriminated(depth: number): Type.Type {
    const random = this.#random
    const key = random.pick(["kind", "type", "__proto__"])
    const tags = random.shuffle(words).slice(0, 2 + random.below(2))
    const records = tags.map((tag) =>
      this.record(depth, [[key, { type: Type.stringOf(tag), required: true }]])
    )
    const other = this.record(depth, [[key, { type: Type.stringExcept(...tags), required: true }]])
    return union(random.chance(0.3) ? [...records, other] : records, { discriminator: key })
  }
}
