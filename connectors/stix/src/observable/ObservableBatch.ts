import type { Observable } from "./Observable.ts"
import { type Extraction, extractObservables, observableKey } from "./Observables.ts"

/** A value with every indicator of the batch that carries it. */
export interface CarriedObservable {
  readonly kind: Observable["kind"]
  readonly canonical: string
  /** In the order of the batch. One revoked indicator of several takes nothing from the others. */
  readonly carriers: ReadonlyArray<Carrier>
}

/** An indicator that carries a value. */
export interface Carrier {
  /** The place of the indicator in the batch, from 0. */
  readonly index: number
  readonly indicatorId: string | undefined
  readonly observable: Observable
}

/** The values of many indicators, each once. */
export interface ObservableBatch {
  readonly observables: ReadonlyArray<CarriedObservable>
  /** What each input gave, in the order of the inputs. */
  readonly extractions: ReadonlyArray<Extraction>
}

/** Extracts the observables of every indicator; an object that gives none never stops the others. */
export const extractBatch = (inputs: ReadonlyArray<unknown>): ObservableBatch => {
  const extractions = inputs.map((input) => extractObservables(input))
  const carriers = new Map<string, Array<Carrier>>()
  for (const [index, { indicatorId, observables }] of extractions.entries()) {
    for (const observable of observables) {
      const carrier = { index, indicatorId, observable }
      const others = carriers.get(observableKey(observable))
      if (others === undefined) carriers.set(observableKey(observable), [carrier])
      else others.push(carrier)
    }
  }
  const observables = [...carriers.values()].flatMap((group) => {
    const [first] = group
    return first === undefined
      ? []
      : [{ kind: first.observable.kind, canonical: first.observable.canonical, carriers: group }]
  })
  return { observables, extractions }
}
