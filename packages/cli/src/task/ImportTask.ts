import { countLosses, type ImportedModule, importSekoiaModule } from "@sallyport/importer"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import { Failure } from "../Failure.ts"
import { jsonLine } from "../JsonOutput.ts"
import { plainText } from "../PlainText.ts"
import { StandardStreams } from "../StandardStreams.ts"
import { renderTable } from "../Table.ts"

/** Imports a module: the manifest goes to a file or to standard output, what is lost to standard error. */
export const importModule = Effect.fn("importModule")(function* (input: {
  readonly directory: string
  readonly out: Option.Option<string>
  readonly json: boolean
}) {
  const { err, errStyle, out } = yield* StandardStreams
  const module = yield* importSekoiaModule(input.directory).pipe(
    Effect.mapError(({ message }) => Failure.wrong("Import", message))
  )
  const path = Option.getOrUndefined(input.out)
  if (path !== undefined) yield* writeNew(path, module.yaml)
  if (input.json) {
    const { warnings: _warnings, ...rest } = module
    return yield* out(jsonLine({ ...rest, counts: countLosses(module.losses), written: path ?? null }))
  }
  yield* err(reportOf(module, errStyle.width))
  yield* out(path === undefined ? module.yaml : `${path} written\n`)
})

/** What is there stays: a manifest that somebody went on writing is not replaced by the raw one. */
const writeNew = Effect.fnUntraced(function* (path: string, text: string) {
  const files = yield* FileSystem.FileSystem
  yield* files
    .writeFileString(path, text, { flag: "wx" })
    .pipe(
      Effect.mapError(({ reason }) =>
        reason._tag === "AlreadyExists"
          ? Failure.wrong("File", `${path} is there already; move it away, or name another file`)
          : Failure.failed("File", `${path}: cannot be written (${reason._tag})`)
      )
    )
})

const reportOf = ({ actions, losses, name, triggers, unreadable }: ImportedModule, width: number): string => {
  const rows = losses.map(({ file, kind, message, pointer, severity }) => [
    severity,
    kind,
    pointer === "" ? file : `${file}#${pointer}`,
    message
  ])
  const counts = countLosses(losses).map(({ count, kind, severity }) => [severity, kind, String(count)])
  return [
    renderTable({ titles: ["SEVERITY", "KIND", "WHERE", "WHAT"], rows }, width),
    renderTable({ titles: ["SEVERITY", "KIND", "COUNT"], rows: counts }, width),
    unreadable.map(({ file, message }) => plainText(`unreadable: ${file}: ${message}\n`)).join(""),
    `${name}: ${actions} actions, ${triggers} triggers, ${losses.length} differences, ${unreadable.length} unreadable files\n`
  ]
    .filter((part) => part !== "")
    .join("\n")
}
