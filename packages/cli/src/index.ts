/** `@sallyport/cli`: the command `sallyport`, and the reference of it. */
export { commandReference } from "./CommandReference.ts"
export { ExitCode } from "./ExitCode.ts"
export { runProgram } from "./Program.ts"
