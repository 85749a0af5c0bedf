import { ActionContract } from "../action/ActionContract.ts"
import { eventCodec, triggerInputCodec } from "../manifest/ManifestCodecs.ts"
import type { CheckedManifest, CheckedTrigger } from "../manifest/CheckedManifest.ts"
import type { ValueCodec } from "../schema/ValueCodec.ts"
import type { DeclaredTrigger } from "../trigger/TriggerPoller.ts"

/** What of a trigger does not depend on a connection. */
export interface TriggerContract {
  readonly trigger: CheckedTrigger
  readonly input: ValueCodec
  readonly event: ValueCodec
  /** Undefined when code polls. */
  readonly declared: DeclaredTrigger | undefined
}

/** The contracts of a connector's actions and triggers, made when they are first used and shared by its connections. */
export class ConnectorContracts {
  readonly #manifest: CheckedManifest
  readonly #actions = new Map<string, ActionContract>()
  readonly #triggers = new Map<string, TriggerContract>()

  constructor(manifest: CheckedManifest) {
    this.#manifest = manifest
  }

  /** The contract of an action; undefined when there is no such action. */
  action(name: string): ActionContract | undefined {
    const known = this.#actions.get(name)
    const action = this.#manifest.actions.get(name)
    if (known !== undefined || action === undefined) return known
    const contract = new ActionContract(this.#manifest, action)
    this.#actions.set(name, contract)
    return contract
  }

  /** The contract of a trigger; undefined when there is no such trigger. */
  trigger(name: string): TriggerContract | undefined {
    const known = this.#triggers.get(name)
    const trigger = this.#manifest.triggers.get(name)
    if (known !== undefined || trigger === undefined) return known
    const input = triggerInputCodec(this.#manifest, name)
    const event = eventCodec(this.#manifest, name)
    const contract = { trigger, input, event, declared: this.#declared(trigger, event) }
    this.#triggers.set(name, contract)
    return contract
  }

  #declared(trigger: CheckedTrigger, event: ValueCodec): DeclaredTrigger | undefined {
    const contract = trigger.poll === undefined ? undefined : this.action(trigger.poll.action)
    const request = contract?.action.request
    if (trigger.poll === undefined || contract === undefined || request === undefined) return undefined
    return { trigger, poll: trigger.poll, contract, request, event }
  }
}
