/**
 * Runs every `bench/*.bench.ts` one after another, each in a process of its own so that none warms up or slows down
 * another. Arguments choose by name: `pnpm bench expressions`. Exits with 1 when a benchmark crashes or none matches.
 */
import { spawnSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { join } from "node:path"

const wanted = process.argv.slice(2)
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".bench.ts"))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .toSorted()

const crashed = files.filter((name) => {
  process.stdout.write(`\n=== ${name}\n`)
  return spawnSync(process.execPath, [join(import.meta.dirname, name)], { stdio: "inherit" }).status !== 0
})

if (files.length === 0) process.stderr.write("no benchmark matches\n")
for (const name of crashed) process.stderr.write(`${name} failed\n`)
process.exitCode = files.length === 0 || crashed.length > 0 ? 1 : 0
