import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import { generateModule } from "./ModuleGenerator.ts"

/** A generated file. */
export interface GeneratedModule {
  /** Relative to the root of the repository: `connectors/NAME/src/manifest.gen.ts`. */
  readonly path: string
  readonly text: string
}

/** The generated modules of connectors, one for each manifest. They are committed; a test compares them. */
export const generatedModules = (manifests: Iterable<CheckedManifest>): ReadonlyArray<GeneratedModule> =>
  [...manifests].map((manifest) => ({
    path: `connectors/${manifest.manifest.connector}/src/manifest.gen.ts`,
    text: generateModule(manifest)
  }))
