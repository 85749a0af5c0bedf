import type { CodeExample } from "@sallyport/language"

/** The file that examples of connections stand in. */
export const connectionExampleFile = "connections.yaml"

/** The manifest of the only connector that examples of connections know: the content of `example.yaml`. */
export const connectionExampleManifest = `connector: example
version: 1.0.0
title: Example
connection:
  config:
    base_url?: { type: string, format: uri, default: https://api.example.com }
    depth?: { type: integer, minimum: 1, default: 3 }
  secrets:
    api_key: {}
    key?: {}
`

/** An example that is a file of connections; what is shown is put under `connections`. */
export const connectionExample = (wrong: string, right: string): CodeExample => ({
  language: "connections",
  wrong: `connections:\n${wrong}\n`,
  right: `connections:\n${right}\n`
})
