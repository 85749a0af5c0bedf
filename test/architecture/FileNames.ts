import { placeAt } from "./Place.ts"
import type { Violation } from "./Violation.ts"
import { isSource, type Workspace } from "./Workspace.ts"

const noNoun = /\/(?:utils?|helpers?|commons?|types|misc|shared)\.[^/]+$/i

/** A file is named after the one noun it holds. A drawer for everything has none. */
export function findNamelessFiles({ files }: Workspace): ReadonlyArray<Violation> {
  return files
    .filter(({ path }) => isSource(path) && noNoun.test(path))
    .map((file) => ({
      place: placeAt(file, 0),
      message: "is named after no noun; name it after what it holds"
    }))
}
