import { type Place, printPlace } from "./Place.ts"

/** A broken rule of the house: where, and what to do instead. */
export interface Violation {
  readonly place: Place
  readonly message: string
}

/** `packages/a/src/A.ts:3:14: message`. */
export function printViolation({ place, message }: Violation): string {
  return `${printPlace(place)}: ${message}`
}
