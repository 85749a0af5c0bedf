import * as Schema from "effect/Schema"
import { HeaderName } from "./Name.ts"
import { patternText } from "./PatternText.ts"
import { JsonTemplate, QueryTemplate, TextTemplate } from "./TemplateText.ts"

/** The methods of requests. */
export const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const

/** The method of a request. */
export type Method = (typeof methods)[number]

/** A path is put behind the base; `{name}` is an input, percent-encoded. Queries and fragments have their own places. */
const PathText = patternText({
  identifier: "Path",
  code: "SP0315",
  expected: "a path such as /v1/items/{id}",
  description:
    "A path that starts with `/`; `{name}` is an input, percent-encoded. A list becomes a comma list.",
  pattern: /^\/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@%/]|\{[A-Za-z][A-Za-z0-9_]*\})*$/,
  accepts: (path) =>
    !path.split("/").some((part) => part === "." || part === "..") && !/%(?![0-9A-Fa-f]{2})/.test(path)
})

const pathKey = (method: Method) =>
  Schema.optionalKey(PathText).annotateKey({ description: `The path, for the method ${method}.` })

/** The keys of a request besides its one method. */
const parts = {
  query: Schema.optionalKey(Schema.Record(Schema.String, QueryTemplate)).annotateKey({
    description: "Query parameters. Each key is sent once."
  }),
  json: Schema.optionalKey(JsonTemplate).annotateKey({ description: "The body, as JSON." }),
  form: Schema.optionalKey(Schema.Record(Schema.String, QueryTemplate)).annotateKey({
    description: "The body, as a form (application/x-www-form-urlencoded)."
  }),
  headers: Schema.optionalKey(Schema.Record(HeaderName, TextTemplate)).annotateKey({
    description: "Headers besides those of the connection; they win over them."
  })
}

const methodKeys = {
  GET: pathKey("GET"),
  HEAD: pathKey("HEAD"),
  POST: pathKey("POST"),
  PUT: pathKey("PUT"),
  PATCH: pathKey("PATCH"),
  DELETE: pathKey("DELETE")
}

/** The fields of a request, for whatever is a request and more. */
export const requestFields = { ...methodKeys, ...parts }

/** Whatever has the fields of a request says exactly one method. */
export const hasOneMethod = Schema.makeFilter(
  (request: { readonly [M in Method]?: string }) =>
    methods.filter((method) => request[method] !== undefined).length === 1,
  {
    code: "SP0314",
    expected: "a request with exactly one method, such as GET: /path",
    toJsonSchema: () => ({ oneOf: methods.map((method) => ({ required: [method] })) })
  }
)

/** One HTTP request. Expressions see `config`, `secrets` and `input`. */
export const RequestTemplate = Schema.Struct(requestFields).check(hasOneMethod).annotate({
  identifier: "Request",
  description: "One HTTP request: a method with its path, and what is sent."
})
