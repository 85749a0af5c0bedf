/** Where something stands in a module: the file and, within it, a JSON pointer (RFC 6901). */
export interface JsonPlace {
  /** The name of the file in the module's folder. */
  readonly file: string
  /** `/arguments/properties/limit`; empty for the file as a whole. */
  readonly pointer: string
}

/** The place of a part: names and list indices from the outside in. */
export const within = (place: JsonPlace, ...steps: ReadonlyArray<string | number>): JsonPlace => ({
  file: place.file,
  pointer: steps.reduce<string>((pointer, step) => `${pointer}/${escaped(String(step))}`, place.pointer)
})

const escaped = (step: string): string => step.replaceAll("~", "~0").replaceAll("/", "~1")
