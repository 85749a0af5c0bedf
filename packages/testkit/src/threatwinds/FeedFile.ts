import * as zlib from "node:zlib"
import type { Entity } from "./EntityStore.ts"

/** A feed that can be downloaded. */
export interface ThreatWindsFeed {
  /** The type of the entities in it. */
  readonly name: string
  readonly type: "accumulative" | "daily"
  readonly accuracy: "level1" | "level2" | "level3"
}

/** The feeds that the simulated service has. */
export const threatWindsFeeds: ReadonlyArray<ThreatWindsFeed> = ["ip", "domain", "url", "sha256"].flatMap(
  (name) => [
    { name, type: "accumulative", accuracy: "level1" },
    { name, type: "daily", accuracy: "level3" }
  ]
)

/** Bad entities of one type: lines of JSON for a daily feed, in a `.tar.gz` for an accumulative one. */
export function feedFile(feed: ThreatWindsFeed, entities: ReadonlyArray<Entity>): Buffer {
  const lines = entities
    .filter(({ reputation, type }) => type === feed.name && reputation < 0)
    .map(
      ({ attributes, id, reputation, type }) =>
        `${JSON.stringify({ id, [type]: attributes[type] ?? null, reputation })}\n`
    )
  const content = Buffer.from(lines.join(""))
  return feed.type === "daily" ? content : zlib.gzipSync(tar(`${feed.name}.ndjson`, content))
}

/** A tape archive (ustar) of one file. */
function tar(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512)
  const fields: ReadonlyArray<readonly [at: number, text: string]> = [
    [0, name],
    [100, octal(0o644, 7)],
    [108, octal(0, 7)],
    [116, octal(0, 7)],
    [124, octal(content.length, 11)],
    [136, octal(0, 11)],
    // The sum counts its own field as blanks.
    [148, " ".repeat(8)],
    [156, "0"],
    [257, "ustar\x0000"]
  ]
  for (const [at, text] of fields) header.write(text, at, "latin1")
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1")
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512)
  return Buffer.concat([header, content, padding, Buffer.alloc(1024)])
}

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, "0")}\0`
