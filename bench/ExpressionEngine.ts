import { celEnv, isCelError, isCelList, parse, plan } from "@bufbuild/cel"
import { Environment } from "@marcbachmann/cel-js"
import { environment } from "../packages/language/src/expression/Environment.ts"
import { compileExpression } from "../packages/language/src/expression/Program.ts"
import { SourceFile } from "../packages/language/src/source/SourceFile.ts"
import { securityEventType, type SecurityEvent } from "./SecurityEvent.ts"

/** The variables of the expressions; made once for each event, as a run-time would. */
export interface Variables {
  readonly [name: string]: SecurityEvent
  readonly event: SecurityEvent
}

/** What runs expressions. */
export interface ExpressionEngine {
  readonly name: string
  /** Everything between the text and something that can be run again and again. Throws when the text is refused. */
  readonly compile: (source: string) => (variables: Variables) => unknown
}

const sallyportEnvironment = environment({ event: securityEventType })

const sallyport =
  (mode: "auto" | "generate" | "interpret"): ExpressionEngine["compile"] =>
  (source) => {
    const { diagnostics, program } = compileExpression(
      new SourceFile("bench", source),
      sallyportEnvironment,
      { mode }
    )
    if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "))
    return (variables) => {
      const result = program.evaluate(variables)
      return result.ok ? result.value : result.diagnostic
    }
  }

// Of four ways to declare the event (undeclared, `map`, this, a schema) none was clearly faster over all shapes.
const celJsEnvironment = new Environment().registerVariable("event", "map<string, dyn>")

const celJs = (source: string): ((variables: Variables) => unknown) => {
  const expression = celJsEnvironment.parse(source)
  const { error, valid } = expression.check()
  if (!valid) throw error ?? new Error("cel-js refuses the expression")
  return expression
}

const bufbuildEnvironment = celEnv()

/** The package does not export its checker, so what is compiled is not checked. */
const bufbuild = (source: string): ((variables: Variables) => unknown) =>
  plan(bufbuildEnvironment, parse(source))

/** Ours as it is: closures first, generated JavaScript once an expression has been run 64 times. */
export const sallyportTiered: ExpressionEngine = { name: "sallyport", compile: sallyport("auto") }
/** Ours with the JavaScript generated at once: what the 64th evaluation of `sallyport` pays. */
export const sallyportCode: ExpressionEngine = {
  name: "sallyport generated",
  compile: sallyport("generate")
}
/** Ours where code generation is forbidden. */
export const sallyportClosures: ExpressionEngine = {
  name: "sallyport closures",
  compile: sallyport("interpret")
}
/** Parses and checks, then walks its tree. */
export const celJsEngine: ExpressionEngine = { name: "@marcbachmann/cel-js", compile: celJs }
/** Parses and plans; gives lists and maps of its own. */
export const bufbuildEngine: ExpressionEngine = { name: "@bufbuild/cel", compile: bufbuild }

/** A result in a form in which the engines can be compared. Throws when it is an error. */
export const comparable = (result: unknown): string => {
  if (isCelError(result)) throw result
  const text = JSON.stringify(isCelList(result) ? [...result] : result)
  if (text === undefined) throw new Error("an expression gave nothing")
  return text
}
