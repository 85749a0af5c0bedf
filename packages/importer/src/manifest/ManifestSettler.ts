import { type Diagnostic, loadYaml, SourceFile, type YamlNode } from "@sallyport/language"
import { type CheckedManifest, loadManifest } from "@sallyport/runtime"
import { type JsonPlace, within } from "../json/JsonPlace.ts"
import type { LossKind } from "../Loss.ts"
import { type Draft, type DraftMap, isDraftList, isDraftMap } from "../draft/Draft.ts"
import { writeManifest } from "./ManifestWriter.ts"
import type { ModuleContext } from "./ModuleContext.ts"

/** Names and values of a manifest; YAML has about four tokens for each, and at most 100,000. */
const maximumSize = 25_000

/** A manifest without errors. */
export interface SettledManifest {
  readonly yaml: string
  readonly manifest: CheckedManifest
  /** What the loader warns of. */
  readonly warnings: ReadonlyArray<Diagnostic>
}

/** Rounds in which single keywords are given up, then in which whole schemas are. After them only the operations are left. */
const gentleRounds = 20
const roughRounds = 30

/**
 * Reads the manifest as Sallyport does and gives up, one by one, what it refuses: a default that does not fit, a pattern
 * that RE2 does not have, bounds that no value meets. Each is a loss at its source, with the loader's reason. In the end
 * there are no errors: when all else fails the operations keep their names and take and give any value.
 */
export const settle = (
  draft: DraftMap,
  { header, name }: ManifestHead,
  context: ModuleContext
): SettledManifest | undefined => new ManifestSettler(draft, { header, name }, context).settle()

/** What a manifest is called, and the comment at its top. */
export interface ManifestHead {
  readonly name: string
  readonly header: string
}

/** A schema in the draft, and the way from it to what is wrong. */
interface Fault {
  readonly schema: DraftMap
  readonly rest: ReadonlyArray<string | number>
  readonly diagnostic: Diagnostic
}

class ManifestSettler {
  readonly #draft: DraftMap
  readonly #head: ManifestHead
  readonly #context: ModuleContext

  constructor(draft: DraftMap, head: ManifestHead, context: ModuleContext) {
    this.#draft = draft
    this.#head = head
    this.#context = context
  }

  settle(): SettledManifest | undefined {
    const size = sizeOf(this.#draft)
    if (size > maximumSize) this.#shrinkTo(maximumSize)
    for (let round = 0, isReduced = false; round <= roughRounds + 1; round++) {
      const yaml = writeManifest(this.#draft, this.#head.header)
      const file = new SourceFile(`${this.#head.name}.yaml`, yaml)
      const { diagnostics, manifest } = loadManifest(file)
      if (manifest !== undefined) return { yaml, manifest, warnings: diagnostics }
      const errors = diagnostics.filter(({ severity }) => severity === "error")
      if (isReduced) return undefined
      const isMended = round < roughRounds && this.#mend(file, errors, round >= gentleRounds)
      if (isMended || (round < roughRounds && this.#shrinkTo((sizeOf(this.#draft) * 3) / 4))) continue
      this.#reduce()
      isReduced = true
    }
    return undefined
  }

  /** Gives up what is wrong. False when that cannot be found, as when the file as a whole is too large. */
  #mend(file: SourceFile, errors: ReadonlyArray<Diagnostic>, isRough: boolean): boolean {
    const { root } = loadYaml(file)
    if (root === undefined) return false
    // All places first: mending one changes the ways to others.
    const paths = errors.map((diagnostic) => ({ diagnostic, path: pathAt(root, diagnostic.span.start) }))
    const faults = paths.map(({ diagnostic, path }) => ({ path, fault: this.#faultAt(path, diagnostic) }))
    let isChanged = false
    for (const { fault, path } of faults) {
      const hasChanged = fault === undefined ? this.#leaveToCode(path) : this.#give(fault, isRough)
      isChanged ||= hasChanged
    }
    return isChanged
  }

  /** The innermost schema on the way. */
  #faultAt(path: ReadonlyArray<string | number>, diagnostic: Diagnostic): Fault | undefined {
    const { origins } = this.#context
    let fault: Fault | undefined
    let node: Draft | undefined = this.#draft
    for (let at = 0; at <= path.length; at++) {
      if (isDraftMap(node) && origins.of(node) !== undefined)
        fault = { schema: node, rest: path.slice(at), diagnostic }
      const step = path[at]
      if (step === undefined) break
      node = isDraftMap(node) ? node.get(String(step)) : isDraftList(node) ? node[Number(step)] : undefined
    }
    return fault
  }

  #give({ schema, rest, diagnostic }: Fault, isRough: boolean): boolean {
    const { losses, origins } = this.#context
    const place = origins.of(schema)
    if (place === undefined) return false
    const keyword = String(rest[0] ?? "")
    const isChoice = keyword === "oneOf" || keyword === "anyOf"
    const given = isChoice && diagnostic.code === "SP0210" && schema.has("type") ? "type" : keyword
    const remedy = remedies.get(given)
    if (isRough || remedy === undefined) return this.#widen(schema, diagnostic.message)
    if (!schema.delete(given)) return false
    if (given === "allOf" || given === "patternProperties") schema.set("additionalProperties", true)
    const at = given === "examples" ? place : within(place, given)
    losses.add(
      remedy === "pattern" ? "loss" : "problem",
      remedy,
      at,
      `"${given}" is dropped: ${diagnostic.message}`
    )
    return true
  }

  /** From here on any value fits. */
  #widen(schema: DraftMap, reason: string, kind: LossKind = "schema"): boolean {
    const { losses, origins } = this.#context
    const place = origins.of(schema)
    const given = [...schema.keys()].filter((keyword) => !notes.has(keyword))
    if (place === undefined || given.length === 0) return false
    for (const keyword of given) schema.delete(keyword)
    losses.add("loss", kind, place, `any value fits here: ${reason}`)
    return true
  }

  /** A request that cannot be is left to code; one that is on no operation's way takes all with it. */
  #leaveToCode(path: ReadonlyArray<string | number>): boolean {
    const { losses, origins } = this.#context
    const [section, name] = path
    const operations = section === "actions" ? [name] : []
    const actions = this.#draft.get("actions")
    if (!isDraftMap(actions)) return false
    const concerned = operations[0] === undefined ? [...actions.keys()] : operations.map(String)
    let isChanged = false
    for (const key of concerned) {
      const action = actions.get(key)
      if (!isDraftMap(action) || !action.delete("request")) continue
      isChanged = true
      action.set("implementation", "code")
      const place = origins.ofOperation(action)
      if (place !== undefined)
        losses.add(
          "loss",
          "http",
          within(place, "docker_parameters"),
          "the request does not fit its inputs; the action is left to code"
        )
    }
    if ([...actions.values()].some((action) => isDraftMap(action) && action.has("request"))) return isChanged
    this.#draft.delete("http")
    this.#draft.delete("auth")
    return isChanged
  }

  /** Widens the largest schemas until the manifest is that large. False when there is nothing to widen. */
  #shrinkTo(target: number): boolean {
    const sized = this.#schemas().map((schema) => ({ schema, size: sizeOf(schema) }))
    let total = sizeOf(this.#draft)
    let isChanged = false
    for (const { schema, size } of sized.toSorted((a, b) => b.size - a.size)) {
      if (total <= target) return isChanged
      if (!this.#widen(schema, "the manifest is too large", "size")) continue
      total -= size - sizeOf(schema)
      isChanged = true
    }
    return isChanged
  }

  /** The schemas that are in no other. */
  #schemas(): ReadonlyArray<DraftMap> {
    const connection = this.#draft.get("connection")
    const maps = [this.#draft.get("types"), isDraftMap(connection) ? connection.get("config") : undefined]
    const operations = [this.#draft.get("actions"), this.#draft.get("triggers")].flatMap(valuesOf)
    for (const operation of operations) {
      if (!isDraftMap(operation)) continue
      maps.push(
        operation.get("input"),
        new Map([...operation].filter(([key]) => key === "output" || key === "event"))
      )
    }
    return maps.flatMap(valuesOf).filter(isDraftMap)
  }

  /** Leaves the operations, which take nothing and give anything. */
  #reduce(): void {
    const { losses, origins } = this.#context
    this.#leaveToCode([])
    this.#draft.delete("types")
    this.#draft.delete("description")
    for (const section of ["actions", "triggers"])
      for (const operation of valuesOf(this.#draft.get(section))) {
        if (!isDraftMap(operation)) continue
        const place = origins.ofOperation(operation)
        if (place !== undefined) losses.add("loss", "size", place, lastResort)
        operation.delete("input")
        operation.delete("description")
        operation.set(section === "actions" ? "output" : "event", new Map())
      }
    const place: JsonPlace = { file: "manifest.json", pointer: "/configuration" }
    losses.add(
      "loss",
      "size",
      place,
      "the settings are dropped: the manifest is too large or could not be read with them"
    )
    const connection = this.#draft.get("connection")
    if (isDraftMap(connection)) connection.delete("config")
    if (isDraftMap(connection) && connection.size === 0) this.#draft.delete("connection")
  }
}

const lastResort =
  "its inputs and results are dropped: the manifest is too large or could not be read with them"

const valuesOf = (draft: Draft | undefined): ReadonlyArray<Draft> =>
  isDraftMap(draft) ? [...draft.values()] : []

/** How much YAML a schema is, about: one for each value and name in it, and one for 50 characters. */
const sizeOf = (schema: DraftMap): number => {
  let size = 0
  const waiting: Array<Draft> = [schema]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    size += typeof next === "string" ? 1 + next.length / 50 : 1
    if (isDraftMap(next)) for (const [name, value] of next) waiting.push(name, value)
    else if (isDraftList(next)) waiting.push(...next)
  }
  return size
}

/** The names and indices that lead to what stands at an offset. */
const pathAt = (root: YamlNode, offset: number): ReadonlyArray<string | number> => {
  const path: Array<string | number> = []
  let node: YamlNode | undefined = root
  while (node !== undefined && node.kind !== "scalar") {
    if (node.kind === "list") {
      const index: number = node.items.findIndex(
        ({ span }) => span.start <= offset && offset < Math.max(span.end, span.start + 1)
      )
      if (index < 0) return path
      path.push(index)
      node = node.items[index]
      continue
    }
    // The last entry that begins before it: keys stand in the order of the file.
    const entry = node.entries.findLast(({ key }) => key.span.start <= offset)
    if (entry === undefined) return path
    path.push(entry.key.name)
    if (offset < entry.key.span.end) return path
    node = entry.value
  }
  return path
}

/** Keywords that can be given up on their own, with the kind of loss. */
const remedies: ReadonlyMap<string, LossKind> = new Map([
  ["default", "default"],
  ["examples", "example"],
  ["pattern", "pattern"],
  ["patternProperties", "pattern"],
  ["format", "format"],
  ["enum", "enum"],
  ["const", "enum"],
  ["type", "type"],
  ["oneOf", "alternatives"],
  ["anyOf", "alternatives"],
  ["allOf", "alternatives"],
  ...[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties"
  ].map((keyword): readonly [string, LossKind] => [keyword, "limit"])
])

const notes: ReadonlySet<string> = new Set(["title", "description", "deprecated", "x-secret"])
