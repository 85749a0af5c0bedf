/** `@sallyport/cli`: the command `sallyport`. */
export { runProgram } from "./Program.ts"
