import type { SourceFile } from "../source/SourceFile.ts"
import type { Edit, Fix } from "./Diagnostic.ts"

/** What became of fixes that were applied together. */
export interface FixOutcome {
  /** The new text of every file that a fix touched. */
  readonly changed: ReadonlyMap<SourceFile, string>
  readonly applied: ReadonlyArray<Fix>
  /** Fixes in the way of an earlier one; applying again to the new text (and its new diagnostics) mends the rest. */
  readonly rejected: ReadonlyArray<Fix>
}

/**
 * Applies fixes, each as a whole or not at all. The first of two that conflict wins. Edits conflict when they
 * replace a common character, when one inserts inside what the other replaces, or when both insert at one point;
 * edits that only touch do not: an insertion comes before a replacement that begins at its point. A fix whose own
 * edits conflict is rejected. Files are told apart by their object, so all fixes have to come from one load.
 */
export const applyFixes = (fixes: ReadonlyArray<Fix>): FixOutcome => {
  const accepted = new Map<SourceFile, Array<Edit>>()
  const applied: Array<Fix> = []
  const rejected: Array<Fix> = []
  for (const fix of fixes) {
    if (accept(fix.edits, accepted)) applied.push(fix)
    else rejected.push(fix)
  }
  const changed = new Map<SourceFile, string>()
  for (const [file, edits] of accepted) changed.set(file, applyEdits(file.text, edits))
  return { changed, applied, rejected }
}

/** The text with edits applied that are in order and do not conflict. */
export const applyEdits = (text: string, edits: ReadonlyArray<Edit>): string => {
  let result = ""
  let at = 0
  for (const { span, text: replacement } of edits) {
    result += text.slice(at, span.start) + replacement
    at = span.end
  }
  return result + text.slice(at)
}

/** By file path and place; an insertion goes before a replacement that begins at its point. */
export const compareEdits = (a: Edit, b: Edit): number =>
  (a.span.file.path < b.span.file.path ? -1 : a.span.file.path > b.span.file.path ? 1 : 0) ||
  a.span.start - b.span.start ||
  a.span.end - b.span.end

/** Takes all edits in or none. The accepted edits of a file stay sorted and free of conflicts. */
const accept = (edits: ReadonlyArray<Edit>, accepted: Map<SourceFile, Array<Edit>>): boolean => {
  const taken: Array<Edit> = []
  for (const edit of edits) {
    const list = accepted.get(edit.span.file) ?? []
    const index = firstNotBefore(list, edit)
    if (conflicts(list[index - 1], edit) || conflicts(list[index], edit)) {
      for (const undone of taken) remove(accepted, undone)
      return false
    }
    list.splice(index, 0, edit)
    accepted.set(edit.span.file, list)
    taken.push(edit)
  }
  return true
}

const remove = (accepted: Map<SourceFile, Array<Edit>>, edit: Edit): void => {
  const list = (accepted.get(edit.span.file) ?? []).filter((other) => other !== edit)
  if (list.length === 0) accepted.delete(edit.span.file)
  else accepted.set(edit.span.file, list)
}

const conflicts = (a: Edit | undefined, b: Edit): boolean => {
  if (a === undefined) return false
  const samePoint =
    a.span.start === b.span.start && a.span.end === a.span.start && b.span.end === b.span.start
  return samePoint || (a.span.start < b.span.end && b.span.start < a.span.end)
}

const firstNotBefore = (list: ReadonlyArray<Edit>, edit: Edit): number => {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = list[middle]
    if (other !== undefined && compareEdits(other, edit) < 0) low = middle + 1
    else high = middle
  }
  return low
}
