import type { Diagnostic } from "@sallyport/language"
import type { Loss } from "./Loss.ts"

/** A file that could not be read. Nothing of it is in the manifest. */
export interface UnreadableFile {
  /** Its name in the module's folder. */
  readonly file: string
  /** Why, with `FILE:LINE:COLUMN` where there is one, and what to do. */
  readonly message: string
}

/** A module as a manifest, and everything that is not the same. */
export interface ImportedModule {
  /** The connector's name; the manifest belongs into `manifests/NAME.yaml`. */
  readonly name: string
  /** The manifest, which `loadManifest` reads without an error. */
  readonly yaml: string
  /** `manifestDigest` of the manifest. */
  readonly digest: string
  readonly actions: number
  readonly triggers: number
  /** By file, in the order of the file. */
  readonly losses: ReadonlyArray<Loss>
  readonly unreadable: ReadonlyArray<UnreadableFile>
  /** What the loader warns of; none is an error. */
  readonly warnings: ReadonlyArray<Diagnostic>
}
