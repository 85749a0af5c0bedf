/** The address as six pairs of lower-case digits with `:`, as STIX writes it; undefined when it is none. */
export const canonicalMacAddress = (text: string): string | undefined => {
  const trimmed = text.trim().toLowerCase()
  if (!forms.some((form) => form.test(trimmed))) return undefined
  return trimmed.replaceAll(/[:.-]/g, "").replaceAll(/(..)(?=.)/g, "$1:")
}

/** IEEE 802 with `:` or `-`, and Cisco's three groups of four. */
const forms: ReadonlyArray<RegExp> = [
  /^[0-9a-f]{2}:[0-9a-f]{2}:[0-9a-f]{2}:[0-9a-f]{2}:[0-9a-f]{2}:[0-9a-f]{2}$/,
  /^[0-9a-f]{2}-[0-9a-f]{2}-[0-9a-f]{2}-[0-9a-f]{2}-[0-9a-f]{2}-[0-9a-f]{2}$/,
  /^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$/
]
