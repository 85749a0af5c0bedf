import * as Schema from "effect/Schema"
import { patternText } from "../manifest/PatternText.ts"

const VariableText = patternText({
  identifier: "VariableName",
  code: "SP0410",
  expected: "the name of a variable, such as SEKOIA_API_KEY",
  description: "The name of an environment variable.",
  pattern: /^[A-Za-z_][A-Za-z0-9_]*$/
})

const PathText = patternText({
  identifier: "SecretPath",
  code: "SP0410",
  expected: "a path",
  description: "A path; a relative one is relative to the file of connections. `~` has no meaning.",
  // Such a character ends a path for the system.
  pattern: /^[^\u0000]+$/
})

const Word = Schema.String.check(
  Schema.makeFilter((text: string) => !text.includes("\0"), {
    expected: "a text without NUL characters",
    toJsonSchema: () => ({})
  })
)

const Words = Schema.Array(Word).check(
  Schema.makeFilter((words: ReadonlyArray<string>) => words.length > 0 && words[0] !== "", {
    expected: "a list of a program and its arguments",
    toJsonSchema: () => ({ minItems: 1 })
  })
)

/** Where a secret comes from. A secret itself is never written down. */
export const SecretSource = Schema.Union([
  Schema.Struct({
    env: VariableText.annotateKey({ description: "The environment variable that holds the secret." })
  }),
  Schema.Struct({
    file: PathText.annotateKey({
      description:
        "The file that holds the secret, at most 64 KiB of text. A line break at its end is not part of the secret."
    })
  }),
  Schema.Struct({
    command: Words.annotateKey({
      description:
        "A program and its arguments, run without a shell; it prints the secret within 10 seconds, at most 64 KiB. A line break at the end is not part of the secret."
    })
  })
]).annotate({
  identifier: "SecretSource",
  expected: "one of { env: NAME }, { file: PATH } and { command: [PROGRAM, …] }",
  description: "Where a secret comes from: one of `env`, `file` and `command`."
})

/** Where a secret comes from. */
export type SecretSource = typeof SecretSource.Type

/** The source in a few words, without the arguments of a command. */
export const showSource = (source: SecretSource): string => {
  if ("env" in source) return `variable ${source.env}`
  if ("file" in source) return `file ${source.file}`
  return `command ${source.command[0] ?? ""}`
}
