import type { Type, YamlMap, YamlNode } from "@sallyport/language"
import type { CheckedProperties, CheckedSecret } from "./CheckedManifest.ts"
import type { ManifestProblems } from "./ManifestProblems.ts"
import { ManifestSchemas } from "./ManifestSchemas.ts"
import { TemplateCompiler } from "./TemplateCompiler.ts"
import { mapAt, textAt } from "./YamlPlace.ts"

/** What all parts of a manifest refer to while it is checked. */
export class ManifestContext {
  readonly root: YamlNode
  readonly problems: ManifestProblems
  readonly schemas: ManifestSchemas
  readonly templates: TemplateCompiler
  readonly types: ReadonlyMap<string, Type.Type>
  readonly config: CheckedProperties
  readonly secrets: ReadonlyMap<string, CheckedSecret>
  /** The type of `secrets`: texts, some optional. */
  readonly secretsType: Type.RecordType
  readonly actions: YamlMap | undefined
  readonly schemes: YamlMap | undefined

  constructor(root: YamlNode, problems: ManifestProblems) {
    this.root = root
    this.problems = problems
    this.schemas = new ManifestSchemas(root, problems)
    this.templates = new TemplateCompiler(problems)
    this.types = this.schemas.readDefinitions(mapAt(root, "types"))
    this.config = this.schemas.readProperties(mapAt(root, "connection", "config"))
    this.secrets = readSecrets(mapAt(root, "connection", "secrets"))
    this.secretsType = secretsRecord(this.secrets, false)
    this.actions = mapAt(root, "actions")
    this.schemes = mapAt(root, "auth")
  }

  /** The type of `secrets` where all of them are known to be given. */
  get givenSecretsType(): Type.RecordType {
    return secretsRecord(this.secrets, true)
  }

  /** The names of a map's entries. */
  namesOf(map: YamlMap | undefined): ReadonlyArray<string> {
    return map?.entries.map(({ key }) => key.name) ?? []
  }
}

const readSecrets = (node: YamlMap | undefined): ReadonlyMap<string, CheckedSecret> => {
  const secrets = new Map<string, CheckedSecret>()
  for (const { key, value } of node?.entries ?? []) {
    const isOptional = key.name.length > 1 && key.name.endsWith("?")
    secrets.set(isOptional ? key.name.slice(0, -1) : key.name, {
      isRequired: !isOptional,
      description: textAt(value, "description"),
      span: key.span
    })
  }
  return secrets
}

const secretsRecord = (secrets: ReadonlyMap<string, CheckedSecret>, areGiven: boolean): Type.RecordType => ({
  kind: "record",
  properties: new Map(
    [...secrets].map(([name, { isRequired }]) => [
      name,
      { type: { kind: "string" }, required: areGiven || isRequired }
    ])
  )
})
