import { suggestions } from "@sallyport/language"
import type { CheckedManifest } from "@sallyport/runtime"
import { Failure } from "./Failure.ts"

/** The failure of asking for what a connector does not have. */
export const unknownOperation = (
  { actions, manifest, triggers }: CheckedManifest,
  name: string,
  kind: "action or trigger" | "action" | "trigger" = "action or trigger"
): Failure => {
  const names = [...(kind === "trigger" ? [] : actions.keys()), ...(kind === "action" ? [] : triggers.keys())]
  const near = suggestions(name, names, 3)
  const help =
    near.length === 0
      ? `see: sallyport connectors show ${manifest.connector}`
      : `did you mean ${near.map((one) => JSON.stringify(one)).join(" or ")}?`
  const shown = JSON.stringify(name.slice(0, 60))
  return Failure.wrong("UnknownOperation", `${manifest.connector} has no ${kind} ${shown}; ${help}`)
}
