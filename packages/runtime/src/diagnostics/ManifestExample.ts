import type { CodeExample } from "@sallyport/language"

/** The file that examples of manifests stand in: a manifest's name must be that of its file. */
export const manifestExampleFile = "example.yaml"

/** An example that is a manifest: what is shown is put behind the keys that every manifest has. */
export const manifestExample = (wrong: string, right: string): CodeExample => ({
  language: "manifest",
  wrong: `${head}${wrong}\n`,
  right: `${head}${right}\n`
})

/** An example about one action that makes a request. */
export const requestExample = (wrong: string, right: string): CodeExample =>
  manifestExample(`${requestHead}    ${wrong}`, `${requestHead}    ${right}`)

const head = "connector: example\nversion: 1.0.0\ntitle: Example\n"

const requestHead =
  'http: { base: "https://api.example.com" }\nactions:\n  example:\n    summary: An example\n'
