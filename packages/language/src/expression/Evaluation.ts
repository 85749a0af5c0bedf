import type { Code } from "../diagnostics/Diagnostic.ts"

/** How many steps an evaluation may take unless told otherwise: about 50 ms of work. */
export const defaultBudget = 1_000_000

/**
 * Why an evaluation failed and where in the expression. `site` is an index into the program's table of nodes; the
 * program turns it into a located diagnostic before anyone else sees it.
 */
export class EvaluationFailure extends Error {
  readonly code: Code
  readonly site: number
  constructor(code: Code, message: string, site: number) {
    super(message)
    this.name = "EvaluationFailure"
    this.code = code
    this.site = site
  }
}

/**
 * One evaluation under way: its remaining budget and the node that is being evaluated. Whoever can fail or do work
 * in proportion to its input takes it as last argument; generated code sets `site` just before the call.
 */
export class Evaluation {
  site = 0
  left: number

  constructor(budget: number = defaultBudget) {
    this.left = budget
  }

  /** Ends the evaluation with a located error. Messages name no value that could be secret: types, sizes, indexes. */
  fail(code: Code, message: string): never {
    throw new EvaluationFailure(code, message, this.site)
  }

  /** Takes `steps` from the budget: 1 a list element, 1 for 64 characters. */
  spend(steps: number): void {
    this.left -= steps
    if (this.left < 0) this.exhausted(this.site)
  }

  /** Ends the evaluation at `site` because the budget is used up. */
  exhausted(site: number): never {
    throw new EvaluationFailure("SP1306", "the expression took more steps than it may", site)
  }
}
