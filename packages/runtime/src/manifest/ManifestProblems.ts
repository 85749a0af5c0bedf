import { manifestCodes } from "../diagnostics/ManifestCodes.ts"
import { ProblemList } from "../vocabulary/ProblemList.ts"

/** A code of `manifestCodes`. */
export type ManifestCode = keyof typeof manifestCodes

/** Gathers what is wrong with a manifest. */
export class ManifestProblems extends ProblemList<ManifestCode> {
  constructor() {
    super(manifestCodes)
  }
}
