/**
 * Proves that every package can be published: builds it from a copy of the sources, packs it, unpacks the tarball as a
 * user would have it, and type-checks and runs an import of it there. Needs no network: dependencies are linked from
 * this repository's `node_modules`. Run it with pnpm: `pnpm verify:pack`. Exits with 1 at the first fault.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { Consumer } from "./Consumer.ts"
import { packWorkspace } from "./PackedWorkspace.ts"

const repository = resolve(import.meta.dirname, "../..")
const temporary = mkdtempSync(join(tmpdir(), "sallyport-pack-"))
try {
  const packages = packWorkspace(repository, join(temporary, "workspace"))
  const consumer = new Consumer(join(temporary, "consumer"), packages)
  for (const { name } of packages) {
    process.stdout.write(`${name}: ${consumer.verify(name)}\n`)
  }
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
