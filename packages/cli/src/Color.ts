import { wantsColor } from "@sallyport/language"
import type { Environment } from "./Environment.ts"
import type { StreamStyle } from "./StandardStreams.ts"

/** Whether text to a stream has colours. */
export const hasColor = (environment: Environment["Service"], { isTerminal }: StreamStyle): boolean =>
  wantsColor(environment.variables, isTerminal)

/** Columns for text that is wrapped in any case, such as prose. */
export const proseWidth = ({ width }: StreamStyle): number => (Number.isFinite(width) ? width : 100)
