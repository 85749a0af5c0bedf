import { type Json, SourceFile } from "@sallyport/language"
import * as Schema from "effect/Schema"
import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import {
  actionInputCodec,
  actionOutputCodec,
  eventCodec,
  triggerInputCodec,
  typeCodec
} from "../manifest/ManifestCodecs.ts"
import { manifestDigest } from "../manifest/ManifestDigest.ts"
import { loadManifest } from "../manifest/ManifestLoader.ts"
import type { ValueCodec } from "../schema/ValueCodec.ts"
import type { ActionName, Operations, TriggerName } from "./Operations.ts"

/**
 * The contract of a connector in TypeScript: its manifest, and codecs with the types that were generated from it. Making
 * one costs nothing. The manifest is read, and a codec made, when it is first used; that throws when the text is no
 * manifest of this version of the runtime, which no input can bring about.
 */
export class ConnectorContract<const Name extends string, O extends Operations> {
  readonly name: Name
  readonly #text: string
  #manifest: CheckedManifest | undefined

  private constructor(name: Name, text: string) {
    this.name = name
    this.#text = text
  }

  /** The contract of a manifest, given as its text. Called by generated modules, which know that `O` fits it. */
  static make<const Name extends string, O extends Operations>(
    name: Name,
    text: string
  ): ConnectorContract<Name, O> {
    return new ConnectorContract<Name, O>(name, text)
  }

  /** The manifest, checked. */
  get manifest(): CheckedManifest {
    this.#manifest ??= load(this.name, this.#text)
    return this.#manifest
  }

  /** Names the contract by its content; see `manifestDigest`. */
  get digest(): string {
    return manifestDigest(this.manifest)
  }

  /** A type under `types`, as it is received: with defaults, and with unknown fields where it says that they are kept. */
  codec<T extends keyof O["types"] & string>(type: T): Schema.Codec<O["types"][T]> {
    return lazy(() => typeCodec(this.manifest, type))
  }

  /** What a caller gives to an action, decoded to its input: with defaults, and nothing unknown. */
  given<A extends ActionName<O>>(
    action: A
  ): Schema.Codec<O["actions"][A]["input"], O["actions"][A]["given"]> {
    return lazy(() => actionInputCodec(this.#declaring("actions", action), action))
  }

  /** The output of an action, as it is received: with defaults. */
  output<A extends ActionName<O>>(action: A): Schema.Codec<O["actions"][A]["output"]> {
    return lazy(() => actionOutputCodec(this.#declaring("actions", action), action))
  }

  /** What a caller gives to a trigger, decoded to its input: with defaults, and nothing unknown. */
  polled<T extends TriggerName<O>>(
    trigger: T
  ): Schema.Codec<O["triggers"][T]["input"], O["triggers"][T]["given"]> {
    return lazy(() => triggerInputCodec(this.#declaring("triggers", trigger), trigger))
  }

  /** An event of a trigger, as it is received: with defaults. */
  event<T extends TriggerName<O>>(trigger: T): Schema.Codec<O["triggers"][T]["event"]> {
    return lazy(() => eventCodec(this.#declaring("triggers", trigger), trigger))
  }

  /** The manifest, which must declare the operation. */
  #declaring(kind: "actions" | "triggers", name: string): CheckedManifest {
    if (this.manifest[kind].has(name)) return this.manifest
    throw new TypeError(`the manifest of "${this.name}" has no ${name} under ${kind}`)
  }
}

const load = (name: string, text: string): CheckedManifest => {
  const { diagnostics, manifest } = loadManifest(new SourceFile(`${name}.yaml`, text))
  if (manifest !== undefined) return manifest
  const problem = diagnostics.find(({ severity }) => severity === "error")
  const { column, line } = problem?.span.file.position(problem.span.start) ?? { line: 1, column: 1 }
  throw new Error(
    `the manifest in the generated module of "${name}" does not load: ${name}.yaml:${line}:${column}: ` +
      `${problem?.message ?? "it is empty"}. Run \`sallyport generate\` with this version of the runtime.`
  )
}

/** A schema of what a codec decodes, made when something is first decoded. */
const lazy = <T, E>(codec: () => ValueCodec): Schema.Codec<T, E> => {
  const schema: Schema.Codec<Json> = Schema.suspend(() => codec().schema)
  // The codec checks every value against the schema from which `T` and `E` were generated. That they agree is what the
  // tests of the generator prove; no type can say it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return schema as Schema.Codec<unknown> as Schema.Codec<T, E>
}
