import { isJsonObject } from "@sallyport/language"
import {
  type Definitions,
  inputCodec,
  outputCodec,
  propertiesCodec,
  type ValueCodec
} from "../schema/ValueCodec.ts"
import type { CheckedManifest } from "./CheckedManifest.ts"

/** What an action takes: with defaults, and nothing unknown. */
export const actionInputCodec = (manifest: CheckedManifest, action: string): ValueCodec =>
  propertiesCodec(manifest.manifest.actions?.[action]?.input ?? {}, definitionsOf(manifest))

/** What an action gives, for whoever receives it. */
export const actionOutputCodec = (manifest: CheckedManifest, action: string): ValueCodec =>
  outputCodec(manifest.manifest.actions?.[action]?.output ?? { type: "null" }, definitionsOf(manifest))

/** The described bodies of an action's responses, by status key. */
export const bodyCodecs = (manifest: CheckedManifest, action: string): ReadonlyMap<string, ValueCodec> =>
  new Map(
    Object.entries(manifest.manifest.actions?.[action]?.response ?? {}).flatMap(([key, { body }]) =>
      body === undefined ? [] : [[key, outputCodec(body, definitionsOf(manifest))] as const]
    )
  )

/** What a trigger takes: with defaults, and nothing unknown. */
export const triggerInputCodec = (manifest: CheckedManifest, trigger: string): ValueCodec =>
  propertiesCodec(manifest.manifest.triggers?.[trigger]?.input ?? {}, definitionsOf(manifest))

/** An event of a trigger, for whoever receives it. */
export const eventCodec = (manifest: CheckedManifest, trigger: string): ValueCodec =>
  outputCodec(manifest.manifest.triggers?.[trigger]?.event ?? {}, definitionsOf(manifest))

/** What a service answers when a session is opened; anything where it is not described. */
export const sessionCodec = (manifest: CheckedManifest, scheme: string): ValueCodec => {
  const body = manifest.manifest.auth?.[scheme]?.open?.body
  return body === undefined
    ? inputCodec({}, definitionsOf(manifest))
    : outputCodec(body, definitionsOf(manifest))
}

/** A type of the manifest, for whoever receives it. */
export const typeCodec = (manifest: CheckedManifest, type: string): ValueCodec =>
  outputCodec({ $ref: `#/types/${type}` }, definitionsOf(manifest))

/** The document that the schemas of a manifest refer to. */
const definitionsOf = ({ source }: CheckedManifest): Definitions => (isJsonObject(source) ? source : {})
