import { dirname } from "node:path/posix"
import { type Place, printPlace } from "./Place.ts"
import type { ModuleImport } from "./ParsedModule.ts"
import type { Violation } from "./Violation.ts"
import type { Target, Workspace } from "./Workspace.ts"

/** For each file the files it imports and the place of the first import of each. */
type ImportGraph = ReadonlyMap<string, ReadonlyMap<string, Place>>

/** The imports of a way round, one after another. */
type Way = readonly [Place, ...ReadonlyArray<Place>]

/**
 * No file needs itself through others when it runs. An import of types is erased before that; through those, files of
 * one folder may know each other (a file and its spans), folders may not. Reports each knot once, by a shortest way
 * round.
 */
export function findImportCycles(workspace: Workspace): ReadonlyArray<Violation> {
  const atRunTime = importGraph(workspace, ({ typeOnly }) => !typeOnly)
  const withTypes = importGraph(workspace, () => true)
  return [
    ...knots(atRunTime, () => true).map((way) => cycle(way, "a cycle of imports")),
    ...knots(withTypes, (from, to) => dirname(from) !== dirname(to)).map((way) =>
      cycle(way, "a cycle of imports between folders")
    )
  ]
}

function importGraph(workspace: Workspace, counts: (imported: ModuleImport) => boolean): ImportGraph {
  return new Map(
    workspace.modules.map((module) => {
      const targets = new Map<string, Place>()
      for (const imported of module.imports.filter(counts)) {
        const path = fileOf(workspace.resolve(module, imported))
        if (path !== undefined && !targets.has(path)) targets.set(path, imported.place)
      }
      return [module.file.path, targets]
    })
  )
}

/** The file of the repository that an import loads; `undefined` for what comes from elsewhere. */
function fileOf(target: Target): string | undefined {
  if (target.kind === "relative") return target.path
  return target.kind === "workspace" ? target.package.entry : undefined
}

/** For each set of files that reach each other, one shortest way round that begins with an edge that `starts` takes. */
function knots(graph: ImportGraph, starts: (from: string, to: string) => boolean): ReadonlyArray<Way> {
  const reported = new Set<string>()
  const found: Array<Way> = []
  for (const [from, targets] of graph) {
    for (const [to, place] of targets) {
      if (reported.has(from) || !starts(from, to)) continue
      const back = shortestWay(graph, to, from)
      if (back === undefined) continue
      found.push([place, ...back])
      const ahead = reachable(graph, from)
      for (const path of ahead) if (reachable(graph, path).has(from)) reported.add(path)
    }
  }
  return found
}

/** The imports on a shortest way from one file to another; `undefined` when there is none. Breadth first. */
function shortestWay(graph: ImportGraph, from: string, to: string): ReadonlyArray<Place> | undefined {
  const ways = new Map<string, ReadonlyArray<Place>>([[from, []]])
  // A map visits what is added while it is walked.
  for (const [path, way] of ways) {
    if (path === to) return way
    for (const [target, place] of graph.get(path) ?? []) {
      if (!ways.has(target)) ways.set(target, [...way, place])
    }
  }
  return undefined
}

function reachable(graph: ImportGraph, start: string): ReadonlySet<string> {
  const seen = new Set([start])
  for (const path of seen) for (const target of graph.get(path)?.keys() ?? []) seen.add(target)
  return seen
}

function cycle(way: Way, what: string): Violation {
  const round = [...way, way[0]].map(printPlace).join(" → ")
  return { place: way[0], message: `closes ${what}: ${round}` }
}
