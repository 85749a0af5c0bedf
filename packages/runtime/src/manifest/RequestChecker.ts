import {
  isAssignable,
  showType,
  suggest,
  type YamlEntry,
  type YamlMap,
  type YamlNode
} from "@sallyport/language"
import type { CheckedProperties, CheckedRequest, PathPart } from "./CheckedManifest.ts"
import { type CompiledValue, readsIn } from "./CompiledValue.ts"
import type { ManifestContext } from "./ManifestContext.ts"
import { type Method, methods } from "./RequestTemplate.ts"
import type { Variables } from "./TemplateCompiler.ts"
import { headerPlace, jsonPlace, parameterPlace, pathType } from "./TemplatePlace.ts"

/**
 * Compiles a request. `input` is what its path may name; requests of sessions have none. Undefined when it has no method:
 * the vocabulary has said so.
 */
export const checkRequest = (
  context: ManifestContext,
  node: YamlNode | undefined,
  variables: Variables,
  input: CheckedProperties | undefined
): CheckedRequest | undefined => {
  if (node?.kind !== "map") return undefined
  const entry = methodEntry(node)
  checkBody(context, node, entry)
  const form = node.get("form")
  const json = node.get("json")
  const { templates } = context
  const parts = {
    query: templates.values(node.get("query"), variables, parameterPlace),
    headers: templates.values(node.get("headers"), variables, headerPlace),
    json: json === undefined ? undefined : templates.value(json, variables, jsonPlace),
    form: form === undefined ? undefined : templates.values(form, variables, parameterPlace)
  }
  if (entry === undefined || !isMethod(entry.key.name)) return undefined
  return { method: entry.key.name, path: checkPath(context, entry.value, input), ...parts }
}

/** The method of a request, where there is one. */
export const methodOf = (request: YamlNode | undefined): Method | undefined => {
  const name = request?.kind === "map" ? methodEntry(request)?.key.name : undefined
  return name !== undefined && isMethod(name) ? name : undefined
}

/** All values of a request that may hold expressions. */
export const valuesOf = (request: CheckedRequest): ReadonlyArray<CompiledValue> => [
  ...request.query.values(),
  ...request.headers.values(),
  ...(request.json === undefined ? [] : [request.json]),
  ...(request.form?.values() ?? [])
]

/** Does the request send that field of a variable, or the whole of it? */
export const sends = (request: CheckedRequest, variable: string, field?: string): boolean => {
  if (variable === "input" && request.path.some((part) => typeof part !== "string" && part.input === field))
    return true
  return valuesOf(request)
    .flatMap(readsIn)
    .some(
      ({ name, path }) => name === variable && (field === undefined || path.length === 0 || path[0] === field)
    )
}

const isMethod = (name: string): name is Method => methods.some((method) => method === name)

const methodEntry = (node: YamlMap): YamlEntry | undefined => {
  const [only, ...others] = node.entries.filter(({ key }) => isMethod(key.name))
  return others.length === 0 ? only : undefined
}

const checkBody = ({ problems }: ManifestContext, node: YamlMap, method: YamlEntry | undefined): void => {
  const json = node.entry("json")
  const form = node.entry("form")
  if (json !== undefined && form !== undefined)
    problems.report("SP0318", "a request has one body: json or form", form.key.span, {
      notes: [{ message: "the other body is here", span: json.key.span }]
    })
  const body = json ?? form
  const name = method?.key.name
  if (body !== undefined && (name === "GET" || name === "HEAD"))
    problems.report("SP0318", `a ${name} request has no body`, body.key.span, {
      help: "send it as a query, or use POST if the service takes one"
    })
}

/** The parts of a path, each input checked: it must be there, and be something that can be written as text. */
const checkPath = (
  { problems }: ManifestContext,
  node: YamlNode,
  input: CheckedProperties | undefined
): ReadonlyArray<PathPart> => {
  if (node.kind !== "scalar" || typeof node.value !== "string") return []
  const parts: Array<PathPart> = []
  let from = 0
  for (const match of node.value.matchAll(/\{([A-Za-z][A-Za-z0-9_]*)\}/g)) {
    if (problems.isFull) break
    const name = match[1] ?? ""
    if (match.index > from) parts.push(node.value.slice(from, match.index))
    from = match.index + match[0].length
    parts.push({ input: name })
    const span = node.text.span(match.index, from)
    const property = input?.applied.properties.get(name)
    if (property === undefined) {
      const meant = suggest(name, input?.applied.properties.keys() ?? [])
      problems.report("SP0316", `"${name}" is not an input`, span, {
        help: meant === undefined ? "declare it under input" : `did you mean "${meant}"?`
      })
    } else if (!property.required) {
      problems.report("SP0317", `the input "${name}" may be missing, and the path needs it`, span, {
        help: `drop the ? of "${name}?", or give it a default`
      })
    } else if (!isAssignable(property.type, pathType)) {
      problems.report(
        "SP0317",
        `the input "${name}" cannot stand in a path: it is ${showType(property.type, { brief: true })}`,
        span
      )
    }
  }
  if (from < node.value.length) parts.push(node.value.slice(from))
  return parts
}
