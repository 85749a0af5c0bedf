import * as Flag from "effect/cli/Flag"
import type * as Option from "effect/Option"

/** `--manifests DIR`. */
export const manifestsFlag: Flag.Flag<Option.Option<string>> = Flag.String("manifests").pipe(
  Flag.withMetavar("DIR"),
  Flag.withDescription("The directory of the manifests; default: $SALLYPORT_MANIFESTS, or `manifests`"),
  Flag.optional
)
