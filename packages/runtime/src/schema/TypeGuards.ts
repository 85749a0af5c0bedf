// First of all, for its effect: schemas that are made before it stay interpreted.
// oxlint-disable-next-line import/no-unassigned-import
import "./SchemaJit.ts"
import { Type, membersOf } from "@sallyport/language"
import * as Schema from "effect/Schema"
import { discriminationOf } from "./Discrimination.ts"
import { isJson, isRecord } from "./JsonValue.ts"
import { valueLimits } from "./ValueProblem.ts"

/** Does a value fit? */
export type Guard = (value: unknown) => boolean

/**
 * Types as Effect schemas, for `Schema.is` and Effect's compiler. Only fields are nodes of it: whatever looks at keys
 * or refers to itself is a condition on any value that calls a guard of its own. So no schema grows too large for the
 * compiler, none has a `suspend`, a check or a `oneOf` around fields, each of which would leave it to the interpreter,
 * and nothing is ever rebuilt.
 */
export class TypeGuards {
  readonly #unlisted: "checked" | "kept"
  readonly #schemas = new Map<Type.Type, Schema.Codec<unknown>>()
  readonly #guards = new Map<Type.Type, Guard>()
  /** References inside each other in the value that is being looked at. */
  #depth = 0
  /** What unions said about parts of the value that is being looked at: each part is tried once. */
  readonly #answers = new Map<object, Map<Type.Type, boolean>>()

  /** `kept`: the values of further keys that may be anything are not looked at. */
  constructor(unlisted: "checked" | "kept") {
    this.#unlisted = unlisted
  }

  /** Runs something that asks guards about the parts of one value. Guards remember what they said until it is done. */
  during<A>(run: () => A): A {
    try {
      return run()
    } finally {
      this.#answers.clear()
    }
  }

  /** The guard of a type. False, too, for values with more than `valueLimits.depth` references inside each other. */
  of(type: Type.Type): Guard {
    const known = this.#guards.get(type)
    if (known !== undefined) return known
    const guard: Guard = Schema.is(this.#schemaOf(type))
    this.#guards.set(type, guard)
    return guard
  }

  #schemaOf(type: Type.Type): Schema.Codec<unknown> {
    const known = this.#schemas.get(type)
    if (known !== undefined) return known
    const schema = this.#make(type)
    this.#schemas.set(type, schema)
    return schema
  }

  #make(type: Type.Type): Schema.Codec<unknown> {
    switch (type.kind) {
      case "dyn":
        return condition(isJson)
      case "null":
        return Schema.Null
      case "bool":
        return type.value === undefined ? Schema.Boolean : Schema.Literal(type.value)
      case "int":
        return type.values === undefined ? condition(Number.isSafeInteger) : Schema.Literals(type.values)
      case "double":
        return condition(Number.isFinite)
      case "string":
        return stringSchema(type)
      case "list":
        return Schema.Array(this.#schemaOf(type.element))
      case "map":
        return Schema.Record(Schema.String, this.#schemaOf(type.value))
      case "record":
        return this.#record(type)
      case "ref":
        return this.#reference(type)
      case "union":
        return this.#union(type)
      default:
        return Schema.Never
    }
  }

  /** Without further keys to look at it is nothing but its fields, which the compiler puts into the code around. */
  #record(type: Type.RecordType): Schema.Codec<unknown> {
    const fields = this.#fields(type)
    const { properties, rest } = type
    if (rest?.kind === "dyn" && this.#unlisted === "kept") return fields
    const hasFields = Schema.is(fields)
    const fits: Guard = rest === undefined ? () => false : this.of(rest)
    return condition(
      (value) =>
        hasFields(value) &&
        isRecord(value) &&
        Object.keys(value).every((key) => properties.has(key) || fits(value[key]))
    )
  }

  /**
   * Effect reads fields through the prototype and takes `Struct({})` for anything but null, so records without fields
   * or with fields such as `constructor` are read here.
   */
  #fields({ properties }: Type.RecordType): Schema.Codec<unknown> {
    const all = [...properties]
    if (all.length > 0 && all.every(([name]) => !(name in Object.prototype)))
      return Schema.Struct(
        Object.fromEntries(
          all.map(([name, property]) => {
            const schema = this.#schemaOf(property.type)
            return [name, property.required ? schema : Schema.optionalKey(schema)]
          })
        )
      )
    const guards = all.map(([name, { required, type }]) => ({ name, required, fits: this.of(type) }))
    return condition(
      (value) =>
        isRecord(value) &&
        guards.every(({ fits, name, required }) =>
          Object.hasOwn(value, name) ? fits(value[name]) : !required
        )
    )
  }

  #reference(type: Type.RefType): Schema.Codec<unknown> {
    let fits: Guard | undefined
    return condition((value) => {
      if (this.#depth >= valueLimits.depth) return false
      fits ??= this.of(Type.resolve(type))
      this.#depth++
      try {
        return fits(value)
      } finally {
        this.#depth--
      }
    })
  }

  #union(type: Type.UnionType): Schema.Codec<unknown> {
    const members = membersOf(type)
    const discrimination = discriminationOf(type)
    if (discrimination !== undefined) {
      const rest = this.of(Type.resolve(withoutRecords(members)))
      return condition((value) => {
        if (!isRecord(value)) return rest(value)
        const chosen = discrimination.choose(value)
        return chosen !== undefined && this.of(chosen)(value)
      })
    }
    const all = Schema.Union(members.map((member) => this.#schemaOf(member)))
    return isAmbiguous(members) ? this.#remembered(type, Schema.is(all)) : all
  }

  /** Branches of branches would otherwise be tried over and over, twice as often at every level. */
  #remembered(type: Type.Type, fits: Guard): Schema.Codec<unknown> {
    return condition((value) => {
      if (typeof value !== "object" || value === null) return fits(value)
      const row = this.#answers.get(value) ?? new Map<Type.Type, boolean>()
      const known = row.get(type)
      if (known !== undefined) return known
      const answer = fits(value)
      this.#answers.set(value, row.set(type, answer))
      return answer
    })
  }
}

/** Any value for which something holds. Effect's compiler calls it where it stands. */
const condition = (holds: (value: unknown) => boolean): Schema.Codec<unknown> =>
  Schema.Unknown.check(Schema.makeFilter(holds))

const stringSchema = ({ except, values }: Type.StringType): Schema.Codec<unknown> => {
  if (values !== undefined) return Schema.Literals(values)
  if (except === undefined) return Schema.String
  const excluded = new Set(except)
  return condition((value) => typeof value === "string" && !excluded.has(value))
}

const isObjectType = (type: Type.Type): boolean => type.kind === "record" || type.kind === "map"

const withoutRecords = (members: ReadonlyArray<Type.Type>): Type.Type => {
  const others = members.filter((member) => !isObjectType(member))
  const [only] = others
  if (only === undefined) return Type.never
  return others.length === 1 ? only : { kind: "union", members: others }
}

const isAmbiguous = (members: ReadonlyArray<Type.Type>): boolean =>
  members.filter(isObjectType).length > 1 || members.filter(({ kind }) => kind === "list").length > 1
