import { generatedNotice } from "../packages/language/src/diagnostics/ErrorPage.ts"
import { signatureOf } from "../packages/language/src/expression/Signature.ts"
import type {
  FunctionDefinition,
  FunctionExample,
  FunctionGroup
} from "../packages/language/src/expression/FunctionDefinition.ts"
import { standardFunctions } from "../packages/language/src/expression/FunctionTable.ts"
import {
  macroReference,
  operatorReference,
  optionalReference,
  type SyntaxEntry,
  typeReference
} from "../packages/language/src/expression/SyntaxReference.ts"

/** `docs/expressions.md`: everything that can be written in an expression, from the tables that the checker reads. */
export const expressionsPage = (): string =>
  [
    generatedNotice,
    introduction,
    `Contents: ${sections.map(({ title }) => `[${title}](#${anchorOf(title)})`).join(" · ")}`,
    ...sections.map(({ body, title }) => `## ${title}\n\n${body}`)
  ].join("\n\n") + "\n"

const introduction = `# Expressions

Expressions have the syntax of [CEL](https://github.com/google/cel-spec) and the types of JSON. They are checked before anything
runs: unknown names and fields, wrong types, fields that may be missing. What can still fail when a checked expression
runs is an index, a division, a key of an open map, a conversion, a range, the budget, and what \`dyn\` left open; each
failure is located. What follows \`//\` below is what the expression gives; each of these lines is a test.

In YAML, a key that takes a condition, or a list to go over, takes a bare expression (\`where: event.confidence > 70\`).
Everywhere else an expression stands in \`\${{ … }}\`: alone it keeps its type; inside a text it must be a string, number,
bool, timestamp or duration. \`$\${{\` is a literal \`\${{\`.

| type | values |
| --- | --- |
| \`null\`, \`bool\`, \`string\` | as in JSON; texts are measured in Unicode characters, written \`"…"\`, \`'…'\`, \`"""…"""\`, raw \`r"…"\` |
| \`int\` | whole JSON numbers within ±(2^53 − 1) |
| \`double\` | all JSON numbers; an int stands wherever a double may |
| \`list<T>\`, \`map<string, T>\`, \`{ a: T, b?: T }\` | arrays, objects with unknown keys, objects with known ones |
| \`timestamp\`, \`duration\` | made from text: \`timestamp("2026-01-31T08:00:00Z")\`, \`duration("1h30m")\` |
| \`optional<T>\` | what \`x.?y\` gives |
| \`"a" \\| "b"\`, \`T \\| null\` | one of several |
| \`dyn\` | anything: checked when it runs |`

interface Section {
  readonly title: string
  readonly body: string
}

const groupTitles: { readonly [group in FunctionGroup]: string } = {
  conversion: "Conversion",
  strings: "Strings",
  regex: "Regular expressions",
  lists: "Lists",
  maps: "Objects",
  math: "Math",
  time: "Time",
  encoding: "Encoding",
  hashing: "Hashing",
  network: "Network",
  indicators: "Indicators"
}

const syntaxSection = (title: string, entries: ReadonlyArray<SyntaxEntry>): Section => ({
  title,
  body: entries
    .map(
      ({ doc, examples, forms }) =>
        `${forms.map(codeSpan).join(" · ")}  \n${doc}\n\n${exampleBlock(examples)}`
    )
    .join("\n\n")
})

const functionSection = (group: FunctionGroup, title: string): Section => ({
  title,
  body: standardFunctions
    .filter((definition) => definition.group === group)
    .map(functionEntry)
    .join("\n\n")
})

const functionEntry = (definition: FunctionDefinition): string => {
  const signatures = definition.overloads.map((overload) => codeSpan(signatureOf(definition, overload)))
  const title = definition.style === "method" ? `.${definition.name}()` : `${definition.name}()`
  return `### ${title}\n\n${signatures.join("  \n")}\n\n${definition.doc}\n\n${exampleBlock(definition.examples)}`
}

const exampleBlock = (examples: ReadonlyArray<FunctionExample>): string =>
  ["```cel", ...examples.map(({ expression, result }) => `${expression}   // ${result}`), "```"].join("\n")

const codeSpan = (code: string): string => (code.includes("`") ? `\`\` ${code} \`\`` : `\`${code}\``)

const anchorOf = (title: string): string => title.toLowerCase().replaceAll(" ", "-")

const groups: ReadonlyArray<FunctionGroup> = [
  "conversion",
  "strings",
  "regex",
  "lists",
  "maps",
  "math",
  "time",
  "encoding",
  "hashing",
  "network",
  "indicators"
]

const sections: ReadonlyArray<Section> = [
  syntaxSection("Operators and literals", operatorReference),
  syntaxSection("Macros", macroReference),
  syntaxSection("Optionals", optionalReference),
  syntaxSection("Types", typeReference),
  ...groups.map((group) => functionSection(group, groupTitles[group]))
]
