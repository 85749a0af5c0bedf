import { CodeRegistry, languageCodes } from "@sallyport/language"
import { connectionCodes, manifestCodes } from "@sallyport/runtime"

/** The codes of all packages. */
export const codes = CodeRegistry.of(
  ...languageCodes.areas,
  { title: "Connector manifests", codes: manifestCodes },
  { title: "Connections", codes: connectionCodes }
)
