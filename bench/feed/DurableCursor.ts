import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs"

/** Writes a cursor so that a crash leaves either the old or the new one: temporary file, fsync, rename. */
export const keepCursor = (path: string, text: string): void => {
  const file = openSync(`${path}.new`, "w", 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
}

/** What a client of the feed prints when it is done. */
export interface FeedRun {
  readonly objects: number
  readonly millis: number
  /** User and system time of the whole process. */
  readonly cpuMillis: number
  /** The most memory that was resident, in bytes. */
  readonly maxRss: number
}

/** Prints what a run came to. `began` is of `performance.now()`. */
export const reportRun = (objects: number, began: number): void => {
  const { maxRSS, systemCPUTime, userCPUTime } = process.resourceUsage()
  const run: FeedRun = {
    objects,
    millis: performance.now() - began,
    cpuMillis: (userCPUTime + systemCPUTime) / 1000,
    maxRss: maxRSS * 1024
  }
  process.stdout.write(`${JSON.stringify(run)}\n`)
}
