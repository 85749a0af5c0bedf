import type { Evaluation } from "../Evaluation.ts"

/** Takes the budget for reading or making a text of so many UTF-16 units: before it is done. */
export const chargeText = (length: number, evaluation: Evaluation): void =>
  evaluation.spend(1 + Math.ceil(length / 64))
