import { type RefType, resolve, type Type, type UnionType } from "./Type.ts"

/** A type that is neither a union nor a reference. */
export type Member = Exclude<Type, UnionType | RefType>

/** The members of a union, or the type alone; references are looked through, each once. */
export const membersOf = (type: Type): ReadonlyArray<Member> => {
  const top = resolve(type)
  if (top.kind !== "union") return [top]
  const out = new Set<Member>()
  // A reference back to a union that is being listed adds nothing: its members are listed already.
  const listed = new Set<RefType["target"]>(type.kind === "ref" ? [type.target] : [])
  const waiting: Array<Iterator<Type>> = [top.members.values()]
  for (let members = waiting.at(-1); members !== undefined; members = waiting.at(-1)) {
    const next = members.next()
    if (next.done === true) {
      waiting.pop()
      continue
    }
    const member = resolve(next.value)
    if (member.kind !== "union") out.add(member)
    else if (next.value.kind !== "ref" || !listed.has(next.value.target)) {
      if (next.value.kind === "ref") listed.add(next.value.target)
      waiting.push(member.members.values())
    }
  }
  return [...out]
}

/** Can a value of the type be anything, itself or as a member of a union? */
export const hasDyn = (type: Type): boolean => membersOf(type).some((member) => member.kind === "dyn")
