import { elementOf, isAssignable, suggest, Type, union, type YamlMap } from "@sallyport/language"
import type {
  CheckedPagination,
  CheckedProperties,
  CheckedRequest,
  CheckedResponse
} from "./CheckedManifest.ts"
import type { ExpressionValue } from "./CompiledValue.ts"
import type { ManifestContext } from "./ManifestContext.ts"
import { sends } from "./RequestChecker.ts"
import { bodyTypeOf } from "./ResponseChecker.ts"
import { responseType } from "./TemplatePlace.ts"
import type { Variables } from "./TemplateCompiler.ts"
import { brief } from "./TypeFit.ts"
import { textAt } from "./YamlPlace.ts"

/** What paging is about. */
export interface Paged {
  readonly input: CheckedProperties
  readonly output: Type.Type
  readonly request: CheckedRequest | undefined
  readonly responses: ReadonlyMap<string, CheckedResponse>
}

/** Compiles a pagination, and reports one that would ask for the same page for ever. */
export const checkPagination = (
  context: ManifestContext,
  node: YamlMap,
  variables: Variables,
  paged: Paged
): CheckedPagination | undefined => {
  const scope = { ...variables, output: paged.output, response: responseType(bodyOf(paged.responses)) }
  const { templates } = context
  const items = templates.expression(node.get("items"), scope, {
    name: "items",
    accepts: Type.list(Type.dyn)
  })
  const cursor = templates.expression(node.get("cursor"), scope, cursorPlace)
  const next = templates.expression(node.get("next"), scope, nextPlace)
  const stop = templates.expression(node.get("stop"), scope, { name: "stop", accepts: Type.bool })
  const into = textAt(node, "into")
  checkProgress(context, node, paged)
  if (cursor !== undefined && into !== undefined) checkInto(context, node, into, cursor, paged)
  if (items === undefined) return undefined
  return {
    items,
    item: elementOf(items.type).type,
    cursor: cursor === undefined || into === undefined ? undefined : { value: cursor, into },
    next,
    stop
  }
}

const cursorPlace = {
  name: "a cursor",
  accepts: union([Type.string, Type.double, Type.nullType]),
  absence: "any"
} as const

const nextPlace = { name: "next", accepts: union([Type.string, Type.nullType]), absence: "any" } as const

/** All successful responses of paging have one body type, or expressions cannot rely on any. */
const bodyOf = (responses: ReadonlyMap<string, CheckedResponse>): Type.Type =>
  union([...responses].filter(([key]) => key.startsWith("2")).map(([, rule]) => bodyTypeOf(rule)))

/** There must be exactly one way on: a cursor with the input that takes it, or the URL of the next page. */
const checkProgress = ({ problems }: ManifestContext, node: YamlMap, { request }: Paged): void => {
  const cursor = node.entry("cursor")
  const into = node.entry("into")
  const next = node.entry("next")
  const help = "say cursor and into, or next"
  if (next !== undefined && (cursor ?? into) !== undefined)
    return problems.report(
      "SP0320",
      "there are two ways to the next page, a cursor and a URL",
      next.key.span,
      { help }
    )
  if (next !== undefined) return
  const at = (cursor ?? into ?? node.entries[0])?.key.span ?? node.span
  if (cursor === undefined)
    return problems.report("SP0320", "paging never goes on: nothing says what the next page is", at, { help })
  if (into === undefined)
    return problems.report("SP0320", "paging never goes on: no input takes the cursor", at, { help })
  const name = textAt(node, "into")
  if (request !== undefined && name !== undefined && !sends(request, "input", name))
    problems.report(
      "SP0320",
      `paging never goes on: the request does not send the input "${name}"`,
      into.key.span,
      {
        help: `send it, for example as a query: ${name}: \${{ input.${name} }}`
      }
    )
}

const checkInto = (
  { problems }: ManifestContext,
  node: YamlMap,
  into: string,
  cursor: ExpressionValue,
  { input }: Paged
): void => {
  const span = node.get("into")?.span ?? node.span
  const property = input.given.properties.get(into)
  if (property === undefined) {
    const meant = suggest(into, input.given.properties.keys())
    problems.report("SP0326", `"${into}" is not an input of this action`, span, {
      help: meant === undefined ? "declare it under input" : `did you mean "${meant}"?`
    })
  } else if (property.required) {
    problems.report(
      "SP0326",
      `the input "${into}" takes the cursor, so the first page has none: it must be optional`,
      span,
      {
        help: `write "${into}?", or give it a default`
      }
    )
  } else if (!isAssignable(cursor.type, union([property.type, Type.nullType]))) {
    problems.report(
      "SP0326",
      `the input "${into}" takes ${brief(property.type)}, and the cursor is ${brief(cursor.type)}`,
      span
    )
  }
}
