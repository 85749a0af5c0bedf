import type { Json } from "@sallyport/language"
import * as Result from "effect/Result"
import type { UpstreamDetail } from "../ConnectorError.ts"
import type { ErrorReply } from "../http/HttpRequest.ts"
import type { CheckedHttp } from "../manifest/CheckedManifest.ts"
import type { CompiledValue } from "../manifest/CompiledValue.ts"
import { evaluate } from "./RequestBuilder.ts"

/**
 * What the upstream says about a failure, by `http.errors` of the manifest. A field that cannot be made of the reply is
 * left out: the reply may be anything.
 */
export const errorDetail =
  ({ errors }: Pick<CheckedHttp, "errors">) =>
  ({ body, headers, status }: ErrorReply): UpstreamDetail => {
    // A JSON value, a text or null, as `ErrorReply` says.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const response = { status, headers, body: body as Json }
    const text = (field: CompiledValue | undefined): string | undefined => {
      if (field === undefined) return undefined
      const value = Result.getOrUndefined(evaluate(field, { response }))
      return value === undefined || value === null || typeof value === "object" ? undefined : String(value)
    }
    const message = text(errors.message) ?? (typeof body === "string" ? body : undefined)
    const code = text(errors.code)
    const id = text(errors.id)
    return {
      ...(message !== undefined && { message }),
      ...(code !== undefined && { code }),
      ...(id !== undefined && { id })
    }
  }
