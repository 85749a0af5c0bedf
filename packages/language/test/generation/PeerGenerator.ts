import { Timestamp, type Value } from "../../src/expression/Value.ts"
import * as Type from "../../src/types/Type.ts"
import { at, binary, choice, level, method, type Piece, piece } from "./Piece.ts"
import { Random } from "./Random.ts"
import { escaped } from "./RandomText.ts"

/** The types that both languages have and declare alike. */
export type PeerKind =
  | "bool"
  | "double"
  | "int"
  | "ints"
  | "map"
  | "optional"
  | "string"
  | "texts"
  | "timestamp"

/** The variables, by the name that cel-js has for their type and with ours. */
export const peerVariables: { readonly [name: string]: PeerVariable } = {
  b: ["bool", "bool", Type.bool],
  c: ["bool", "bool", Type.bool],
  n: ["int", "int", Type.int],
  k: ["int", "int", Type.int],
  d: ["double", "double", Type.double],
  e: ["double", "double", Type.double],
  s: ["string", "string", Type.string],
  t: ["string", "string", Type.string],
  xs: ["ints", "list<int>", Type.list(Type.int)],
  words: ["texts", "list<string>", Type.list(Type.string)],
  m: ["map", "map<string, int>", Type.map(Type.int)],
  since: ["timestamp", "google.protobuf.Timestamp", Type.timestamp]
}

type PeerVariable = readonly [kind: PeerKind, peerType: string, type: Type.Type]

type Scope = ReadonlyArray<readonly [string, PeerKind]>

const globals: Scope = Object.entries(peerVariables).map(([name, [kind]]) => [name, kind] as const)

/** Without what the two read differently: see the table in the test. */
const words: ReadonlyArray<string> = [
  "",
  "a",
  "b",
  "ab",
  "abc",
  "Hello",
  "a,b,c",
  "x y",
  " pad ",
  "1",
  "-42",
  "true",
  '"q"'
]
const keys: ReadonlyArray<string> = ["a", "b", "key"]
const instants: ReadonlyArray<string> = [
  "2024-05-01T12:34:56Z",
  "1969-12-31T23:59:59Z",
  "2000-02-29T00:00:00.250Z"
]

/** In brackets on both sides: the two disagree about `a == b < c`. */
const relation = (left: Piece, operator: string, right: Piece): Piece =>
  piece(`${at(level.sum, left)} ${operator} ${at(level.sum, right)}`, level.relation)

/** Random expressions of the part of CEL that this language and `@marcbachmann/cel-js` share, and data for them. */
export class PeerGenerator {
  readonly #random: Random

  constructor(seed: number) {
    this.#random = new Random(seed)
  }

  text(): string {
    const random = this.#random
    const kind = random.pick<PeerKind>([
      "bool",
      "bool",
      "bool",
      "int",
      "double",
      "string",
      "ints",
      "texts",
      "map"
    ])
    return this.#make(kind, 2 + random.below(3), globals).text
  }

  /** Whole numbers are ours; who runs the peer makes big ones of those that are `int` by type. */
  data(): { readonly [name: string]: Value } {
    const random = this.#random
    const int = (): number => random.pick([0, 1, 2, 3, -1, 7, -12, 1_000, 4_503_599_627_370_496])
    const double = (): number => random.pick([0, 1, 1.5, -2.5, 0.1, 1e21, 123_456.75])
    const text = (): string => random.pick(words)
    return {
      b: random.chance(0.5),
      c: random.chance(0.5),
      n: int(),
      k: int(),
      d: double(),
      e: double(),
      s: text(),
      t: text(),
      xs: random.several(0, 4, int),
      words: random.several(0, 4, text),
      m: Object.fromEntries(
        random
          .shuffle(keys)
          .slice(0, random.below(4))
          .map((key) => [key, int()])
      ),
      since: new Timestamp(random.pick([0, 1_714_566_896, -1, 951_782_400]), random.pick([0, 250_000_000]))
    }
  }

  #make(kind: PeerKind, depth: number, scope: Scope): Piece {
    const random = this.#random
    if (depth <= 0 || random.chance(0.15)) return this.#leaf(kind, scope)
    switch (random.below(9)) {
      case 0:
        return choice(
          this.#make("bool", depth - 1, scope),
          this.#make(kind, depth - 1, scope),
          this.#make(kind, depth - 1, scope)
        )
      case 1: {
        const [name, inside] = [
          random.pick(["x", "y", "n", "s"]),
          random.pick<PeerKind>(["int", "string", "ints"])
        ]
        const body = this.#make(kind, depth - 1, [...scope, [name, inside]])
        return piece(`cel.bind(${name}, ${this.#make(inside, depth - 1, scope).text}, ${body.text})`)
      }
      default:
        return this.#operation(kind, depth, scope)
    }
  }

  #leaf(kind: PeerKind, scope: Scope): Piece {
    const random = this.#random
    // The last one of a name hides the others.
    const visible = new Map(scope)
    const named = [...visible].filter(([, other]) => other === kind)
    if (named.length > 0 && random.chance(0.65)) return piece(random.pick(named)[0])
    switch (kind) {
      case "bool":
        return piece(random.pick(["true", "false"]))
      case "int":
        return this.#numeral(random.pick(["0", "1", "2", "3", "10", "-1", "-7", "0x1F"]))
      case "double":
        return this.#numeral(random.pick(["0.0", "1.0", "1.5", "-2.25", "1e3", "0.1"]))
      case "string":
        return piece(random.chance(0.8) ? escaped(random.pick(words)) : `'${random.pick(["a", "b", "x y"])}'`)
      case "ints":
        return piece(`[${random.several(0, 3, () => this.#leaf("int", scope).text).join(", ")}]`)
      case "texts":
        return piece(`[${random.several(0, 3, () => this.#leaf("string", scope).text).join(", ")}]`)
      case "map": {
        const entries = random.shuffle(keys).slice(0, random.below(3))
        return piece(`{${entries.map((key) => `"${key}": ${this.#leaf("int", scope).text}`).join(", ")}}`)
      }
      case "optional":
        return piece(random.chance(0.3) ? "optional.none()" : `optional.of(${this.#leaf("int", scope).text})`)
      case "timestamp":
        return piece(`timestamp("${random.pick(instants)}")`)
    }
  }

  #numeral(text: string): Piece {
    return piece(text, text.startsWith("-") ? level.unary : level.member)
  }

  #operation(kind: PeerKind, depth: number, scope: Scope): Piece {
    const part = (wanted: PeerKind): Piece => this.#make(wanted, depth - 1, scope)
    switch (kind) {
      case "bool":
        return this.#condition(depth, scope)
      case "int":
        return this.#int(depth, scope)
      case "double":
        return this.#double(part)
      case "string":
        return this.#string(depth, scope)
      case "ints":
      case "texts":
        return this.#list(kind, depth, scope)
      case "optional":
        return this.#optional(part)
      default:
        return this.#leaf(kind, scope)
    }
  }

  #condition(depth: number, scope: Scope): Piece {
    const random = this.#random
    const part = (wanted: PeerKind): Piece => this.#make(wanted, depth - 1, scope)
    switch (random.below(13)) {
      case 0:
        return piece(`!${at(level.unary, part("bool"))}`, level.unary)
      case 1:
        return binary(part("bool"), "&&", part("bool"), level.and)
      case 2:
        return binary(part("bool"), "||", part("bool"), level.or)
      case 3:
      case 4: {
        const kind = random.pick<PeerKind>(["int", "double", "string", "bool", "timestamp"])
        return relation(part(kind), random.pick(["<", "<=", ">", ">="]), part(kind))
      }
      case 5:
      case 6: {
        const kind = random.pick<PeerKind>([
          "int",
          "double",
          "string",
          "bool",
          "ints",
          "texts",
          "map",
          "timestamp"
        ])
        return relation(part(kind), random.pick(["==", "!="]), part(kind))
      }
      case 7:
        return random.chance(0.6)
          ? relation(part("int"), "in", part("ints"))
          : relation(part("string"), "in", random.chance(0.5) ? part("texts") : part("map"))
      case 8:
        return piece(`has(m.${random.pick(keys)})`)
      case 9:
      case 10: {
        const [list, element] = random.pick([
          ["ints", "int"],
          ["texts", "string"]
        ] as const)
        const name = random.pick(["x", "y", "n", "s"])
        const body = this.#make("bool", depth - 1, [...scope, [name, element]])
        return method(part(list), random.pick(["all", "exists", "exists_one"]), name, body.text)
      }
      case 11:
        return method(
          part("string"),
          random.pick(["contains", "startsWith", "endsWith"]),
          part("string").text
        )
      default:
        return random.chance(0.5)
          ? method(part("optional"), "hasValue")
          : method(
              part("string"),
              "matches",
              escaped(random.pick(["^a", "b$", "[a-c]+", "a.c", "^$", "x? y"]))
            )
    }
  }

  #int(depth: number, scope: Scope): Piece {
    const random = this.#random
    const part = (wanted: PeerKind): Piece => this.#make(wanted, depth - 1, scope)
    switch (random.below(11)) {
      case 0:
      case 1:
        return binary(part("int"), random.pick(["+", "-"]), part("int"), level.sum)
      case 2:
      case 3:
        return binary(part("int"), random.pick(["*", "/", "%"]), part("int"), level.product)
      case 4:
        return piece(`-${at(level.member, part("int"))}`, level.unary)
      case 5: {
        const target = part(random.pick(["string", "ints", "texts", "map"]))
        return random.chance(0.5) ? piece(`size(${target.text})`) : method(target, "size")
      }
      case 6:
        return piece(`${at(level.member, part("ints"))}[${random.below(3)}]`)
      case 7:
        return random.chance(0.5) ? piece(`m.${random.pick(keys)}`) : piece(`m[${part("string").text}]`)
      case 8:
        return random.chance(0.8)
          ? method(part("optional"), "orValue", part("int").text)
          : method(part("optional"), "value")
      case 9:
        if (random.chance(0.2)) return piece(`int(string(${part("int").text}))`)
        return random.chance(0.5)
          ? piece(`int(${part(random.pick(["int", "double"])).text})`)
          : method(part("string"), "indexOf", escaped(random.pick(["a", "b", ","])))
      default:
        return method(
          part("timestamp"),
          random.pick([
            "getFullYear",
            "getMonth",
            "getDate",
            "getDayOfMonth",
            "getDayOfWeek",
            "getHours",
            "getMinutes",
            "getSeconds",
            "getMilliseconds"
          ])
        )
    }
  }

  #double(part: (kind: PeerKind) => Piece): Piece {
    const random = this.#random
    switch (random.below(4)) {
      case 0:
        return binary(part("double"), random.pick(["+", "-"]), part("double"), level.sum)
      case 1:
        return binary(part("double"), random.pick(["*", "/"]), part("double"), level.product)
      default:
        return piece(`double(${part(random.pick(["int", "double"])).text})`)
    }
  }

  #string(depth: number, scope: Scope): Piece {
    const random = this.#random
    const part = (wanted: PeerKind): Piece => this.#make(wanted, depth - 1, scope)
    switch (random.below(7)) {
      case 0:
      case 1:
        return binary(part("string"), "+", part("string"), level.sum)
      case 2:
        return piece(`string(${part(random.pick(["int", "bool", "string"])).text})`)
      case 3:
        return method(part("string"), random.pick(["lowerAscii", "upperAscii", "trim"]))
      case 4:
        return method(
          part("texts"),
          "join",
          ...(random.chance(0.6) ? [escaped(random.pick([",", "", " - "]))] : [])
        )
      case 5:
        return method(
          part("string"),
          "substring",
          String(random.below(3)),
          ...(random.chance(0.5) ? [String(2 + random.below(3))] : [])
        )
      default:
        return piece(`${at(level.member, part("texts"))}[${random.below(3)}]`)
    }
  }

  #list(kind: "ints" | "texts", depth: number, scope: Scope): Piece {
    const random = this.#random
    const element = kind === "ints" ? "int" : "string"
    const name = random.pick(["x", "y", "n", "s"])
    const inside = (wanted: PeerKind, of: PeerKind): string =>
      this.#make(wanted, depth - 1, [...scope, [name, of]]).text
    switch (random.below(5)) {
      case 0:
        return binary(this.#make(kind, depth - 1, scope), "+", this.#make(kind, depth - 1, scope), level.sum)
      case 1:
        return method(this.#make(kind, depth - 1, scope), "filter", name, inside("bool", element))
      case 2: {
        const [list, from] = random.pick([
          ["ints", "int"],
          ["texts", "string"]
        ] as const)
        const target = this.#make(list, depth - 1, scope)
        return random.chance(0.6)
          ? method(target, "map", name, inside(element, from))
          : method(target, "map", name, inside("bool", from), inside(element, from))
      }
      default:
        return kind === "texts" && random.chance(0.5)
          ? method(this.#make("string", depth - 1, scope), "split", escaped(random.pick([",", " ", "b"])))
          : piece(`[${random.several(1, 3, () => this.#make(element, depth - 1, scope).text).join(", ")}]`)
    }
  }

  #optional(part: (kind: PeerKind) => Piece): Piece {
    const random = this.#random
    switch (random.below(4)) {
      case 0:
        return piece(`optional.of(${part("int").text})`)
      case 1:
        return piece(`m.?${random.pick(keys)}`)
      case 2:
        return piece(`${at(level.member, part("ints"))}[?${random.below(3)}]`)
      default:
        return method(part("optional"), "or", part("optional").text)
    }
  }
}
