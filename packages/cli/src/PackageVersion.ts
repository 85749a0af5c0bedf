import { readFileSync } from "node:fs"

/** The version of this package, from beside `src` or `dist`. */
export const packageVersion = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"))
  const version: unknown =
    typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "version") : undefined
  return typeof version === "string" ? version : "unknown"
}
