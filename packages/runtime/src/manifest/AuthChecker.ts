import { suggest, Type, union, type YamlMap, type YamlNode } from "@sallyport/language"
import type { CheckedAuth, CheckedSchema, CheckedSession } from "./CheckedManifest.ts"
import { type CompiledValue, readsIn } from "./CompiledValue.ts"
import type { ManifestContext } from "./ManifestContext.ts"
import { checkRequest, sends, valuesOf } from "./RequestChecker.ts"
import { headerPlace, textPlace } from "./TemplatePlace.ts"
import type { Variables } from "./TemplateCompiler.ts"
import { mapAt } from "./YamlPlace.ts"

/** The scheme's name for requests that prove nothing. */
const noScheme = "none"

/** Compiles all schemes under `auth`. */
export const checkAuth = (context: ManifestContext): ReadonlyMap<string, CheckedAuth> => {
  const schemes = new Map<string, CheckedAuth>()
  for (const { key, value } of context.schemes?.entries ?? []) {
    if (key.name === noScheme)
      context.problems.report(
        "SP0322",
        `"${noScheme}" is the scheme that proves nothing: it cannot be declared`,
        key.span,
        {
          help: "give the scheme another name"
        }
      )
    if (value.kind === "map")
      schemes.set(key.name, { name: key.name, span: key.span, ...checkScheme(context, value) })
  }
  return schemes
}

/** The schemes that are named, one or a list; `none` is none. What does not exist is reported. */
export const checkChoice = (context: ManifestContext, node: YamlNode | undefined): ReadonlyArray<string> => {
  const nodes = node?.kind === "list" ? node.items : node === undefined ? [] : [node]
  const names = context.namesOf(context.schemes)
  return nodes.flatMap((item) => {
    if (item.kind !== "scalar" || typeof item.value !== "string" || item.value === noScheme) return []
    if (names.includes(item.value)) return [item.value]
    const meant = suggest(item.value, [...names, noScheme])
    context.problems.report(
      "SP0322",
      `there is no scheme "${item.value.slice(0, 60)}" under auth`,
      item.span,
      {
        help: meant === undefined ? "declare it under auth, or write none" : `did you mean "${meant}"?`
      }
    )
    return []
  })
}

/** A scheme is used only when all secrets that it reads are given, so none of them need be guarded. */
const checkScheme = (context: ManifestContext, node: YamlMap): Omit<CheckedAuth, "name" | "span"> => {
  const variables = { config: context.config.applied, secrets: context.givenSecretsType }
  const opening = mapAt(node, "open")
  const session = opening === undefined ? undefined : checkSession(context, node, opening, variables)
  if (opening === undefined) reportStray(context, node)
  const scope =
    opening === undefined ? variables : { ...variables, session: session?.body.applied ?? Type.dyn }
  const headers = context.templates.values(node.get("headers"), scope, headerPlace)
  return { headers, session, secrets: secretsRead([...headers.values(), ...sessionValues(session)]) }
}

const checkSession = (
  context: ManifestContext,
  node: YamlMap,
  opening: YamlMap,
  variables: Variables
): CheckedSession | undefined => {
  const open = checkRequest(context, opening, variables, undefined)
  const schema = opening.get("body")
  const body: CheckedSchema = schema === undefined ? anything : context.schemas.read(schema)
  const scope = { ...variables, session: body.applied }
  const confirm = checkConfirmation(context, mapAt(node, "confirm"), scope)
  const extension = node.entry("extend")
  const extend = checkRequest(context, extension?.value, scope, undefined)
  const expires = context.templates.expression(node.get("expires"), { session: body.applied }, expiresPlace)
  if (extension !== undefined && node.get("expires") === undefined)
    context.problems.report(
      "SP0328",
      "the session is never extended: nothing says when it expires",
      extension.key.span,
      {
        help: "say it: expires: ${{ session.… }}"
      }
    )
  return open === undefined ? undefined : { open, body, confirm, extend, expires }
}

const anything: CheckedSchema = { given: Type.dyn, applied: Type.dyn }

const expiresPlace = { name: "expires", accepts: union([Type.string, Type.double]) } as const

/** A confirmation that does not send what the person answered can never succeed. */
const checkConfirmation = (
  context: ManifestContext,
  node: YamlMap | undefined,
  variables: Variables
): CheckedSession["confirm"] => {
  if (node === undefined) return undefined
  const { secrets: _secrets, ...shown } = variables
  const question = node.get("ask")
  const ask =
    question === undefined ? undefined : context.templates.value(question, shown, textPlace("a question"))
  const request = checkRequest(context, node, { ...variables, answer: Type.string }, undefined)
  if (request !== undefined && !sends(request, "answer"))
    context.problems.report(
      "SP0328",
      "the session can never be confirmed: the request does not send the answer",
      node.entries[0]?.key.span ?? node.span,
      { help: "send it, for example json: { code: ${{ answer }} }" }
    )
  return ask === undefined || request === undefined ? undefined : { ask, request }
}

/** What only sessions have. */
const reportStray = ({ problems }: ManifestContext, node: YamlMap): void => {
  for (const key of ["confirm", "extend", "expires"]) {
    const entry = node.entry(key)
    if (entry !== undefined)
      problems.report("SP0328", `"${key}" has no session: nothing opens one`, entry.key.span, {
        help: "say under open which request opens it"
      })
  }
}

const sessionValues = (session: CheckedSession | undefined): ReadonlyArray<CompiledValue> => {
  if (session === undefined) return []
  const requests = [session.open, session.confirm?.request, session.extend]
  return requests.flatMap((request) => (request === undefined ? [] : valuesOf(request)))
}

const secretsRead = (values: ReadonlyArray<CompiledValue>): ReadonlyArray<string> => {
  const reads = values.flatMap(readsIn).filter(({ name, path }) => name === "secrets" && path.length > 0)
  return [...new Set(reads.flatMap(({ path }) => path.slice(0, 1)))].toSorted()
}
