import {
  type Json,
  SourceFile,
  YamlMap,
  type YamlEntry,
  type YamlNode,
  type YamlScalar,
  isJsonList
} from "@sallyport/language"

/**
 * Plain data as the located nodes that `SchemaDocument` reads, every one at the same made-up place: the schemas of a
 * manifest have been checked where they stand. What several places share becomes one node.
 */
export const schemaNode = (json: Json): YamlNode => convert(json, new Map())

const file = new SourceFile("schema", "schema")
const span = file.span(0, file.text.length)

const convert = (json: Json, done: Map<object, YamlNode>): YamlNode => {
  if (typeof json !== "object" || json === null) return scalar(json)
  const known = done.get(json)
  if (known !== undefined) return known
  const node: YamlNode = isJsonList(json)
    ? { kind: "list", items: json.map((item) => convert(item, done)), span }
    : new YamlMap(
        new Map(
          Object.entries(json).map(([name, value]): [string, YamlEntry] => [
            name,
            { key: { ...scalar(name), name }, value: convert(value, done) }
          ])
        ),
        span
      )
  done.set(json, node)
  return node
}

const scalar = (value: YamlScalar["value"]): YamlScalar => ({
  kind: "scalar",
  value,
  style: "plain",
  text: new SourceFile("schema", String(value)),
  span
})
