import type * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import { plainText } from "./PlainText.ts"

/** Warnings and the like as lines on standard error, as everything else for people: standard output is the result's. */
export const logLines: Layer.Layer<never> = Logger.layer([
  Logger.make(({ logLevel, message }) => {
    const parts: ReadonlyArray<unknown> = Array.isArray(message) ? message : [message]
    const text = parts.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(" ")
    process.stderr.write(`sallyport: ${logLevel.toLowerCase()}: ${plainText(text)}\n`)
  })
])
