/**
 * The types of a connector, as `manifest.gen.ts` writes them from its manifest: what settings, values and operations
 * look like in TypeScript. It exists for the compiler alone.
 */
export interface Operations {
  /** The settings of a connection, with defaults. */
  readonly config: object
  /** The secrets, and whether a connection always has them. */
  readonly secrets: { readonly [name: string]: "required" | "optional" }
  /** The definitions under `types`, as receivers see them. */
  readonly types: object
  readonly actions: { readonly [name: string]: ActionTypes }
  readonly triggers: { readonly [name: string]: TriggerTypes }
}

/** The types of an action. */
export interface ActionTypes {
  readonly implementation: "code" | "request"
  /** What a caller may write: what has a default may be left out. */
  readonly given: object
  /** What does the action gets: with defaults. */
  readonly input: object
  /** What a caller gets: with defaults. */
  readonly output: unknown
  /** What code must give; what has a default may be left out. Absent where a request does it. */
  readonly result?: unknown
}

/** The types of a trigger. */
export interface TriggerTypes {
  readonly implementation: "code" | "poll"
  /** What a caller may write: what has a default may be left out. */
  readonly given: object
  /** What polls gets: with defaults. */
  readonly input: object
  /** An event, with defaults. */
  readonly event: unknown
  /** An event as code must give it; what has a default may be left out. Absent where an action is polled. */
  readonly result?: unknown
}

/** The names of the actions. */
export type ActionName<O extends Operations> = keyof O["actions"] & string

/** The names of the triggers. */
export type TriggerName<O extends Operations> = keyof O["triggers"] & string

/** The names of the actions that are marked `implementation: code`. */
export type CodedAction<O extends Operations> = Coded<O["actions"]> & string

/** The names of the triggers that are marked `implementation: code`. */
export type CodedTrigger<O extends Operations> = Coded<O["triggers"]> & string

type Coded<T extends { readonly [name: string]: { readonly implementation: string } }> = {
  readonly [K in keyof T]: T[K]["implementation"] extends "code" ? K : never
}[keyof T]
