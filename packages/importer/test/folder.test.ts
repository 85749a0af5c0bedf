import { describe, expect, layer } from "@effect/vitest"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import { importSekoiaModule } from "../src/index.ts"
import { head } from "./ImportedText.ts"

/** A folder that is gone after the test. */
const folder = Effect.fn(function* (files: { readonly [name: string]: string | Uint8Array }) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const directory = yield* fs.makeTempDirectoryScoped()
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(directory, name)
    yield* typeof content === "string" ? fs.writeFileString(file, content) : fs.writeFile(file, content)
  }
  return directory
})

describe("a folder", () => {
  layer(NodeServices.layer)((it) => {
    it.effect("is imported from its files, with its icon", () =>
      Effect.gen(function* () {
        const directory = yield* folder({
          "manifest.json": `\ufeff${JSON.stringify(head)}`,
          "action_run.json": JSON.stringify({ name: "Run it" }),
          "action_old.json.bak": "{",
          "logo.svg": "<svg/>",
          "main.py": "print()"
        })
        const module = yield* importSekoiaModule(directory)
        expect(module).toMatchObject({
          name: "acme_desk",
          actions: 1,
          triggers: 0,
          unreadable: [],
          warnings: []
        })
        expect(module.yaml).toContain("icon: logo.svg\n")
      })
    )

    it.effect("lists files that are too large, no UTF-8, no files, or links that lead out of it", () =>
      Effect.gen(function* () {
        const fs = yield* FileSystem.FileSystem
        const path = yield* Path.Path
        const outside = yield* folder({ "secret.json": '{ "name": "hunter2" }' })
        const directory = yield* folder({
          "manifest.json": JSON.stringify(head),
          "action_large.json": `"${"x".repeat(1_048_576)}"`,
          "action_latin.json": Uint8Array.of(0x22, 0xe9, 0x22)
        })
        yield* fs.makeDirectory(path.join(directory, "action_folder.json"))
        yield* fs.symlink(path.join(outside, "secret.json"), path.join(directory, "action_link.json"))
        yield* fs.symlink(path.join(outside, "none.json"), path.join(directory, "action_none.json"))
        const module = yield* importSekoiaModule(directory)
        expect(module.unreadable.map(({ message }) => message)).toEqual([
          "action_folder.json: is no file",
          "action_large.json: is larger than 1048576 bytes",
          "action_latin.json: is no UTF-8; save it as UTF-8",
          "action_link.json: is a link that leads out of the folder",
          "action_none.json: cannot be read (NotFound); check that it may be read"
        ])
        expect(JSON.stringify(module)).not.toContain("hunter2")
      })
    )

    it.effect("that does not exist is an error that says what to give", () =>
      Effect.gen(function* () {
        const directory = yield* folder({})
        const error = yield* Effect.flip(importSekoiaModule(`${directory}/none`))
        expect(error).toMatchObject({
          _tag: "ImportError",
          directory: `${directory}/none`,
          message: `cannot list the folder ${directory}/none: give the folder of a module, which holds a manifest.json`
        })
      })
    )
  })
})
