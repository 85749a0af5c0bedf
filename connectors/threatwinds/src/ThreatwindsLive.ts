import { Connector } from "@sallyport/runtime"
import { Threatwinds } from "./manifest.gen.ts"
import { reportEntity } from "./ReportEntity.ts"

/** The connector of ThreatWinds: its manifest, and `report_entity`, which needs code. */
export const ThreatwindsLive = Connector.layer(Threatwinds, { actions: { report_entity: reportEntity } })
