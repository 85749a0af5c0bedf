import type { Value } from "../../src/expression/Value.ts"
import * as Type from "../../src/types/Type.ts"
import { membersOf, nullable, union } from "../../src/types/Union.ts"
import { fieldText } from "./GeneratedScope.ts"
import { Random } from "./Random.ts"
import { randomValue } from "./RandomValue.ts"

/** A guard, what is read behind it, and the whole; `read` alone is mostly refused. */
export interface GuardedText {
  readonly text: string
  readonly read: string
}

/** A way through the fields of a variable, safe or not. */
interface Route {
  readonly text: string
  readonly type: Type.Type
  /** What must be asked on the way, in this order. Each question in several forms. */
  readonly guards: ReadonlyArray<Guard>
}

interface Guard {
  readonly yes: ReadonlyArray<string>
  readonly no: ReadonlyArray<string>
}

/**
 * Random unions of records with optional and nullable fields, and conditions around reads of them. The conditions are
 * often, but by no means always, the ones that make the read safe: which of them do is for the checker to say.
 */
export class NarrowingGenerator {
  readonly variables: ReadonlyMap<string, Type.Type>
  readonly #random: Random

  constructor(seed: number) {
    this.#random = new Random(seed)
    const choice = this.#choice(2)
    this.variables = new Map<string, Type.Type>([
      ["u", choice],
      ["us", Type.list(choice)],
      ["r", this.#record(2, [])],
      ["p", nullable(this.#record(1, []))],
      ["s", union([Type.int, Type.string, Type.nullType, Type.list(Type.string)])],
      ["m", Type.map(union([Type.int, Type.record({ "a?": Type.int })]))],
      ["flag", Type.bool],
      ["ns", Type.list(Type.int)]
    ])
  }

  data(): { readonly [name: string]: Value } {
    return Object.fromEntries(
      [...this.variables].map(([name, type]): [string, Value] => [name, randomValue(this.#random, type)])
    )
  }

  make(): GuardedText {
    const random = this.#random
    if (random.chance(0.2)) return this.#overElements()
    if (random.chance(0.05)) return this.#decidedByOther()
    const root = random.pick(["u", "u", "u", "r", "r", "p", "s", "m"])
    const route = this.#route(root, this.variables.get(root) ?? Type.never)
    const read = this.#use(route)
    return { read, text: this.#around(route, read) }
  }

  /** `list.filter(guard).map(use)` and its kin. */
  #overElements(): GuardedText {
    const random = this.#random
    const list = this.variables.get("us")
    const route = this.#route("x", list?.kind === "list" ? list.element : Type.never)
    const read = this.#use(route)
    const guard = this.#condition(route)
    switch (random.below(5)) {
      case 0:
      case 1:
        return { read: `us.map(x, ${read})`, text: `us.filter(x, ${guard}).map(x, ${read})` }
      case 2:
        return { read: `us.map(x, ${read})`, text: `us.map(x, ${guard}, ${read})` }
      case 3:
        return {
          read: `us.exists(x, ${read})`,
          text: `us.${random.pick(["all", "exists", "exists_one"])}(x, ${this.#around(route, read)})`
        }
      default:
        return { read: `us.map(i, x, ${read})`, text: `us.transformList(i, x, ${guard}, ${read})` }
    }
  }

  /** The right side decides although the left one failed: what the left one says of the key does not count. */
  #decidedByOther(): GuardedText {
    const random = this.#random
    const left = random.pick(["m.k == 1", "type(m.k) == int", "m.k != 1", "has(m.k.a)", "m.k in [1, 2]"])
    const right = random.pick(["flag", "!flag", "ns.size() > 1"])
    const read = random.pick(["m.k == 2", "[m.k].size() == 1", "m.k in [1]"])
    return {
      read,
      text: random.pick([
        `(${left} || ${right}) && ${read}`,
        `(${left} && ${right}) || ${read}`,
        `(${left} || ${right}) ? ${read} : flag`,
        `!(${left} && ${right}) && ${read}`
      ])
    }
  }

  #around(route: Route, read: string): string {
    const random = this.#random
    const guard = this.#condition(route)
    const negated = random.chance(0.5) ? `!(${guard})` : this.#negation(route)
    switch (random.below(8)) {
      case 0:
        return `${guard} && ${read}`
      case 1:
        return `${guard} ? ${read} : flag`
      case 2:
        return `${negated} ? flag : ${read}`
      case 3:
        return `${negated} || ${read}`
      case 4:
        return `(${guard} && flag) && (${read} || flag) && ${read}`
      case 5:
        return `(${negated} || flag) ? flag : ${read}`
      case 6:
        return `cel.bind(x, ns, ${guard} && x.all(y, ${read}))`
      default:
        return `(${guard} || ns[0] > 1) && ${read}`
    }
  }

  /** The conjunction of a route's guards, mostly; some left out, weakened or said in another way. */
  #condition(route: Route): string {
    const random = this.#random
    const guards = route.guards.filter(() => !random.chance(0.05))
    const said = guards.map(({ no, yes }) =>
      random.chance(0.7) ? random.pick(yes) : `!(${random.pick(no)})`
    )
    const noise = random.pick(["flag", "ns[0] > 1", "ns.size() > 0", "m.k == 1", "!flag", "true"])
    if (random.chance(0.15)) said.splice(random.below(said.length + 1), 0, noise)
    const joined = said.length === 0 ? noise : said.join(" && ")
    switch (random.below(14)) {
      case 0:
        return `(${joined} || ${noise})`
      case 1:
        return `(${noise} || ${joined})`
      case 2:
        return `(flag ? ${joined} : ${this.#again(route)})`
      case 3:
        return `(${joined} ? ${this.#again(route)} : false)`
      case 4:
        return `((${joined}) || (${this.#again(route)}))`
      case 5:
        return `!(!(${joined}) || ${noise})`
      case 6:
        return `((${joined} && ${noise}) || (${noise} && ${this.#again(route)}))`
      case 7:
        return `((${noise} ? ${joined} : ${joined}) && ${noise})`
      default:
        return `(${joined})`
    }
  }

  #again({ guards }: Route): string {
    const said = guards.map(({ yes }) => this.#random.pick(yes))
    return said.length === 0 ? "flag" : said.join(" && ")
  }

  /** `!a || !b` for `a && b`. */
  #negation({ guards }: Route): string {
    const random = this.#random
    const said = guards
      .filter(() => !random.chance(0.05))
      .map(({ no, yes }) => (random.chance(0.6) ? random.pick(no) : `!(${random.pick(yes)})`))
    return said.length === 0 ? "flag" : `(${said.join(" || ")})`
  }

  /** A bool that is only right if the route ends at a value of its type. */
  #use({ text, type }: Route): string {
    const random = this.#random
    switch (type.kind) {
      case "int":
        return random.pick([`${text} > 1`, `ns.exists(n, n == ${text} + 1)`, `-${text} < 0`])
      case "string":
        return random.pick([`${text}.size() > 1`, `${text} + "x" != "x"`, `${text}.startsWith("a")`])
      case "bool":
        return random.pick([text, `!${text}`, `(${text} ? flag : !flag)`])
      case "list":
        return random.pick([`${text}.size() > 0`, `${text}.exists(n, n == n)`])
      case "record":
      case "map":
        return random.pick([`size(${text}) > 0`, `"a" in ${text}`])
      default:
        return `[${text}].size() == 1`
    }
  }

  #route(root: string, type: Type.Type): Route {
    const random = this.#random
    let route: Route = { text: root, type, guards: [] }
    for (let steps = 0; steps < 4; steps++) {
      const members = membersOf(route.type)
      const [only, other] = members
      if (only !== undefined && other === undefined) {
        if ((only.kind !== "record" && only.kind !== "map") || (steps > 0 && random.chance(0.15)))
          return route
      }
      const next = other === undefined ? this.#field(route, only) : this.#member(route, members)
      if (next === undefined) return route
      route = next
    }
    return route
  }

  /** Goes on with one member of a union. */
  #member(route: Route, members: ReadonlyArray<Type.Type>): Route | undefined {
    const random = this.#random
    const { guards, text } = route
    const withoutNull = union(members.filter(({ kind }) => kind !== "null"))
    if (members.some(({ kind }) => kind === "null")) {
      const guard: Guard = {
        yes: [`${text} != null`, `null != ${text}`, `type(${text}) != null_type`],
        no: [`${text} == null`]
      }
      return { text, type: withoutNull, guards: [...guards, guard] }
    }
    const member = random.pick(members)
    const tag = member.kind === "record" ? member.properties.get("kind")?.type : undefined
    if (tag?.kind === "string") {
      const literal = tag.values?.[0]
      if (literal === undefined || random.chance(0.3)) return this.#commonField(route, members)
      const field = `${text}${fieldText(random, "kind")}`
      const guard: Guard = {
        yes: [`${field} == "${literal}"`, `"${literal}" == ${field}`, `${field} in ["${literal}"]`],
        no: [`${field} != "${literal}"`, `!(${field} in ["${literal}"])`]
      }
      return { text, type: member, guards: [...guards, guard] }
    }
    const name = member.kind === "record" ? "map" : member.kind
    const guard: Guard = {
      yes: [`type(${text}) == ${name}`, `${name} == type(${text})`],
      no: [`type(${text}) != ${name}`]
    }
    return { text, type: member, guards: [...guards, guard] }
  }

  /** A field that some members may have, asked for by its presence alone. */
  #commonField(route: Route, members: ReadonlyArray<Type.Type>): Route | undefined {
    const key = this.#random.pick(["a", "b", "c"])
    const types = members.flatMap((member) => {
      const property = member.kind === "record" ? member.properties.get(key) : undefined
      return property === undefined ? [] : [property.type]
    })
    return types.length === 0 ? undefined : this.#step(route, key, union(types), false)
  }

  #field(route: Route, member: Type.Type | undefined): Route | undefined {
    if (member?.kind === "map") return this.#step(route, "k", member.value, this.#random.chance(0.5))
    if (member?.kind !== "record") return undefined
    const [key, property] = this.#random.pick([...member.properties])
    return this.#step(route, key, property.type, property.required)
  }

  #step({ guards, text }: Route, key: string, type: Type.Type, isThere: boolean): Route {
    const random = this.#random
    const step = fieldText(random, key)
    const field = `${text}${step}`
    const selected = `${text}.\`${key}\``
    const guard: Guard = {
      yes: [
        `has(${field})`,
        `has(${field})`,
        `"${key}" in ${text}`,
        `${selected} != null`,
        `has(${text}.?\`${key}\`)`
      ],
      no: [`!has(${field})`, `!("${key}" in ${text})`, `${selected} == null`]
    }
    if (random.chance(0.08)) return { text: field, type, guards: [...guards, this.#misleading(text, key)] }
    return { text: field, type, guards: isThere ? guards : [...guards, guard] }
  }

  /** What says nothing about a field, however it looks: an optional selection is an optional in any case. */
  #misleading(text: string, key: string): Guard {
    const selected = `${text}.?\`${key}\``
    return {
      yes: [`type(${selected}) != string`, `!(${selected} in [])`, `!has(${selected}.a)`],
      no: [`type(${selected}) == string`, `${selected} in []`, `has(${selected}.a)`]
    }
  }

  #choice(depth: number): Type.Type {
    const random = this.#random
    const tags = random.shuffle(["x", "y", "z"]).slice(0, 2 + random.below(2))
    const records = tags.map((tag) =>
      this.#record(depth, [["kind", { type: Type.stringOf(tag), required: true }]])
    )
    const other = this.#record(depth, [["kind", { type: Type.stringExcept(...tags), required: true }]])
    return union(random.chance(0.3) ? [...records, other] : records, { discriminator: "kind" })
  }

  #record(depth: number, fixed: ReadonlyArray<[string, Type.Property]>): Type.RecordType {
    const random = this.#random
    const keys = random.shuffle(["a", "b", "c"]).slice(0, 2 + random.below(2))
    const properties = keys.map((key): [string, Type.Property] => [
      key,
      { type: this.#value(depth), required: random.chance(0.35) }
    ])
    return { kind: "record", properties: new Map([...properties, ...fixed]) }
  }

  #value(depth: number): Type.Type {
    const random = this.#random
    const type = this.#plain(depth)
    return random.chance(0.35) ? nullable(type) : type
  }

  #plain(depth: number): Type.Type {
    const random = this.#random
    switch (random.below(depth > 0 ? 7 : 4)) {
      case 0:
        return Type.int
      case 1:
        return Type.bool
      case 2:
        return Type.string
      case 3:
        return union([Type.int, Type.string])
      case 4:
        return this.#choice(depth - 1)
      case 5:
        return Type.list(Type.int)
      default:
        return this.#record(depth - 1, [])
    }
  }
}
