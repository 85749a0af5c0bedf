import type { Json, YamlNode } from "@sallyport/language"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import { DialectDocument, type UnknownProperties } from "./DialectDocument.ts"
import { TypeMismatch } from "./TypeMismatch.ts"
import { ValueConstraints } from "./ValueConstraints.ts"
import { ValueDefaults } from "./ValueDefaults.ts"
import { valueLimits, type ValueProblem, ValueProblems } from "./ValueProblem.ts"

/**
 * Checks values against a schema of a manifest and fills in its defaults. Takes time linear in the value, never throws
 * for one that is JSON, and never changes it.
 */
export interface ValueCodec {
  /**
   * The value with its defaults, or at most `valueLimits.problems` places where it does not fit. A value that needs no
   * default is given back as it is, the same object.
   */
  readonly decode: (value: unknown) => Result.Result<Json, ReadonlyArray<ValueProblem>>
  /** The same as an Effect schema, for whoever composes it; encoding checks, too. */
  readonly schema: Schema.Codec<Json>
}

/**
 * Where schemas refer to: a document with `types` and `$defs`, such as a whole manifest as plain data. Codecs of the
 * same object share what is made of it.
 */
export type Definitions = { readonly [name: string]: Json }

/**
 * The codec of what an action, a trigger or a connection is given. Records are closed unless `additionalProperties`
 * opens them: an unknown field is a problem, whatever `x-keep-unknown` says.
 *
 * The schema must be one of the dialect, as loading a manifest makes sure; another one throws.
 */
export const inputCodec = (schema: Json, definitions: Definitions): ValueCodec =>
  codecOf(schema, definitions, "refused")

/**
 * The codec of what a service or a handler gives. As for inputs, records are closed unless they say otherwise, but here
 * `x-keep-unknown: true` says otherwise: such a record keeps the fields that the schema does not know, without looking
 * at them and without being rebuilt. It is said on the record itself, not beside a `$ref` or a union.
 */
export const outputCodec = (schema: Json, definitions: Definitions): ValueCodec =>
  codecOf(schema, definitions, "kept where asked")

/** The codec of a map of names to schemas, such as `input`: closed; a name that ends in `?` is optional. */
export const propertiesCodec = (
  properties: { readonly [name: string]: Json },
  definitions: Definitions
): ValueCodec => {
  const names = Object.keys(properties).map((marked) => {
    const isOptional = marked.length > 1 && marked.endsWith("?")
    return { marked, name: isOptional ? marked.slice(0, -1) : marked, isOptional }
  })
  const schema = {
    type: "object",
    properties: Object.fromEntries(names.map(({ marked, name }) => [name, properties[marked] ?? null])),
    required: names.flatMap(({ isOptional, name }) => (isOptional ? [] : [name]))
  }
  return inputCodec(schema, definitions)
}

const codecOf = (schema: Json, definitions: Definitions, unknown: UnknownProperties): ValueCodec => {
  const document = documentOf(definitions, unknown)
  const decode = new Decoder(document, document.read(schema)).decode
  return { decode, schema: schemaOf(decode) }
}

class Decoder {
  readonly #document: DialectDocument
  readonly #schema: YamlNode
  readonly #constraints: ValueConstraints
  readonly #defaults: ValueDefaults

  constructor(document: DialectDocument, schema: YamlNode) {
    this.#document = document
    this.#schema = schema
    this.#constraints = new ValueConstraints(document)
    this.#defaults = new ValueDefaults(document, this.#constraints)
  }

  readonly decode: ValueCodec["decode"] = (value) => {
    try {
      return this.#document.guards.during(() => this.#decode(this.#defaults.fill(value, this.#schema)))
    } finally {
      this.#constraints.forget()
    }
  }

  #decode(value: unknown): Result.Result<Json, ReadonlyArray<ValueProblem>> {
    const problems = new ValueProblems()
    if (this.#fits(value)) {
      this.#constraints.check(value, this.#schema, problems)
      return problems.found.length === 0 ? Result.succeed(value) : Result.fail(problems.found)
    }
    const { guards } = this.#document
    new TypeMismatch(guards, problems).report(value, this.#document.typeOf(this.#schema), undefined, 0)
    // A guard refuses what is too deep for it even where each part, looked at alone, is not.
    if (problems.found.length === 0)
      problems.add(undefined, `nested more than ${valueLimits.depth} levels deep`)
    return Result.fail(problems.found)
  }

  /** Everything but what is kept unseen has been looked at, and all that guards let through is JSON. */
  #fits(value: unknown): value is Json {
    return this.#document.guardOf(this.#schema)(value)
  }
}

const schemaOf = (decode: ValueCodec["decode"]): Schema.Codec<Json> =>
  Schema.declareConstructor<Json>()([], () => (value, ast) => {
    const result = decode(value)
    if (Result.isSuccess(result)) return Effect.succeed(result.success)
    const [first, ...others] = result.failure.map(
      ({ message, path }) => new SchemaIssue.Pointer(path, new SchemaIssue.InvalidValue({ message }))
    )
    // Without the value: an issue must not carry a secret.
    return Effect.fail(
      first === undefined
        ? new SchemaIssue.InvalidType(ast)
        : new SchemaIssue.Composite(ast, [first, ...others])
    )
  })

const documents: { readonly [U in UnknownProperties]: WeakMap<Definitions, DialectDocument> } = {
  refused: new WeakMap(),
  "kept where asked": new WeakMap()
}

const documentOf = (definitions: Definitions, unknown: UnknownProperties): DialectDocument => {
  const known = documents[unknown].get(definitions)
  if (known !== undefined) return known
  const document = new DialectDocument(definitions, unknown)
  documents[unknown].set(definitions, document)
  return document
}
