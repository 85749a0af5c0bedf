import * as Schema from "effect/Schema"

const optional = Schema.optionalKey

/** The page as someone would write it with Effect: structs only, made anew so that nothing is compiled already. */
const common = () => ({
  id: Schema.String,
  spec_version: optional(Schema.Literals(["2.0", "2.1"])),
  created: Schema.String,
  modified: Schema.String,
  created_by_ref: optional(Schema.String),
  revoked: optional(Schema.Boolean),
  confidence: optional(Schema.Int),
  lang: optional(Schema.String),
  labels: optional(Schema.Array(Schema.String)),
  object_marking_refs: optional(Schema.Array(Schema.String)),
  external_references: optional(
    Schema.Array(
      Schema.Struct({
        source_name: Schema.String,
        description: optional(Schema.String),
        url: optional(Schema.String),
        external_id: optional(Schema.String)
      })
    )
  )
})

const stixObjects = () =>
  Schema.Union([
    Schema.Struct({
      ...common(),
      type: Schema.Literal("indicator"),
      name: optional(Schema.String),
      description: optional(Schema.String),
      pattern: Schema.String,
      pattern_type: Schema.Literals(["stix", "snort", "yara", "sigma"]),
      valid_from: Schema.String,
      valid_until: optional(Schema.String),
      kill_chain_phases: optional(
        Schema.Array(Schema.Struct({ kill_chain_name: Schema.String, phase_name: Schema.String }))
      ),
      indicator_types: optional(Schema.Array(Schema.String))
    }),
    Schema.Struct({
      ...common(),
      type: Schema.Literal("malware"),
      name: Schema.String,
      description: optional(Schema.String),
      is_family: Schema.Boolean,
      aliases: optional(Schema.Array(Schema.String))
    }),
    Schema.Struct({
      ...common(),
      type: Schema.Literal("relationship"),
      relationship_type: Schema.String,
      source_ref: Schema.String,
      target_ref: Schema.String,
      description: optional(Schema.String)
    }),
    Schema.Struct({
      ...common(),
      type: Schema.String.check(
        Schema.makeFilter((type) => !["indicator", "malware", "relationship"].includes(type))
      )
    })
  ])

/** A new schema of the page, for whichever compiler is installed when it is first used. */
export const stixPageSchema = () =>
  Schema.Struct({
    items: Schema.Array(stixObjects()),
    next_cursor: Schema.optionalKey(Schema.NullOr(Schema.String))
  })
