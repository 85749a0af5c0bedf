/** Keywords that the manifests' dialect has no equivalent of, with what their loss means. */
export const refusedKeywords: ReadonlyMap<string, string> = new Map([
  ["not", "values that it forbids are let through"],
  ["if", "the condition is not checked"],
  ["then", "the condition is not checked"],
  ["else", "the condition is not checked"],
  ["dependencies", "which properties need each other is not checked"],
  ["dependentRequired", "which properties need each other is not checked"],
  ["dependentSchemas", "which properties need each other is not checked"],
  ["contains", "which items must be in the list is not checked"],
  ["minContains", "which items must be in the list is not checked"],
  ["maxContains", "which items must be in the list is not checked"],
  ["unevaluatedProperties", "further properties are let through"],
  ["unevaluatedItems", "further items are let through"],
  ["propertyNames", "the names of properties are not checked"],
  ["contentEncoding", "the encoding of the text is not checked"],
  ["contentMediaType", "the media type of the text is not checked"],
  ["contentSchema", "what is in the text is not checked"],
  ["discriminator", "the branches are told apart by their constants, if at all"],
  ["extends", "the manifest's keyword of that name means something else"]
])

/** All keywords that the importer knows, so that no property of such a name is looked for. */
export const keywordNames: ReadonlySet<string> = new Set([
  ...refusedKeywords.keys(),
  ..."$ref $defs definitions $schema $id id $comment $anchor title description type enum const".split(" "),
  ..."properties required additionalProperties patternProperties minProperties maxProperties".split(" "),
  ..."items prefixItems additionalItems minItems maxItems uniqueItems".split(" "),
  ..."minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern".split(" "),
  ..."format allOf anyOf oneOf default example examples deprecated readOnly readonly writeOnly".split(" "),
  ..."nullable x-nullable secret x-secret secrets internal in".split(" ")
])

/** Keywords that say nothing about which values fit. They may stand beside a `$ref`, `oneOf` or `anyOf`. */
export const annotationNames: ReadonlySet<string> = new Set(
  "$schema $id id $comment $anchor $defs definitions title description default example examples deprecated readOnly readonly writeOnly nullable x-nullable secret x-secret secrets internal in".split(
    " "
  )
)
