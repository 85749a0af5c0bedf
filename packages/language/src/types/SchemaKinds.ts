import { suggest } from "../diagnostics/Suggestion.ts"
import type { YamlNode, YamlScalar } from "../source/YamlNode.ts"
import { openingOf } from "./NodeOpening.ts"
import { isTypeName, keywords, scopeIncludes, type TypeName, typeNames } from "./SchemaKeyword.ts"
import type { SchemaMap } from "./SchemaMap.ts"
import type { SchemaProblems } from "./SchemaProblems.ts"
import { dyn, type Type } from "./Type.ts"
import { replaceText } from "./TextReplacement.ts"
import { showType } from "./TypePrinter.ts"
import { typeOf } from "./TypeOfValue.ts"
import { union } from "./Union.ts"

/** The names under `type`, those that are names; empty without `type`. */
export const declaredTypes = (keywords: SchemaMap): ReadonlyArray<TypeName> => {
  const names = keywords.list("type").map((item) => (item.kind === "scalar" ? String(item.value) : ""))
  return [...new Set(names.filter(isTypeName))]
}

/** Reports what stands under `type` and is no name of a type. */
export const checkTypeNames = (keywords: SchemaMap, problems: SchemaProblems): void => {
  for (const item of keywords.list("type")) {
    if (item.kind !== "scalar") continue
    if (item.value === null) reportBareNull(item, problems)
    else if (!isTypeName(String(item.value))) reportTypeName(String(item.value), item, problems)
  }
}

/**
 * The types that the other keywords are about. In JSON Schema `{ minLength: 1 }` also lets every number through
 * (core 7.6.1); here a keyword without `type` says the type.
 */
export const impliedTypes = (map: SchemaMap): ReadonlyArray<TypeName> => {
  const names = new Set<TypeName>()
  for (const name of map.names) {
    const scope = keywords.get(name)?.scope
    if (scope !== undefined) names.add(scope)
  }
  return [...names]
}

/** The type of `enum` and `const`: its literals. Numbers with a fraction have no literal type, they give `double`. */
export const literalType = (
  map: SchemaMap,
  declared: ReadonlyArray<TypeName>,
  problems: SchemaProblems
): Type => {
  const constant = map.scalar("const")
  const values = map.has("enum") ? map.list("enum").filter((value) => value.kind === "scalar") : []
  reportTwins(values, problems)
  for (const value of constant === undefined ? values : [constant]) {
    if (declared.length === 0 || declared.some((name) => isOfType(value, name))) continue
    problems.error("SP0210", `${show(value)} is not of the type ${declared.join(" or ")}`, value.span, {
      help: "change the value or the type"
    })
  }
  if (constant === undefined) return union(values.map((value) => typeOf(value.value)))
  if (values.length > 0 && !values.some((value) => value.value === constant.value))
    problems.error("SP0210", `${show(constant)} is not in the enum beside it`, constant.span)
  return typeOf(constant.value)
}

/** Reports branches of a union that are not of the type declared beside it. */
export const checkBranches = (
  types: ReadonlyArray<Type>,
  branches: ReadonlyArray<YamlNode>,
  declared: ReadonlyArray<TypeName>,
  problems: SchemaProblems
): void => {
  if (declared.length === 0) return
  for (const [index, type] of types.entries()) {
    const members = type.kind === "union" ? type.members : [type]
    const branch = branches[index]
    if (branch === undefined || members.every((member) => declared.some((name) => isKind(member, name))))
      continue
    const message = `this branch is ${showType(type)}, not of the type ${declared.join(" or ")}`
    problems.error("SP0210", message, openingOf(branch))
  }
}

/** Says the keyword nothing about which values fit? */
export const isAnnotation = (keyword: string): boolean => keywords.get(keyword)?.annotation === true

/** The one schema of an `allOf` that only adds a description to it, as is usual beside an older `$ref`. */
export const wrapped = (map: SchemaMap): YamlNode | undefined => {
  const parts = map.list("allOf")
  if (parts.length !== 1) return undefined
  for (const name of map.names) if (name !== "allOf" && !isAnnotation(name)) return undefined
  return parts[0]
}

/** `type: object` and nothing about properties. */
export const isBare = (map: SchemaMap): boolean => {
  const said = ["properties", "patternProperties", "additionalProperties", "required"]
  return !said.some((keyword) => map.has(keyword))
}

const isKind = (type: Type, name: TypeName): boolean => {
  if (type === dyn || type.kind === "never") return true
  return kinds[name].includes(type.kind)
}

const kinds: { readonly [N in TypeName]: ReadonlyArray<Type["kind"]> } = {
  string: ["string"],
  integer: ["int"],
  number: ["int", "double"],
  boolean: ["bool"],
  null: ["null"],
  array: ["list"],
  object: ["record", "map"]
}

/** Is the scalar of that type? `1.0` is an integer (validation 6.1.1). */
const isOfType = ({ value }: YamlScalar, name: TypeName): boolean => {
  if (name === "null") return value === null
  if (name === "integer") return typeof value === "number" && Number.isSafeInteger(value)
  return typeof value === name
}

/** True when a keyword's scope is among the types. */
export const isInScope = (name: string, types: ReadonlyArray<TypeName>): boolean => {
  const scope = keywords.get(name)?.scope
  return scope === undefined || types.some((type) => scopeIncludes(scope, type))
}

/** `enum` SHOULD be without duplicates (validation 6.1.2): the second is a slip. */
const reportTwins = (values: ReadonlyArray<YamlScalar>, problems: SchemaProblems): void => {
  const seen = new Map<YamlScalar["value"], YamlScalar>()
  for (const value of values) {
    const first = seen.get(value.value)
    if (first === undefined) seen.set(value.value, value)
    else
      problems.warning("SP0221", `${show(value)} is twice in the enum`, value.span, {
        notes: [{ message: "it is first here", span: first.span }]
      })
  }
}

const reportBareNull = (item: YamlScalar, problems: SchemaProblems): void =>
  problems.error("SP0205", "the type null must be quoted: in YAML a bare null is no text", item.span, {
    help: 'write "null"',
    ...(item.span.start < item.span.end && {
      fix: { title: 'write "null"', edits: [{ span: item.span, text: '"null"' }] }
    })
  })

const reportTypeName = (name: string, item: YamlScalar, problems: SchemaProblems): void => {
  const meant = synonyms.get(name.toLowerCase()) ?? suggest(name, typeNames)
  problems.error("SP0205", `there is no type "${name.slice(0, 60)}"`, item.span, {
    help: meant === undefined ? `the types are ${typeNames.join(", ")}` : `did you mean "${meant}"?`,
    ...(meant !== undefined && { fix: replaceText(item, meant) })
  })
}

/** What other languages call the types. */
const synonyms: ReadonlyMap<string, TypeName> = new Map([
  ["int", "integer"],
  ["long", "integer"],
  ["float", "number"],
  ["double", "number"],
  ["decimal", "number"],
  ["bool", "boolean"],
  ["str", "string"],
  ["text", "string"],
  ["list", "array"],
  ["map", "object"],
  ["dict", "object"],
  ["record", "object"]
])

const show = ({ value }: YamlScalar): string =>
  typeof value === "string"
    ? JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value)
    : String(value)
