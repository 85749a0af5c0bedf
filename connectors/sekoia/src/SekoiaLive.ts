import { Connector } from "@sallyport/runtime"
import { Sekoia } from "./manifest.gen.ts"

/** The connector of Sekoia.io. Its manifest says all that it does: it has no code. */
export const SekoiaLive = Connector.layer(Sekoia, {})
