import { renderTable } from "../Table.ts"
import type { StreamStyle } from "../StandardStreams.ts"
import type { Entity } from "@sallyport/connector-stix"
import type { CallCounters } from "./CallCounters.ts"
import { counted } from "./CountedNoun.ts"
import type { ServiceRecords } from "./SimulatedServices.ts"

/** What the demo did: what `--json` prints. */
export interface DemoReport {
  readonly services: "simulated" | "live"
  readonly feed: {
    readonly pages: number
    readonly objects: number
    /** Items that do not fit the schema of objects; they are not among the objects. */
    readonly rejected: number
    /** Whether the feed goes on behind what was read. */
    readonly more: boolean
  }
  /** `indicators` and `others` are all objects. */
  readonly objects: { readonly indicators: number; readonly others: number }
  readonly observables: {
    /** `reportable` and `refused` are all of them. */
    readonly found: number
    readonly kinds: Counts
    readonly reportable: number
    readonly refused: Counts
    /** Indicators that hold none, by the reason. */
    readonly without: Counts
  }
  readonly lookups: { readonly asked: number; readonly known: number; readonly indicated: number }
  readonly reports: {
    /** Whether reports and comments were sent. */
    readonly sent: boolean
    /** `reported` and `refused` are all of them, if they were sent. */
    readonly planned: number
    readonly reported: number
    readonly entities: number
    /** The sentences of those that ThreatWinds' rules refuse, of which nothing was sent. */
    readonly refused: ReadonlyArray<string>
    readonly comments: number
  }
  readonly calls: CallCounters
  readonly seconds: number
  /** What the simulated services counted. */
  readonly recorded?: ServiceRecords
  /** What would be sent, where nothing was. */
  readonly wouldSend?: ReadonlyArray<Entity>
}

interface Counts {
  readonly [name: string]: number
}

/** The report for people, with what to try next. */
export const demoText = (report: DemoReport, { width }: StreamStyle): string =>
  [
    "",
    renderTable({ titles: ["WHAT", "COUNT", "IN DETAIL"], rows: rowsOf(report) }, width, "  "),
    ...(report.wouldSend === undefined ? [] : [preview(report.wouldSend, width)]),
    ...(report.recorded === undefined ? [] : [agreement(report, report.recorded)]),
    next(report.services)
  ].join("\n")

const rowsOf = ({
  calls,
  feed,
  lookups,
  objects,
  observables,
  reports,
  seconds
}: DemoReport): ReadonlyArray<ReadonlyArray<string>> => {
  const refused = sum(observables.refused)
  const retries = sum(calls.retries)
  return [
    [
      "objects read",
      `${feed.objects}`,
      `${counted(feed.pages, "page")}${feed.more ? ", the feed has more" : ""}: ${counted(objects.indicators, "indicator")}, ${objects.others} of other types`
    ],
    ...row("items set aside", feed.rejected, "they do not fit the schema; the rest of their page is used"),
    ...row("indicators without value", sum(observables.without), listed(observables.without)),
    ["observables", `${observables.found}`, listed(observables.kinds)],
    ...row("not to be reported", refused, listed(observables.refused)),
    [
      "values looked up",
      `${lookups.asked}`,
      `${lookups.known} known to Sekoia, which relates them to ${counted(lookups.indicated, "threat")}`
    ],
    ...(reports.sent
      ? [
          [
            "reports",
            `${reports.reported}`,
            `of ${counted(reports.entities, "entity")}, accepted by ThreatWinds`
          ]
        ]
      : [["reports", "0", `${reports.planned} would be sent`]]),
    ...row("refused reports", reports.refused.length, shortened(reports.refused)),
    [
      "comments",
      `${reports.comments}`,
      reports.sent ? "on reported entities" : "none are sent without --write"
    ],
    [
      "HTTP calls",
      `${calls.calls}`,
      retries === 0 ? "none had to be repeated" : `${retries} repeated: ${listed(calls.retries, retryWords)}`
    ],
    ["seconds", seconds.toFixed(1), waits(calls.waitedMillis)]
  ]
}

const row = (what: string, count: number, detail: string): ReadonlyArray<ReadonlyArray<string>> =>
  count === 0 ? [] : [[what, `${count}`, detail]]

const sum = (counts: Counts): number => Object.values(counts).reduce((total, count) => total + count, 0)

const listed = (counts: Counts, words: { readonly [name: string]: string } = reasonWords): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${Object.hasOwn(words, name) ? words[name] : name}`)
    .join(", ")

/** What readers call the reasons that the connector names. */
const reasonWords: { readonly [reason: string]: string } = {
  marking: "by their TLP marking",
  revoked: "revoked",
  expired: "expired",
  "not-yet-active": "not yet valid",
  "refused-value": "that ThreatWinds does not take",
  "other-pattern-language": "not in STIX patterns",
  "invalid-pattern": "with a broken pattern",
  "no-pattern": "without a pattern"
}

const retryWords: { readonly [reason: string]: string } = {
  RateLimited: "after 429 (too many requests)",
  Upstream: "after a 5xx status",
  Network: "after a lost connection",
  Timeout: "after a timeout"
}

const waits = ({ backoff = 0, budget = 0, gate = 0 }: Counts): string =>
  [
    ["for the rate limit", budget],
    ["before repeating", backoff],
    ["for a free connection", gate]
  ]
    .flatMap(([why, millis]) =>
      typeof millis === "number" && millis >= 50 ? [`${(millis / 1000).toFixed(1)} s waited ${why}`] : []
    )
    .join(", ")

/** The first sentences, as many as a table bears. */
const shortened = (sentences: ReadonlyArray<string>): string => {
  const more = sentences.length > 2 ? `; and ${sentences.length - 2} more` : ""
  return `${sentences.slice(0, 2).join("; ")}${more}`
}

const preview = (entities: ReadonlyArray<Entity>, width: number): string => {
  if (entities.length === 0) return "Nothing of what was read may be reported to ThreatWinds.\n"
  const shown = entities.slice(0, 10)
  const rows = shown.map(({ attributes, reputation, tags, type }) => [
    type,
    String(attributes[type] ?? ""),
    `${reputation}`,
    tags.join(", ")
  ])
  const left = entities.length - shown.length
  const titles = ["TYPE", "VALUE", "REPUTATION", "TAGS"]
  const table = renderTable({ titles, rows }, width, "  ")
  const more = left === 0 ? "" : `  … and ${left} more; --json lists all.\n`
  return `Nothing was sent to ThreatWinds. With --write, these would be:\n\n${table}${more}`
}

const agreement = (
  { feed, reports }: DemoReport,
  { comments, entities, objects }: ServiceRecords
): string => {
  const agrees = objects === feed.objects && entities === reports.reported && comments === reports.comments
  const said = `${counted(objects, "object")}, ${counted(entities, "report")}, ${counted(comments, "comment")}`
  return agrees
    ? `The simulated services counted the same: ${said}.\n`
    : `The simulated services counted otherwise: ${said}. Please report this.\n`
}

const next = (services: DemoReport["services"]): string => {
  const commands = [
    ["pnpm sallyport connectors show sekoia", "what a connector can do"],
    [
      `pnpm sallyport call stix.check_pattern --set "pattern=[ipv4-addr:value = '198.51.100.7']"`,
      "call an action; this one needs no key"
    ],
    ["pnpm sallyport simulate", "the simulated services, for your own calls"],
    services === "simulated"
      ? ["pnpm sallyport demo --live", "the same with your keys; only reads"]
      : ["pnpm sallyport poll sekoia.feed --state feed.state", "read the feed and go on where it ended"]
  ]
  return `Go on with:\n\n${commands.map(([command, what]) => `  ${command}\n      ${what}\n`).join("")}`
}
