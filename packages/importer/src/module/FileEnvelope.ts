import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type JsonPlace, within } from "../json/JsonPlace.ts"
import { type JsonMap, type JsonValue, quoted } from "../json/JsonValue.ts"
import type { LossList } from "../LossList.ts"

/** The members of one file of a module, decoded one by one: a wrong one does not cost the others. */
export class FileEnvelope {
  readonly place: JsonPlace
  readonly #members: JsonMap
  readonly #losses: LossList
  readonly #read = new Set<string>()

  constructor(members: JsonMap, file: string, losses: LossList) {
    this.#members = members
    this.#losses = losses
    this.place = { file, pointer: "" }
  }

  /** A text that is not empty; undefined, and listed, when it is something else. */
  text(name: string): string | undefined {
    const value = this.json(name)
    if (value === undefined || value === null) return undefined
    const text = Option.getOrUndefined(decodeText(value))
    if (text === undefined) this.#problem(name, "is no text; dropped")
    else if (text.length > 20_000) {
      this.#problem(name, "is longer than 20,000 characters; cut")
      return text.slice(0, 20_000).toWellFormed()
    }
    return text?.trim() === "" ? undefined : text?.toWellFormed()
  }

  /** True or false; undefined, and listed, when it is something else. */
  flag(name: string): boolean | undefined {
    const value = this.json(name)
    if (value === undefined) return undefined
    const flag = Option.getOrUndefined(decodeFlag(value))
    if (flag === undefined) this.#problem(name, "is neither true nor false; dropped")
    return flag
  }

  /** Any value. */
  json(name: string): JsonValue | undefined {
    this.#read.add(name)
    return this.#members.get(name)
  }

  /** Lists everything that was not asked for. */
  listRest(): void {
    for (const name of this.#members.keys())
      if (!this.#read.has(name))
        this.#losses.add(
          "loss",
          name === "uuid" ? "identity" : "metadata",
          within(this.place, name),
          name === "uuid"
            ? "manifests name operations and have no uuid; dropped"
            : `${quoted(name)} has no place in a manifest; dropped`
        )
  }

  #problem(name: string, what: string): void {
    this.#losses.add("problem", "metadata", within(this.place, name), `"${name}" ${what}`)
  }
}

const decodeText = Schema.decodeUnknownOption(Schema.String)
const decodeFlag = Schema.decodeUnknownOption(Schema.Boolean)
