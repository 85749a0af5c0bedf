import { type Json, loadYaml, SourceFile, toJson } from "@sallyport/language"
import { loadManifest } from "@sallyport/runtime"
import { expect } from "@effect/vitest"
import * as Result from "effect/Result"
import { convertModule, type ImportedModule, type Loss } from "../src/index.ts"

/** A file of a module: data, or its very text. */
export type FileContent = { readonly [name: string]: unknown } | string

/** A module of those files, converted; the manifest has been loaded without an error. */
export const imported = (files: { readonly [name: string]: FileContent }): ImportedModule => {
  const result = convertModule({
    name: "Acme",
    icon: undefined,
    files: Object.entries(files).map(([name, content]) => ({
      name,
      text: typeof content === "string" ? content : JSON.stringify(content, undefined, 2)
    }))
  })
  if (Result.isFailure(result)) return expect.fail(result.failure.message)
  const { name, yaml } = result.success
  expect(
    loadManifest(new SourceFile(`${name}.yaml`, yaml)).diagnostics.map(({ message }) => message)
  ).toEqual([])
  return result.success
}

/** The manifest of a module as data. */
export const manifestOf = ({ name, yaml }: ImportedModule): Json => {
  const { root } = loadYaml(new SourceFile(`${name}.yaml`, yaml))
  return root === undefined ? expect.fail("the YAML cannot be read") : toJson(root)
}

/** What stands at a path of names in data. */
export const at = (value: Json | undefined, ...path: ReadonlyArray<string>): Json | undefined => {
  let found: Json | undefined = value
  for (const step of path) {
    if (typeof found !== "object" || found === null) return undefined
    const entry: readonly [string, Json] | undefined = Object.entries(found).find(([name]) => name === step)
    found = entry?.[1]
  }
  return found
}

/** The names in data that is an object. */
export const keysOf = (value: Json | undefined): ReadonlyArray<string> =>
  typeof value === "object" && value !== null ? Object.keys(value) : []

/** The head of a module. */
export const head = { name: "Acme Desk", slug: "acme_desk", version: "1.2.3", uuid: "u0" }

/** A module of one action. */
export const importedAction = (action: { readonly [name: string]: unknown }): ImportedModule =>
  imported({
    "manifest.json": { ...head, configuration: {} },
    "action_run.json": { name: "Run it", docker_parameters: "run", ...action }
  })

/** What one property of an action's arguments becomes, and what is listed about it. */
export const importedInput = (
  schema: unknown,
  more: { readonly [name: string]: unknown } = {}
): { readonly schema: Json | undefined; readonly losses: ReadonlyArray<string> } => {
  const module = importedAction({
    arguments: { type: "object", properties: { it: schema }, required: ["it"], ...more },
    results: {}
  })
  const prefix = "/arguments/properties/it"
  return {
    schema: at(manifestOf(module), "actions", "run", "input", "it"),
    losses: shown(
      module.losses
        .filter(({ pointer }) => pointer.startsWith(prefix))
        .map((loss) => ({ ...loss, pointer: loss.pointer.slice(prefix.length) }))
    )
  }
}

/** Losses, one line each. */
export const shown = (losses: ReadonlyArray<Loss>): ReadonlyArray<string> =>
  losses.map(({ message, pointer, severity }) => `${severity} ${pointer}: ${message}`)
