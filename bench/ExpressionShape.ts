import { createRequire } from "node:module"
import type { SecurityEvent } from "./SecurityEvent.ts"

/** Code written by hand for one shape. */
export interface HandWritten {
  readonly name: string
  readonly evaluate: (event: SecurityEvent) => unknown
}

/** One kind of expression that playbooks are full of, and what a careful person writes instead of it. */
export interface ExpressionShape {
  readonly name: string
  /**
   * The expression. `variant` 0 is what is evaluated; others differ in a literal, so that each is a text that nobody
   * has compiled before.
   */
  readonly source: (variant: number) => string
  /** The first one is what the others are compared with. */
  readonly handWritten: readonly [HandWritten, ...ReadonlyArray<HandWritten>]
}

/** `plain` and then, for other variants, something that no other variant has. */
const mark = (plain: string, variant: number): string => (variant === 0 ? plain : `${plain}${variant}`)

const javaScript = (evaluate: HandWritten["evaluate"]): HandWritten => ({
  name: "JavaScript by hand",
  evaluate
})

const encodedCommand = "-[Ee]nc(odedCommand)? [A-Za-z0-9+/=]{16,}"
const nativeRegex = new RegExp(encodedCommand)

/** re2js as the language package has it: the repository itself does not depend on it. */
interface Re2 {
  readonly RE2JS: { readonly compile: (pattern: string) => { readonly test: (text: string) => boolean } }
}
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `require` has no types
const { RE2JS } = createRequire(new URL("../packages/language/package.json", import.meta.url))("re2js") as Re2
const re2 = RE2JS.compile(encodedCommand)

const zones = new Set(["dmz", "guest", "partner"])

/** The six shapes of issue 2. What is required is read plainly, what is optional only as an own key. */
export const expressionShapes: ReadonlyArray<ExpressionShape> = [
  {
    name: "guard",
    source: (variant) =>
      `event.object.type == "indicator" && has(event.object.confidence) && event.object.confidence >= ${70 + variant}`,
    handWritten: [
      javaScript(({ object }) => {
        return (
          object.type === "indicator" &&
          Object.hasOwn(object, "confidence") &&
          object.confidence !== undefined &&
          object.confidence >= 70
        )
      })
    ]
  },
  {
    name: "prefix and membership",
    source: (variant) =>
      `event.host.startsWith("${mark("edge-", variant)}") && event.zone in ["dmz", "guest", "partner"]`,
    handWritten: [javaScript(({ host, zone }) => host.startsWith("edge-") && zones.has(zone))]
  },
  {
    name: "exists over 20",
    source: (variant) =>
      `event.observables.exists(o, o.type == "ipv4-addr" && o.value == "${mark("198.51.100.7", variant)}")`,
    handWritten: [
      javaScript(({ observables }) =>
        observables.some(({ type, value }) => type === "ipv4-addr" && value === "198.51.100.7")
      )
    ]
  },
  {
    name: "filter + map over 20",
    source: (variant) =>
      `event.observables.filter(o, o.type == "domain-name" && o.risk >= ${50 + variant}).map(o, o.value)`,
    handWritten: [
      javaScript(({ observables }) =>
        observables.filter(({ risk, type }) => type === "domain-name" && risk >= 50).map(({ value }) => value)
      )
    ]
  },
  {
    name: "concatenation",
    source: (variant) =>
      `"${mark("[", variant)}" + event.tenant + "] " + event.object.name + " on " + event.host`,
    handWritten: [javaScript(({ host, object, tenant }) => `[${tenant}] ${object.name} on ${host}`)]
  },
  {
    name: "regex",
    source: (variant) => `event.command.matches("${variant === 0 ? "" : variant}${encodedCommand}")`,
    handWritten: [
      javaScript(({ command }) => nativeRegex.test(command)),
      { name: "re2js by hand", evaluate: ({ command }) => re2.test(command) }
    ]
  }
]
