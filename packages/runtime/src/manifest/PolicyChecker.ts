import type { YamlMap, YamlNode } from "@sallyport/language"
import { durationMillis } from "./DurationText.ts"
import type { ManifestContext } from "./ManifestContext.ts"
import { keyAt, textAt } from "./YamlPlace.ts"

/** Reports waits and limits that make no sense: a timeout or period of 0, a longest wait below the first one. */
export const checkPolicies = (context: ManifestContext, owner: YamlMap | undefined): void => {
  if (owner === undefined) return
  notZero(context, owner, "timeout")
  const rate = owner.get("rate")
  if (rate?.kind === "map") notZero(context, rate, "per")
  const retry = owner.get("retry")
  if (retry?.kind === "map") checkRetry(context, retry)
}

/** Reports a duration of 0 where there must be some time. */
export const notZero = ({ problems }: ManifestContext, owner: YamlMap, key: string): void => {
  if (millisAt(owner, key) === 0)
    problems.report("SP0329", `"${key}" is no time at all`, owner.get(key)?.span ?? owner.span, {
      help: "give it some time, such as 30s"
    })
}

const checkRetry = (context: ManifestContext, retry: YamlMap): void => {
  notZero(context, retry, "backoff")
  notZero(context, retry, "max")
  const backoff = millisAt(retry, "backoff")
  const max = millisAt(retry, "max")
  if (backoff !== undefined && max !== undefined && max > 0 && max < backoff)
    context.problems.report(
      "SP0329",
      "the longest wait is shorter than the first one",
      keyAt(retry, ["max"]),
      {
        notes: [{ message: "the first wait is here", span: keyAt(retry, ["backoff"]) }],
        help: "make max at least as long as backoff"
      }
    )
  const on = retry.get("on")
  if (on?.kind === "list") checkCauses(context, on.items, retry)
}

const checkCauses = (
  { problems }: ManifestContext,
  causes: ReadonlyArray<YamlNode>,
  retry: YamlMap
): void => {
  if (causes.length === 0)
    problems.report("SP0329", "nothing is ever retried", keyAt(retry, ["on"]), {
      help: "name what is, or drop retry"
    })
  const seen = new Set<unknown>()
  for (const cause of causes) {
    if (cause.kind !== "scalar") continue
    if (seen.has(cause.value))
      problems.report("SP0329", `${String(cause.value)} is in the list twice`, cause.span)
    seen.add(cause.value)
  }
}

const millisAt = (owner: YamlMap, key: string): number | undefined => {
  const text = textAt(owner, key)
  return text === undefined ? undefined : durationMillis(text)
}
