import sarif from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" }
import { Ajv } from "ajv"
import { describe, expect, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { CodeRegistry } from "../src/diagnostics/CodeRegistry.ts"
import { error, warning, type Diagnostic } from "../src/diagnostics/Diagnostic.ts"
import { fileUri } from "../src/diagnostics/FileUri.ts"
import { languageCodes } from "../src/diagnostics/LanguageCodes.ts"
import { renderSarif } from "../src/diagnostics/SarifRenderer.ts"
import { SourceFile } from "../src/source/SourceFile.ts"

const registry = CodeRegistry.of({
  title: "Fields",
  codes: {
    SP1203: {
      title: "Unknown field",
      severity: "error",
      what: "A **field** that `Event` does not have.",
      why: "It would always be missing.",
      example: { language: "expression", wrong: "event.nmae", right: "event.name" }
    },
    SP1204: {
      title: "never said",
      severity: "warning",
      what: "w",
      why: "y",
      example: { language: "expression", wrong: "a", right: "b" }
    }
  }
})
const file = new SourceFile("playbooks/täglich 1.yaml", 'if: event.nmae == "x"\r\nend: 👍\n')
const other = new SourceFile("C:\\manifests\\a#b.yaml", "x: 1\n")

const rich: ReadonlyArray<Diagnostic> = [
  error("SP1203", 'unknown field "nmae" on {0} [x](https://evil.example)', file.span(10, 14), {
    help: 'did you mean "name"',
    notes: [{ message: "declared here", span: other.span(0, 1) }, { message: "Event is open" }],
    fix: {
      title: 'replace "nmae" by "name"',
      edits: [
        { span: file.span(10, 14), text: "name" },
        { span: other.span(5, 5), text: "y: {}\n" }
      ]
    }
  }),
  warning("SP9999", "not in the registry", file.span(30, 30)),
  { code: "SP1203", severity: "note", message: "m\u001b\ud800", span: file.span(0, 30), notes: [] }
]

const render = (diagnostics: ReadonlyArray<Diagnostic>): string =>
  renderSarif(diagnostics, {
    registry,
    version: "1.2.3",
    informationUri: "https://sallyport.example/",
    helpUri: (code) => `https://sallyport.example/errors/${code}`
  })

describe("diagnostics as SARIF", () => {
  it("are valid by the schema of SARIF 2.1.0", () => {
    expect(problems(render(rich))).toEqual([])
    expect(problems(render([]))).toEqual([])
    expect(problems(renderSarif(rich, { registry, version: "0.0.0" }))).toEqual([])
  })

  it("are valid with spans outside of their file and fixes that change nothing", () => {
    const outside = { file, start: -5, end: 1e9 }
    const rendered = render([error("SP1203", "m", outside, { fix: { title: "t", edits: [] } })])
    expect(problems(rendered)).toEqual([])
    expect(rendered).toContain('"startColumn": 1')
  })

  it("are valid with the same note twice", () => {
    const note = { message: "first here", span: file.span(0, 2) }
    const rendered = render([error("SP1203", "m", file.span(4, 5), { notes: [note, note] })])
    expect(problems(rendered)).toEqual([])
    expect(rendered.split("first here").length).toBe(2)
  })

  it("are valid with the rule of every code of this package", () => {
    const all = [...languageCodes.entries.keys()].map((code) => error(code, "m", file.span(0, 1)))
    expect(problems(renderSarif(all, { registry: languageCodes, version: "1.0.0" }))).toEqual([])
  })

  it("a log that is not valid is found to be so", () => {
    expect(problems(render(rich).replace('"startLine": 1', '"startLine": 0'))).not.toEqual([])
    expect(problems(render(rich).replace('"ruleId"', '"rule"'))).not.toEqual([])
    expect(problems(render(rich).replace('"playbooks/', '"play books/'))).not.toEqual([])
    expect(problems(render(rich).replace('"utf16CodeUnits"', '"columns"'))).not.toEqual([])
  })

  it("have a rule for each code that occurs, described where it is known, and results that refer to it", () => {
    const { tool, results, columnKind } = run(render(rich))
    expect(columnKind).toBe("utf16CodeUnits")
    expect(tool.driver).toMatchObject({ name: "Sallyport", version: "1.2.3" })
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(["SP1203", "SP9999"])
    expect(tool.driver.rules[0]).toMatchObject({
      name: "UnknownField",
      shortDescription: { text: "Unknown field" },
      fullDescription: {
        text: "A field that Event does not have.",
        markdown: "A **field** that `Event` does not have."
      },
      helpUri: "https://sallyport.example/errors/SP1203",
      defaultConfiguration: { level: "error" }
    })
    expect(results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level])).toEqual([
      ["SP1203", 0, "note"],
      ["SP1203", 0, "error"],
      ["SP9999", 1, "warning"]
    ])
  })

  it("have exact places, related places, and fixes by file", () => {
    expect(run(render(rich)).results[1]).toMatchObject({
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "playbooks/t%C3%A4glich%201.yaml" },
            region: { startLine: 1, startColumn: 11, endLine: 1, endColumn: 15 }
          }
        }
      ],
      relatedLocations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "file:///C:/manifests/a%23b.yaml" },
            region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 }
          },
          message: { text: "declared here" }
        }
      ],
      fixes: [
        {
          description: { text: 'replace "nmae" by "name"' },
          artifactChanges: [
            { replacements: [{ insertedContent: { text: "name" } }] },
            {
              artifactLocation: { uri: "file:///C:/manifests/a%23b.yaml" },
              replacements: [
                {
                  deletedRegion: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 1 },
                  insertedContent: { text: "y: {}\n" }
                }
              ]
            }
          ]
        }
      ]
    })
  })

  it("text of a file becomes neither a placeholder nor a link of a message", () => {
    expect(run(render(rich)).results[1]?.message.text).toBe(
      'unknown field "nmae" on {{0}} [x] (https://evil.example)\nnote: Event is open\nhelp: did you mean "name"'
    )
  })
})

describe("the URI of a file", () => {
  const uris: ReadonlyArray<readonly [string, string]> = [
    ["a/b.yaml", "a/b.yaml"],
    ["./a b%.yaml", "./a%20b%25.yaml"],
    ["../x.yaml", "../x.yaml"],
    ["a:b.yaml", "a%3Ab.yaml"],
    ["a\\b.yaml", "a/b.yaml"],
    ["/etc/a.yaml", "file:///etc/a.yaml"],
    ["C:\\a\\b.yaml", "file:///C:/a/b.yaml"],
    ["c:/a.yaml", "file:///c:/a.yaml"],
    ["通.yaml", "%E9%80%9A.yaml"],
    ["a?b#c\ud800", "a%3Fb%23c%EF%BF%BD"],
    ["", ""]
  ]
  for (const [path, uri] of uris) {
    it(`${JSON.stringify(path)} is ${JSON.stringify(uri)}`, () => {
      expect(fileUri(path)).toBe(uri)
    })
  }
})

/** The parts of a log that the tests above look into. */
const Log = Schema.fromJsonString(
  Schema.Struct({
    runs: Schema.Tuple([
      Schema.Struct({
        columnKind: Schema.String,
        tool: Schema.Struct({
          driver: Schema.Struct({
            name: Schema.String,
            version: Schema.String,
            rules: Schema.Array(Schema.StructWithRest(Schema.Struct({ id: Schema.String }), [rest()]))
          })
        }),
        results: Schema.Array(
          Schema.StructWithRest(
            Schema.Struct({
              ruleId: Schema.String,
              ruleIndex: Schema.Number,
              level: Schema.String,
              message: Schema.Struct({ text: Schema.String })
            }),
            [rest()]
          )
        )
      })
    ])
  })
)

function rest() {
  return Schema.Record(Schema.String, Schema.Unknown)
}

const run = (text: string) => Schema.decodeUnknownSync(Log)(text).runs[0]

/**
 * The schema of SARIF 2.1.0 as Microsoft ships it (revision rtm.5), with the one thing more that the schema of OASIS
 * (errata 01) asks of what we write: a region says where it is. The two differ besides in descriptions, in the types
 * of enumerations and in two patterns that we have no use for. The schema is of JSON Schema draft 4; Ajv reads it as
 * draft 7, which differs in nothing that it uses but the names `$schema` and `id` at its top.
 */
const schema = {
  ...sarif,
  $schema: undefined,
  id: undefined,
  definitions: {
    ...sarif.definitions,
    region: {
      ...sarif.definitions.region,
      anyOf: [{ required: ["startLine"] }, { required: ["charOffset"] }]
    }
  }
}

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  // A pattern of the schema (for languages, mended by errata 01) is no regular expression in Unicode mode.
  unicodeRegExp: false,
  formats: {
    uri: (text: string) => URL.canParse(text),
    // The characters of RFC 3986 (section 2), each percent sign with its two digits.
    "uri-reference": /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/,
    // Nothing of ours has a date.
    "date-time": true
  }
})
const validate = ajv.compile(JSON.parse(JSON.stringify(schema)))

const problems = (text: string): ReadonlyArray<string> =>
  validate(JSON.parse(text))
    ? []
    : (validate.errors ?? []).map((problem) => `${problem.instancePath} ${problem.message}`)
