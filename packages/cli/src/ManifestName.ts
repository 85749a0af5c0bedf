import { isObject, loadYaml, SourceFile, toJson } from "@sallyport/language"
import { basename } from "node:path"

/**
 * The name of the connector that a manifest is of, as its text says under `connector`, without checking the rest: only
 * one of many is wanted as a rule, and checking takes a while. A text that does not say is known by the name of its file.
 */
export const manifestName = (path: string, text: string): string =>
  atFirstSight(text) ?? parsed(path, text) ?? basename(path).replace(/\.ya?ml$/, "")

/** In block style nothing but a key of the document can begin a line; what is written otherwise is parsed. */
const atFirstSight = (text: string): string | undefined => {
  const [line, ...others] = text.match(/^["']?connector\b.*$/gm) ?? []
  if (line === undefined || others.length > 0) return undefined
  return /^connector:[ \t]+([A-Za-z][\w-]*)[ \t]*(?:[ \t]#.*)?\r?$/.exec(line)?.[1]
}

const parsed = (path: string, text: string): string | undefined => {
  const { root } = loadYaml(new SourceFile(path, text))
  const data = root === undefined ? null : toJson(root)
  const name = isObject(data) && Object.hasOwn(data, "connector") ? data["connector"] : undefined
  return typeof name === "string" ? name : undefined
}
