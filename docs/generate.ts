/** Writes all generated documents: `pnpm run docs`. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { generatedDirectories, generatedDocs } from "./GeneratedDocs.ts"

const root = join(import.meta.dirname, "..")
const docs = generatedDocs()
const paths = new Set(docs.map((doc) => doc.path))

for (const directory of generatedDirectories) {
  if (!existsSync(join(root, directory))) continue
  for (const name of readdirSync(join(root, directory)))
    if (!paths.has(`${directory}/${name}`)) rmSync(join(root, directory, name), { recursive: true })
}
for (const { path, content } of docs) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}
console.log(`${docs.length} documents written`)
