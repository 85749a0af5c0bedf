/**
 * The entity type of a name: `domain` for one that somebody registers, `hostname` for one below it. ThreatWinds has both
 * and publishes no rule. Registries that sell names below a second level are told by its usual words (`co.uk`,
 * `com.br`), not by the public suffix list; look up both types.
 */
export const domainEntityType = (name: string): "domain" | "hostname" => {
  const labels = name.split(".")
  const [second = "", top = ""] = labels.slice(-2)
  const suffixLength = top.length === 2 && registryWords.has(second) ? 2 : 1
  return labels.length > suffixLength + 1 ? "hostname" : "domain"
}

/** Why ThreatWinds does not take a name in lower case; undefined when it does. */
export const refusedDomain = (name: string): string | undefined => {
  const labels = name.split(".")
  const top = labels.at(-1) ?? ""
  if (labels.length < 2) return "a name of one label"
  if (name.includes("_")) return "a name with an underscore"
  if (top.startsWith("xn--")) return "a name under an internationalised top-level domain"
  if (!topLevel.test(top)) return "a name whose top-level domain is not 2 to 20 letters"
  return labels.every(isLabel) ? undefined : "a name with a malformed label"
}

const registryWords: ReadonlySet<string> = new Set(
  "ac co com edu gob gouv gov gub mil ne net nom or org".split(" ")
)
const topLevel = /^[a-z]{2,20}$/
const labelCharacters = /^[a-z0-9-]{1,63}$/

/** Letters and digits with one or two hyphens between them. */
const isLabel = (label: string): boolean =>
  labelCharacters.test(label) && !label.startsWith("-") && !label.endsWith("-") && !label.includes("---")
