import * as Schema from "effect/Schema"
import { Action } from "./Action.ts"
import { AuthScheme } from "./AuthScheme.ts"
import { ConnectionForm } from "./ConnectionForm.ts"
import { schemaMap } from "./DialectSchema.ts"
import { HttpBehaviour } from "./HttpBehaviour.ts"
import { Name, TypeName } from "./Name.ts"
import { patternText } from "./PatternText.ts"
import { Trigger } from "./Trigger.ts"
import { Version } from "./Version.ts"

const DocsUrl = patternText({
  identifier: "DocsUrl",
  code: "SP0310",
  expected: "a URL such as https://example.com/docs",
  description: "A URL of http or https.",
  pattern: /^https?:\/\/[^\s]+$/,
  accepts: (text) => URL.canParse(text)
})

/**
 * The vocabulary of manifests: everything that the loader reads, editors complete and the reference describes comes from
 * here. Decoding it tells about shapes; what the parts mean together is checked by `loadManifest`.
 */
export const Manifest = Schema.Struct({
  connector: Name.annotateKey({ description: "The connector's name, the same as the file's." }),
  version: Version.annotateKey({ description: "The version of the contract." }),
  title: Schema.String.annotateKey({ description: "What people call the service." }),
  description: Schema.optionalKey(Schema.String).annotateKey({
    description: "What the service is. Markdown."
  }),
  docs: Schema.optionalKey(DocsUrl).annotateKey({ description: "Where the service documents its API." }),
  icon: Schema.optionalKey(Schema.String).annotateKey({
    description: "A path, beside the manifest, or a URL of an SVG."
  }),
  connection: Schema.optionalKey(ConnectionForm).annotateKey({ description: "What a connection needs." }),
  types: Schema.optionalKey(schemaMap(TypeName)).annotateKey({
    description: 'Schemas by name; `$ref: "#/types/NAME"` refers to one.'
  }),
  http: Schema.optionalKey(HttpBehaviour).annotateKey({ description: "What holds for all requests." }),
  auth: Schema.optionalKey(Schema.Record(Name, AuthScheme)).annotateKey({
    description: "Ways to prove who one is, by name."
  }),
  actions: Schema.optionalKey(Schema.Record(Name, Action)).annotateKey({
    description: "The operations, by name."
  }),
  triggers: Schema.optionalKey(Schema.Record(Name, Trigger)).annotateKey({
    description: "The sources of events, by name."
  })
}).annotate({
  identifier: "Manifest",
  title: "Sallyport connector manifest",
  expected: "a map with connector, version, title and actions",
  description: "The contract of a connector."
})

/** A manifest as the vocabulary decodes it: texts with expressions as they are written, durations decoded. */
export interface Manifest extends Schema.Schema.Type<typeof Manifest> {}
