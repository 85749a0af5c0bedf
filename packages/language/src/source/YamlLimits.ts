/** What a YAML file may cost. Passing a limit is a located diagnostic, never a throw or a hang. */
export interface YamlLimits {
  /** Length of the file, in UTF-16 code units. */
  readonly size: number
  /** Lexical tokens: what parsing time is proportional to. Ordinary YAML has one for 3 to 4 characters. */
  readonly tokens: number
  /** Collections inside each other, also through aliases. Values above `deepestAllowed` count as that. */
  readonly depth: number
  /** How many nodes all aliases of the file together stand for, aliases inside aliases included. */
  readonly aliasedNodes: number
  /** After this many problems further ones are not collected. */
  readonly problems: number
}

/**
 * 1,500,000 characters, 100,000 tokens, 64 levels, 100,000 nodes behind aliases, 100 problems: room for far more than
 * people write by hand (100,000 tokens are about 12,000 lines), and still read, or refused, within 200 ms. Data that
 * a program made, such as a STIX bundle of some megabytes, is read with limits of its own.
 */
export const defaultYamlLimits: YamlLimits = {
  size: 1_500_000,
  tokens: 100_000,
  depth: 64,
  aliasedNodes: 100_000,
  problems: 100
}

/** Reading is recursive, one call a level; this many levels are safe on every engine's default stack. */
export const deepestAllowed = 500

/** The defaults with what `limits` says instead. */
export const yamlLimits = (limits: Partial<YamlLimits> = {}): YamlLimits => {
  const merged = { ...defaultYamlLimits, ...limits }
  return { ...merged, depth: Math.min(merged.depth, deepestAllowed) }
}
