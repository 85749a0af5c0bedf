import type { Diagnostic } from "@sallyport/language"
import * as Data from "effect/Data"

/** A manifest that cannot be used as a connector. */
export class ManifestInvalid extends Data.TaggedError("ManifestInvalid")<{
  /** The file, as it was named. */
  readonly path: string
  /** All that is wrong, with places and excerpts, for a terminal without colours. */
  readonly message: string
  /** The same to work with; empty when the file cannot be read, or needs code. */
  readonly diagnostics: ReadonlyArray<Diagnostic>
}> {}
