import type { CST } from "yaml"

/** True for a map or list written with indentation. */
export const isBlock = (token: CST.Token | null | undefined): token is CST.BlockMap | CST.BlockSequence =>
  token?.type === "block-map" || token?.type === "block-seq"

/** True for a scalar of any style; an alias is none. */
export const isScalar = (token: CST.Token | null | undefined): token is CST.FlowScalar | CST.BlockScalar =>
  token?.type === "scalar" ||
  token?.type === "single-quoted-scalar" ||
  token?.type === "double-quoted-scalar" ||
  token?.type === "block-scalar"

/** True for a scalar that does not end on the line on which it starts. */
export const isOnSeveralLines = (token: CST.Token): boolean => {
  if (!isScalar(token)) return false
  if (token.type === "block-scalar" || token.source.includes("\n")) return true
  return token.end?.some((part) => part.type === "newline") ?? false
}

/** The last line of a plain scalar, as a scalar of its own; any other token as it is. */
export const lastLineOf = (token: CST.Token | null | undefined): CST.Token | null | undefined => {
  if (token?.type !== "scalar") return token
  const newline = token.source.lastIndexOf("\n")
  if (newline < 0) return token
  const source = token.source.slice(newline + 1).trimStart()
  return { ...token, offset: token.offset + token.source.length - source.length, source }
}

/** The source of a token, empty for collections: they have none of their own. */
export const sourceOf = (token: CST.Token): string => ("source" in token ? token.source : "")

/** Where a scalar's or an alias's own source ends; collections do not know it. */
export const endOf = (token: CST.Token | null | undefined): number | undefined =>
  token && "source" in token ? token.offset + token.source.length : undefined
