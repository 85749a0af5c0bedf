import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import {
  absentAt,
  dropKind,
  dropLiteral,
  keepKind,
  keepLiteral,
  type Literal,
  presentAt,
  refineAt,
  type ValueKind,
  withoutNull
} from "../src/types/Refinement.ts"
import {
  bool,
  double,
  dyn,
  int,
  intOf,
  list,
  map,
  never,
  nullType,
  optional,
  record,
  ref,
  string,
  stringExcept,
  stringOf,
  type Type
} from "../src/types/Type.ts"
import { showType } from "../src/types/TypePrinter.ts"
import { nullable, union } from "../src/types/Union.ts"
import {
  Chooser,
  choices,
  definitions,
  isValueOf,
  type Json,
  recipe,
  TypeBuilder,
  valueOfType
} from "./TypeRecipe.ts"

const indicator = record({ type: stringOf("indicator"), "confidence?": int }, { name: "Indicator" })
const malware = record({ type: stringOf("malware"), name: string }, { name: "Malware" })
const other = record({ type: stringExcept("indicator", "malware") }, { name: "Other", rest: dyn })
const event = union([indicator, malware, other], { name: "Event", discriminator: "type" })

describe("a fact about a part", () => {
  it("a discriminator picks its member", () => {
    const kept = refineAt(event, ["type"], (part) => keepLiteral(part, "malware"))
    expect(kept).toBe(malware)
    const dropped = refineAt(event, ["type"], (part) => dropLiteral(part, "malware"))
    expect(showType(dropped)).toBe("Indicator | Other")
    expect(dropped).toMatchObject({ discriminator: "type" })
    expect(refineAt(event, ["type"], (part) => keepLiteral(part, "tool"))).toMatchObject({ name: "Other" })
  })

  it("a property of which something is known is there", () => {
    expect(showType(presentAt(event, ["confidence"]), { expanded: true })).toBe("| Indicator\n  | Other")
    const present = presentAt(indicator, ["confidence"])
    expect(present.kind === "record" ? present.properties.get("confidence")?.required : undefined).toBe(true)
    expect(showType(refineAt(record({ "a?": nullable(int) }), ["a"], withoutNull))).toBe("{ a: int }")
  })

  it("a path goes through objects, maps and references", () => {
    const deep = record({ e: ref("E", () => nullable(event)) })
    expect(showType(refineAt(deep, ["e", "type"], (part) => keepLiteral(part, "malware")))).toBe(
      "{ e: Malware }"
    )
    expect(showType(presentAt(map(int), ["a"]))).toBe("{ a: int, …: int }")
    expect(showType(refineAt(record({}, { rest: nullable(int) }), ["a"], withoutNull))).toBe(
      "{ a: int, …: int | null }"
    )
  })

  it("members that cannot have the part are dropped", () => {
    expect(presentAt(union([nullType, malware, string, list(int)]), ["name"])).toBe(malware)
    expect(presentAt(malware, ["nmae"])).toBe(never)
  })

  it("dyn stays dyn and optional stays optional below the top", () => {
    expect(refineAt(dyn, ["a"], (part) => keepLiteral(part, 1))).toBe(dyn)
    const maybe = optional(malware)
    expect(presentAt(maybe, ["name"])).toBe(maybe)
  })

  it("what does not change is the same type", () => {
    expect(refineAt(event, ["type"], (part) => part)).toBe(event)
    const named = ref("Event", () => event)
    expect(refineAt(named, ["type"], (part) => dropLiteral(part, 7))).toBe(named)
    expect(refineAt(event, [], (part) => part)).toBe(event)
  })

  it("absence drops members that always have it and takes it from those that may", () => {
    expect(showType(absentAt(event, "name"))).toBe("Indicator | Other")
    const without = absentAt(indicator, "confidence")
    expect(without.kind === "record" ? without.properties.get("confidence") : undefined).toMatchObject({
      type: never,
      required: false
    })
    expect(presentAt(without, ["confidence"])).toBe(never)
    expect(absentAt(malware, "nmae")).toBe(malware)
  })
})

describe("a fact about a value", () => {
  it.each<readonly [Type, Literal, string, string]>([
    [string, "a", '"a"', 'string other than "a"'],
    [stringOf("a", "b"), "a", '"a"', '"b"'],
    [stringOf("a"), "a", '"a"', "never"],
    [stringExcept("a"), "a", "never", 'string other than "a"'],
    [int, 1, "1", "int"],
    [intOf(1, 2), 1, "1", "2"],
    [int, 1.5, "never", "int"],
    [double, 1, "double", "double"],
    [bool, true, "true", "false"],
    [nullable(string), null, "null", "string"],
    [nullable(string), "a", '"a"', 'string other than "a" | null'],
    [list(int), 1, "never", "list<int>"],
    [dyn, "a", '"a"', "dyn"],
    [dyn, 1, "dyn", "dyn"],
    [dyn, null, "null", "dyn"]
  ])("%j and %j", (type, value, kept, dropped) => {
    expect(showType(keepLiteral(type, value))).toBe(kept)
    expect(showType(dropLiteral(type, value))).toBe(dropped)
  })

  it.each<readonly [Type, ValueKind, string, string]>([
    [union([string, int, nullType]), "string", "string", "int | null"],
    [union([string, int]), "double", "int", "string | int"],
    [union([string, double]), "int", "double", "string | double"],
    [union([map(int), string]), "record", "map<string, int>", "string"],
    [dyn, "list", "list<dyn>", "dyn"],
    [dyn, "map", "map<string, dyn>", "dyn"],
    [dyn, "timestamp", "timestamp", "dyn"],
    [string, "null", "never", "string"]
  ])("%j of the kind %s", (type, kind, kept, dropped) => {
    expect(showType(keepKind(type, kind))).toBe(kept)
    expect(showType(dropKind(type, kind))).toBe(dropped)
  })

  it("a format survives", () => {
    const uri = { kind: "string", format: "uri" } as const
    expect(keepLiteral(uri, "a:b")).toMatchObject({ format: "uri", values: ["a:b"] })
    expect(dropLiteral(uri, "a:b")).toMatchObject({ format: "uri", except: ["a:b"] })
  })
})

describe("narrowing is sound", () => {
  const input = Arbitrary.all({ definitions, type: recipe(3, 3), choices })
  const at = (value: Json, name: string): Json | undefined =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).find(([key]) => key === name)?.[1]
      : undefined
  const literals: ReadonlyArray<Literal> = ["a", "b", 1, true, null]

  it.effect("a value for which the fact holds is a value of the narrowed type", () =>
    Effect.gen(function* () {
      let facts = 0
      const result = yield* Arbitrary.checkEffect(
        input,
        (given) => {
          const type = new TypeBuilder(given.definitions).build(given.type)
          const chooser = new Chooser(given.choices)
          for (let round = 0; round < 6; round++) {
            const value = valueOfType(type, chooser)
            if (value === undefined) continue
            for (const name of ["t", "u", "__proto__", "further"]) {
              const part = at(value, name)
              const narrowed =
                part === undefined
                  ? [absentAt(type, name)]
                  : literals.map((literal) =>
                      refineAt(type, [name], (inner) =>
                        part === literal ? keepLiteral(inner, literal) : dropLiteral(inner, literal)
                      )
                    )
              for (const after of narrowed) {
                facts++
                if (!isValueOf(value, after)) return false
              }
            }
          }
          return true
        },
        { runs: 1500, seed: 31 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
      expect(facts).toBeGreaterThan(20_000)
    })
  )
})
