/** One room of the house: a package, or every connector at once. */
export interface Room {
  /** `language`, or `connectors/*`. */
  readonly name: string
  /** Where its files are; `*` stands for one folder. */
  readonly directory: string
  /** The rooms it may import. Nothing else: an arrow that is not here goes up or sideways. */
  readonly mayImport: ReadonlyArray<string>
  /** False in a room of plain, synchronous TypeScript, which runs in a browser and an editor as well. */
  readonly effect: boolean
  /** The Node built-ins its `src` may import, without `node:`; or all of them. */
  readonly builtins: "all" | ReadonlyArray<string>
}

/**
 * The house: the one place that says which room may import which. `docs/architecture.md` shows the same table, and a
 * test compares the two. A room that does not exist yet has its row already, so that its first import is judged.
 */
export const rooms: ReadonlyArray<Room> = [
  plainRoom("language", []),
  effectRoom("runtime", ["language"]),
  plainRoom("playbook", ["runtime", "language"]),
  effectRoom("engine", ["playbook", "runtime", "language"]),
  effectRoom("server", ["engine", "playbook", "runtime", "language"]),
  effectRoom("testkit", ["engine", "playbook", "runtime", "language"]),
  effectRoom("importer", ["runtime", "language"]),
  // Production wiring happens here: which connectors have code, and what stands in for their services.
  effectRoom("cli", [
    "importer",
    "server",
    "engine",
    "playbook",
    "testkit",
    "connectors/*",
    "runtime",
    "language"
  ]),
  // The console is a web page: it knows the HTTP API and no package.
  plainRoom("console", []),
  { name: "connectors/*", directory: "connectors/*", mayImport: ["runtime"], effect: true, builtins: "all" }
]

/** The room a file lies in; `undefined` outside the house. Every connector is its own room with the same rules. */
export function roomOf(path: string): Room | undefined {
  const [top, folder] = path.split("/")
  if (folder === undefined) return undefined
  if (top === "connectors") return rooms.find(({ directory }) => directory === "connectors/*")
  return rooms.find(({ directory }) => directory === `${top}/${folder}`)
}

function plainRoom(name: string, mayImport: ReadonlyArray<string>): Room {
  return { name, directory: `packages/${name}`, mayImport, effect: false, builtins: [] }
}

function effectRoom(name: string, mayImport: ReadonlyArray<string>): Room {
  return { name, directory: `packages/${name}`, mayImport, effect: true, builtins: "all" }
}
