import { describe } from "vitest"
import type { CheckedManifest } from "@sallyport/runtime"
import { actionContract } from "./ActionContract.ts"
import type { ContractOptions } from "./ContractOptions.ts"
import { manifestContract } from "./ManifestContract.ts"
import { triggerContract } from "./TriggerContract.ts"

export type { ContractOptions } from "./ContractOptions.ts"

/**
 * Registers the tests that every connector must pass, against a mock that is made of its manifest: call it in a test file.
 * Time is that of the test, connections are real ones to this machine.
 *
 * - Every action has an example, or a reason why not, and every example fits and comes out as it says.
 * - What is wrong with an input is found before anything is sent.
 * - Nothing that is secret is in an error, a log line or a span, whatever the service answers.
 * - A write is sent once when its outcome is unknown, unless it is idempotent; everything else is repeated as declared.
 * - Triggers poll the examples of their action, and go on from a state that was stored.
 */
export const connectorContract = (manifest: CheckedManifest, options: ContractOptions): void => {
  describe(`the contract of ${manifest.manifest.connector}`, () => {
    manifestContract(manifest, options)
    for (const action of manifest.actions.values())
      describe(`its action ${action.name}`, () => actionContract(manifest, action, options))
    for (const trigger of manifest.triggers.values())
      describe(`its trigger ${trigger.name}`, () => triggerContract(manifest, trigger, options))
  })
}
