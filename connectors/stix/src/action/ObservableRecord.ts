import type { Observable } from "../observable/Observable.ts"

/** An observable as actions give it: `Observable` with the names of playbooks. */
export interface ObservableRecord extends Omit<Observable, "stixType"> {
  readonly stix_type: string
}

/** The observable with the names of playbooks. */
export const observableRecord = ({ stixType, ...observable }: Observable): ObservableRecord => ({
  ...observable,
  stix_type: stixType
})
