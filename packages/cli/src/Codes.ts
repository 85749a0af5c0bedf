import { CodeRegistry, languageCodes } from "@sallyport/language"
import { connectionCodes, manifestCodes } from "@sallyport/runtime"

/** The codes of everything that is checked here, with what they mean. */
export const codes: CodeRegistry = CodeRegistry.of(
  ...languageCodes.areas,
  { title: "Connector manifests", codes: manifestCodes },
  { title: "Connections", codes: connectionCodes }
)
