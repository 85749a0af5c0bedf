#!/usr/bin/env node
import { enableCompileCache } from "node:module"
import { homedir } from "node:os"
import { join } from "node:path"

// Compiled code is kept for the next start, which then takes a third of the time. In the user's own cache: in a directory
// that others can write to, it would be theirs to change.
// oxlint-disable-next-line node/no-process-env -- needed before anything else is loaded
const { XDG_CACHE_HOME } = process.env
const cacheHome =
  XDG_CACHE_HOME !== undefined && XDG_CACHE_HOME !== "" ? XDG_CACHE_HOME : join(homedir(), ".cache")
enableCompileCache(join(cacheHome, "sallyport", "node"))

const { runMain } = await import("./ProcessMain.ts")
runMain()
