import { Connector } from "@sallyport/runtime"
import { Stix } from "./manifest.gen.ts"
import { stixHandlers } from "./StixHandlers.ts"

/** The connector of STIX: its manifest, and the code of all its actions. */
export const StixLive = Connector.layer(Stix, { actions: stixHandlers })
