import { Type, type YamlNode } from "@sallyport/language"
import { checkChoice } from "./AuthChecker.ts"
import type { CheckedHttp } from "./CheckedManifest.ts"
import type { CompiledValue } from "./CompiledValue.ts"
import type { ManifestContext } from "./ManifestContext.ts"
import { checkPolicies } from "./PolicyChecker.ts"
import { errorPlace, headerPlace, responseType, textPlace } from "./TemplatePlace.ts"
import { mapAt } from "./YamlPlace.ts"

/** Compiles what holds for all requests. Undefined when there is no `http` or no base in it. */
export const checkHttp = (context: ManifestContext): CheckedHttp | undefined => {
  const node = mapAt(context.root, "http")
  if (node === undefined) return undefined
  checkPolicies(context, node)
  const config = context.config.applied
  const headers = context.templates.values(
    node.get("headers"),
    { config, secrets: context.secretsType },
    headerPlace
  )
  const errors = checkErrors(context, node.get("errors"))
  const auth = checkChoice(context, node.get("auth"))
  const address = node.get("base")
  if (address === undefined) return undefined
  const base = context.templates.value(address, { config }, textPlace("the base"))
  checkBase(context, base)
  return { base, headers, auth, errors }
}

const checkErrors = (context: ManifestContext, node: YamlNode | undefined): CheckedHttp["errors"] => {
  const variables = { response: responseType(Type.dyn) }
  const at = (field: "message" | "code" | "id"): CompiledValue | undefined => {
    const value = node?.kind === "map" ? node.get(field) : undefined
    return value === undefined ? undefined : context.templates.value(value, variables, errorPlace)
  }
  const message = at("message")
  const code = at("code")
  const id = at("id")
  return {
    ...(message !== undefined && { message }),
    ...(code !== undefined && { code }),
    ...(id !== undefined && { id })
  }
}

/** A base without expressions can be judged now; one with expressions is judged when a connection is made. */
const checkBase = ({ problems }: ManifestContext, base: CompiledValue): void => {
  if (base.kind !== "literal" || typeof base.value !== "string") return
  const isUrl = /^https?:\/\//.test(base.value) && URL.canParse(base.value)
  if (!isUrl || base.value.includes("?") || base.value.includes("#"))
    problems.report(
      "SP0310",
      "the base is not a URL of http or https without query and fragment",
      base.span,
      {
        help: "write it as https://api.example.com/prefix"
      }
    )
}
