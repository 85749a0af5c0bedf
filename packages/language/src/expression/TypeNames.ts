import type { ValueKind } from "../types/Refinement.ts"
import { TypeName } from "./Value.ts"

/** The identifiers that stand for types (CEL, "Types"), as `type(x)` gives them. */
export const typeNames: ReadonlyMap<string, TypeName> = new Map(
  ["null_type", "bool", "int", "double", "string", "list", "map", "type", "optional_type"].map(
    (name): [string, TypeName] => [name, new TypeName(name)]
  )
)

/** CEL names these two after the protocol buffers that they came from. */
export const timestampTypeName = new TypeName("google.protobuf.Timestamp")
/** See `timestampTypeName`. */
export const durationTypeName = new TypeName("google.protobuf.Duration")

/** The names of types that have dots in them. */
export const qualifiedTypeNames: ReadonlyMap<string, TypeName> = new Map(
  [timestampTypeName, durationTypeName].map((type): [string, TypeName] => [type.name, type])
)

/** The kind of values that a type's name stands for, for narrowing by `type(x) == name`. */
export const typeKindOf = (name: string): ValueKind | undefined => kinds.get(name)

const kinds = new Map<string, ValueKind>([
  ["null_type", "null"],
  ["bool", "bool"],
  ["int", "int"],
  ["double", "double"],
  ["string", "string"],
  ["list", "list"],
  ["map", "map"]
])
