import type { YamlLimits } from "../source/YamlLimits.ts"
import type { Code, Severity } from "./Diagnostic.ts"

/**
 * What stands behind a code: the source of its page in `docs/errors/` and of the test that the page is true.
 * The wrong example must yield exactly this code, the right one nothing.
 */
export interface CodeEntry {
  readonly title: string
  readonly severity: Severity
  /** What the code means, in a sentence or two. Markdown. */
  readonly what: string
  /** Why it is refused, and what would happen if it were not. Markdown. */
  readonly why: string
  readonly example: CodeExample
}

/**
 * `yaml`: a document to load. `manifest`: a connector manifest, and `connections`: a file of connections, for the package that knows them. `schema`: a JSON Schema written in YAML. `expression`, `condition`
 * (must give a bool) and `template`: checked in the example environment (see `docs/errors/README.md`). `evaluation`: a
 * correct expression that fails when run.
 */
export interface CodeExample {
  readonly language:
    | "yaml"
    | "manifest"
    | "connections"
    | "schema"
    | "expression"
    | "condition"
    | "template"
    | "evaluation"
  readonly wrong: string
  readonly right: string
  /** For `yaml`: limits other than the defaults, where an example at the defaults would not fit on a page. */
  readonly limits?: Partial<YamlLimits>
}

/** Codes with their entries; each package owns one table per area. */
export type CodeTable = { readonly [code: Code]: CodeEntry }
