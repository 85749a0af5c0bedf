/** Names that other languages have and this one writes in another way, for help where such a name is unknown. */
export const foreignNames: ReadonlyMap<string, string> = new Map([
  ["not", "!"],
  ["NOT", "!"],
  ["True", "true"],
  ["False", "false"],
  ["None", "null"],
  ["nil", "null"],
  ["undefined", "null"]
])

/** The same for functions and methods. */
export const foreignCalls: ReadonlyMap<string, string> = new Map([
  ["not", "!"],
  ["NOT", "!"],
  ["len", "size"],
  ["length", "size"],
  ["count", "size"],
  ["includes", "contains"],
  ["beginsWith", "startsWith"],
  ["toLowerCase", "lowerAscii"],
  ["lower", "lowerAscii"],
  ["toUpperCase", "upperAscii"],
  ["upper", "upperAscii"],
  ["strip", "trim"],
  ["any", "exists"],
  ["some", "exists"],
  ["every", "all"]
])
