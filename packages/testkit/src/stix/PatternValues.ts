/** One value that a pattern compares with. */
export interface PatternValue {
  /** As in `x_ic_observable_types`: the type before the `:`; of a reference in network traffic, what it refers to. */
  readonly type: string
  readonly path: string
  /** Without the escapes of the pattern. */
  readonly value: string
}

/**
 * The values that a STIX pattern compares for equality. Only as much of the grammar as a simulated service needs: no
 * tree, no qualifiers, and nothing is refused.
 */
export function patternValues(pattern: string): ReadonlyArray<PatternValue> {
  return [...pattern.matchAll(equality)].map(([, type = "", path = "", literal = ""]) => {
    const value = literal.replaceAll(/\\(.)/g, "$1")
    return { type: type === "network-traffic" ? addressType(value) : type, path, value }
  })
}

const equality = /([a-z0-9-]{1,64}):([a-zA-Z0-9_.'[\]*-]{1,200}) ?=?= ?'((?:[^'\\]|\\.)*)'/g

function addressType(value: string): string {
  if (value.includes(":")) return "ipv6-addr"
  return /^[\d./]+$/.test(value) ? "ipv4-addr" : "domain-name"
}
