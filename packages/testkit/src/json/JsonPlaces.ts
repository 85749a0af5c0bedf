/** Where something is in a JSON text. */
export interface JsonPlaces {
  /** Where it stops being JSON; undefined when all of it is. An offset in UTF-16 units. */
  readonly problem: number | undefined
  /** Where each item begins: of the list that the text is, or of the list `objects` of the object that it is. */
  readonly items: ReadonlyArray<number>
}

/** Goes through a text once, without recursion. Only for reporting what went wrong: `JSON.parse` is much faster. */
export function jsonPlaces(text: string): JsonPlaces {
  const items: Array<number> = []
  const open: Array<"[" | "{"> = []
  let expects: "value" | "value or end" | "key" | "key or end" | "colon" | "more" = "value"
  let key = ""
  let inItems = false
  const closed = (): void => {
    open.pop()
    if (open.length < itemDepth) inItems = false
    expects = "more"
  }
  const itemDepth = /^\s*\[/.test(text) ? 1 : 2
  for (const { index, 0: token } of text.matchAll(tokens)) {
    if (/^\s/.test(token)) continue
    const inner = open.at(-1)
    if (expects === "value" || (expects === "value or end" && token !== "]")) {
      if (",:]}".includes(token) || !isToken(token)) return { problem: index, items }
      if (inItems && open.length === itemDepth) items.push(index)
      if (token === "[" || token === "{") {
        if (token === "[" && open.length === itemDepth - 1) inItems = itemDepth === 1 || key === '"objects"'
        open.push(token)
        expects = token === "[" ? "value or end" : "key or end"
      } else expects = "more"
    } else if (expects === "colon") {
      if (token !== ":") return { problem: index, items }
      expects = "value"
    } else if (expects === "more" && token === "," && inner !== undefined) {
      expects = inner === "[" ? "value" : "key"
    } else if (token === "]" && inner === "[" && expects !== "key") closed()
    else if (token === "}" && inner === "{" && (expects === "more" || expects === "key or end")) closed()
    else if (token.startsWith('"') && isToken(token) && (expects === "key" || expects === "key or end")) {
      if (open.length === itemDepth - 1) key = token
      expects = "colon"
    } else return { problem: index, items }
  }
  return { problem: open.length === 0 && expects === "more" ? undefined : text.length, items }
}

/** `LINE:COLUMN` of an offset, both from 1; columns count UTF-16 units. */
export function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset)
  const line = before.split("\n").length
  return `${line}:${offset - before.lastIndexOf("\n")}`
}

/** The last one takes any character that is none of the others. */
const tokens =
  /[ \t\r\n]+|[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true\b|false\b|null\b|[^]/g

const isToken = (token: string): boolean => token.length > 1 || /^[\d[{]$/.test(token)
