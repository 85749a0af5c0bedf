import type { CST } from "yaml"
import { SourceCode } from "../diagnostics/SourceCodes.ts"
import { suggest } from "../diagnostics/Suggestion.ts"
import { lastLineOf, sourceOf } from "./TokenShape.ts"
import type { YamlProblems } from "./YamlProblems.ts"

/** The sentences for what can be wrong with the structure of a document: keys, items, brackets, aliases. */
export class SyntaxProblems {
  readonly #problems: YamlProblems

  constructor(problems: YamlProblems) {
    this.#problems = problems
  }

  /** A token where none of its kind can stand. */
  unexpected(token: CST.Token): void {
    const source = sourceOf(token)
    const end = token.offset + Math.max(1, source.length)
    const message = source === "" ? "unexpected content" : `unexpected "${excerpt(source)}"`
    this.#problems.addDoubtful(SourceCode.syntax, token.offset, end, message)
  }

  /** A token among the properties of a node that makes no sense there. */
  property(token: CST.SourceToken, message: string): void {
    this.#problems.add(SourceCode.syntax, token.offset, token.offset + token.source.length, message)
  }

  /** Something behind a value, on its last line. */
  behindValue(token: CST.Token): void {
    if (this.#isTornExpression(token.offset)) return
    const source = sourceOf(token)
    const end = token.offset + Math.max(1, source.length)
    this.#problems.addDoubtful(
      SourceCode.syntax,
      token.offset,
      end,
      `unexpected "${excerpt(source)}" after the value`,
      {
        help: "remove it, put quotes around the whole text, or change its indentation if it belongs elsewhere"
      }
    )
  }

  /** A comment without a space before it. */
  unseparatedComment(token: CST.SourceToken): void {
    this.#problems.add(SourceCode.syntax, token.offset, token.offset + 1, `a space is missing before "#"`, {
      help: "put a space before a comment, or quotes around a text that contains #"
    })
  }

  /** A tab where indentation is. */
  tab(token: CST.SourceToken): void {
    this.tabAt(token.offset + token.source.indexOf("\t"), token.offset + token.source.length)
  }

  /** Tabs where indentation is. */
  tabAt(start: number, end: number): void {
    this.#problems.add(SourceCode.tabIndentation, start, end, "indented with a tab", {
      help: "YAML is indented with spaces only; replace each tab by spaces"
    })
  }

  /** `a: - b`. */
  itemAfterKey(token: CST.ErrorToken): void {
    this.#problems.add(
      SourceCode.syntax,
      token.offset,
      token.offset + 1,
      `a list item cannot start on the line of its key`,
      { help: `put "- " on a line of its own, or put quotes around a text that begins with "-"` }
    )
  }

  /** A block collection on the line of `---`. */
  onMarkerLine(marker: CST.SourceToken): void {
    this.#problems.add(
      SourceCode.syntax,
      marker.offset,
      marker.offset + marker.source.length,
      `a map or list cannot start on the line of "---"`,
      { help: "start it on the next line" }
    )
  }

  /** An anchor or tag on the line of a list's first dash. */
  propertyBeforeDash(property: CST.SourceToken): void {
    this.#problems.add(
      SourceCode.syntax,
      property.offset,
      property.offset + property.source.length,
      `the list must start on the line after "${excerpt(property.source)}"`
    )
  }

  /** A key without its colon. */
  missingColon(start: number, end: number, name: string): void {
    const key = excerpt(name)
    this.#problems.addDoubtful(SourceCode.syntax, start, end, `":" is missing after the key "${key}"`, {
      help: `write "${key}: " and its value, or indent the line if it belongs to the text above`
    })
  }

  /** YAML 1.2.2, 7.4.2 and 8.2.2: a colon is looked for in the first 1024 characters. */
  keyTooLong(start: number): void {
    this.#problems.add(SourceCode.syntax, start, start + 1, "a key may have at most 1024 characters")
  }

  /** A key of several lines: of a plain one, the first line lacks its colon. */
  keyOnSeveralLines(token: CST.Token): void {
    const source = sourceOf(token)
    const line = (source.split("\n", 1)[0] ?? "").trimEnd()
    const end = token.offset + line.length
    if (token.type === "scalar" && line.length < source.length) this.missingColon(token.offset, end, line)
    else {
      const message = "a key must stand on one line with its colon"
      this.#problems.add(SourceCode.syntax, token.offset, token.offset + source.length, message)
    }
  }

  /** An anchor or tag on a line above its key. */
  propertyAboveKey(property: CST.SourceToken): void {
    this.property(property, `the key must stand on the line of "${excerpt(property.source)}"`)
  }

  /** `a: b: c`, or a key that is indented more than the keys above it. */
  nestedOnOneLine(map: CST.BlockMap): void {
    const key = map.items[0]?.key
    const line = lastLineOf(key)
    if (line && line !== key) {
      const text = sourceOf(line)
      this.wrongColumn(line.offset, line.offset + text.length, excerpt(text))
      return
    }
    const end = map.offset + Math.max(1, key ? sourceOf(key).length : 1)
    this.#problems.add(SourceCode.syntax, map.offset, end, `a second ": " on the line of a key`, {
      help: `put quotes around a text that contains ": ", or start the map on the next line`
    })
  }

  /** A key or item that is not in the column of those before it. */
  wrongColumn(start: number, end: number, name: string): void {
    this.#problems.add(
      SourceCode.badIndentation,
      start,
      end,
      `"${name}" does not line up with what stands above it`,
      {
        help: "give all keys of a map and all items of a list the same indentation"
      }
    )
  }

  /** Something in a block list that is no item. */
  missingDash(start: number, end: number): void {
    this.#problems.add(SourceCode.badIndentation, start, end, `a list item must start with "- "`, {
      help: `write "- " before it, or change its indentation if it does not belong to the list`
    })
  }

  /** A comma with nothing before it. */
  emptyItem(start: number): void {
    this.#problems.add(SourceCode.syntax, start, start + 1, `a value is missing before ","`)
  }

  /** Two values of a flow collection without a comma, or a `${{ }}` that flow syntax tears apart. */
  missingComma(offset: number, flow: "map" | "list"): void {
    if (this.#isTornExpression(offset)) return
    const what = flow === "map" ? "entries of the map" : "items of the list"
    this.#problems.addDoubtful(SourceCode.syntax, offset, offset + 1, `"," is missing between two ${what}`)
  }

  /** `{a :b}`. */
  missingSpace(offset: number): void {
    this.#problems.add(SourceCode.syntax, offset, offset + 1, `a space is missing after ":"`)
  }

  /** A block collection inside of brackets: `{a: 1 b: 2}`, or a list with dashes. */
  blockInFlow(token: CST.BlockMap | CST.BlockSequence): void {
    const isMap = token.type === "block-map"
    this.#problems.add(
      SourceCode.syntax,
      token.offset,
      token.offset + 1,
      isMap ? `a second ": " in an entry of [ ] or { }` : "a list with dashes cannot stand in [ ] or { }",
      isMap ? { help: `put a comma between two entries, or quotes around a text that contains ": "` } : {}
    )
  }

  /** A bracket that is not closed, or closed by the other one. */
  unclosed(token: CST.FlowCollection): void {
    const open = token.start.source
    const close = open === "{" ? "}" : "]"
    const wrong = token.end[0]
    if (wrong === undefined) {
      this.#problems.add(SourceCode.unclosed, token.offset, token.offset + 1, `"${open}" is not closed`, {
        help: `close it with "${close}", and indent its further lines deeper than the key`
      })
      return
    }
    const end = wrong.offset + wrong.source.length
    const message = `"${open}" is closed with "${wrong.source}"`
    this.#problems.add(SourceCode.unclosed, wrong.offset, end, message, {
      notes: [
        {
          message: `"${open}" is opened here`,
          span: this.#problems.file.span(token.offset, token.offset + 1)
        }
      ],
      help: `close it with "${close}"`
    })
  }

  /** No key before a colon. */
  missingKey(start: number): void {
    this.#problems.add(SourceCode.keyNotText, start, start + 1, "a key is missing here", {
      help: `write a name before ":", or quotes around the text if ":" belongs to it`
    })
  }

  /** `- item` in the column of the keys of a map. */
  itemAmongKeys(token: CST.Token): void {
    this.#problems.add(
      SourceCode.badIndentation,
      token.offset,
      token.offset + 1,
      "a list item stands among the keys of a map",
      { help: "indent the item if it belongs to the key above" }
    )
  }

  /** A key that is an alias or a collection. */
  keyNotText(token: CST.Token): void {
    const isTemplate = this.#problems.file.text.startsWith("{{", token.offset - 1)
    const help = isTemplate ? `put quotes around a text that begins with "{{"` : "write the key as text"
    const kind = token.type === "alias" ? "an alias" : "a map or list"
    this.#problems.add(SourceCode.keyNotText, token.offset, token.offset + 1, `${kind} cannot be a key`, {
      help
    })
  }

  /** Reports the merge key `<<`. */
  mergeKey(offset: number): void {
    this.#problems.add(SourceCode.mergeKey, offset, offset + 2, `the merge key "<<" is not supported`, {
      help: `write the keys out, or put quotes around "<<" if a key of that name is meant`
    })
  }

  /** `!anything`. */
  tag(token: CST.SourceToken): void {
    const end = token.offset + token.source.length
    this.#problems.add(
      SourceCode.tag,
      token.offset,
      end,
      `the tag "${excerpt(token.source)}" is not supported`,
      {
        help: `remove it; quotes make a value text, also one that begins with "!"`
      }
    )
  }

  /** `&` without a name, or `&name:`, which is mostly meant as a key. */
  badAnchor(token: CST.SourceToken): void {
    const end = token.offset + token.source.length
    const isEmpty = token.source === "&"
    const message = isEmpty
      ? `an anchor needs a name after "&"`
      : `the anchor "${excerpt(token.source)}" ends with ":"`
    this.#problems.add(SourceCode.syntax, token.offset, end, message, {
      help: `put quotes around a text that begins with "&"`
    })
  }

  /** An anchor on an alias. */
  anchorOnAlias(token: CST.SourceToken): void {
    const end = token.offset + token.source.length
    this.#problems.add(SourceCode.syntax, token.offset, end, "an alias cannot have an anchor of its own")
  }

  /** An alias without an anchor before it, or inside of its own. */
  unknownAlias(token: CST.FlowScalar, isInside: boolean, names: ReadonlyArray<string>): void {
    const end = token.offset + token.source.length
    const name = excerpt(token.source)
    const message = isInside
      ? `the alias "${name}" stands inside of the value that it names`
      : `there is no anchor before this for the alias "${name}"`
    const similar = suggest(token.source.slice(1), names)
    const meant = similar === undefined ? "" : `; did you mean "*${similar}"?`
    this.#problems.add(SourceCode.unknownAlias, token.offset, end, message, {
      help: isInside
        ? "a value cannot contain itself"
        : `put quotes around a text that begins with "*"${meant}`
    })
  }

  /** An alias that would make more nodes than allowed. */
  tooManyNodes(token: CST.FlowScalar, limit: number): void {
    const end = token.offset + token.source.length
    this.#problems.add(
      SourceCode.aliasExpansion,
      token.offset,
      end,
      `with this alias, aliases stand for more than ${limit} values`,
      { help: "write the values out, or name fewer of them by aliases" }
    )
  }

  /** A collection, or an alias to one, below the deepest level allowed. */
  tooDeep(start: number, end: number, limit: number): void {
    this.#problems.add(
      SourceCode.tooDeep,
      start,
      end,
      `maps and lists are nested more than ${limit} levels deep`,
      {
        help: "flatten the structure"
      }
    )
  }

  /** Reports a `${{` whose `{{` flow syntax takes for maps. `offset` is that of the first brace. */
  #isTornExpression(offset: number): boolean {
    if (offset < 1 || !this.#problems.file.text.startsWith("${{", offset - 1)) return false
    this.#problems.add(
      SourceCode.syntax,
      offset - 1,
      offset + 2,
      `"\${{" inside of [ ] or { } needs quotes`,
      {
        help: `put quotes around the text: "\${{ … }}"`
      }
    )
    return true
  }
}

/** The beginning of a source text, fit for a message: one line, at most 40 characters. */
export const excerpt = (source: string): string => {
  const line = source.slice(0, 200).split(/\r?\n/, 1)[0] ?? ""
  if (line.length <= 40) return line.length < source.length ? `${line}…` : line
  return `${line.slice(0, 39).toWellFormed()}…`
}
