import type { CodeTable } from "@sallyport/language"
import { connectionExample as example } from "./ConnectionExample.ts"

/** Codes SP0401 to SP0411: files of connections. */
export const connectionCodes = {
  SP0401: {
    title: "A key that connections do not have",
    severity: "error",
    what: "A connection has the keys `connector`, `config` and `secrets`, and nothing else.",
    why: "A misspelt key would silently do nothing.",
    example: example(
      "  example:\n    secret: { api_key: { env: EXAMPLE_API_KEY } }",
      "  example:\n    secrets: { api_key: { env: EXAMPLE_API_KEY } }"
    )
  },
  SP0402: {
    title: "The key connections is missing",
    severity: "error",
    what: "The file has one key, `connections`, and all connections are under it.",
    why: "Another file may have been meant.",
    example: {
      language: "connections",
      wrong: "{}\n",
      right: "connections: {}\n"
    }
  },
  SP0403: {
    title: "A value of the wrong kind in a connection",
    severity: "error",
    what: "A text, a number, a list or a map stands where something else is expected. The value is not shown: it may be a secret.",
    why: "It has no meaning there.",
    example: example("  example:\n    connector: [example]", "  example:\n    connector: example")
  },
  SP0404: {
    title: "A name that no connection can have",
    severity: "error",
    what: "The name of a connection begins with a small letter and has small letters, digits and `_`, at most 64.",
    why: "It becomes the name of variables and files, and a word of playbooks and commands.",
    example: example("  Example-Prod: { connector: example }", "  example_prod: { connector: example }")
  },
  SP0405: {
    title: "A connector that there is not",
    severity: "error",
    what: "The connection names a connector that is not known. Without `connector`, the connection's own name is the connector's.",
    why: "Nothing says which settings and secrets it has.",
    example: example("  prod: { connector: exampel }", "  prod: { connector: example }")
  },
  SP0406: {
    title: "A setting or secret that the connector does not have",
    severity: "error",
    what: "The connector's manifest declares no such setting or secret.",
    why: "It would silently do nothing, and what was meant would be missing or have its default.",
    example: example(
      "  example:\n    config: { base_uri: https://api.example.com }",
      "  example:\n    config: { base_url: https://api.example.com }"
    )
  },
  SP0407: {
    title: "A setting that does not fit its schema",
    severity: "error",
    what: "The value of the setting is not what the connector's manifest says it is.",
    why: "The service would be asked in a way that it does not understand, or another service than the one that was meant.",
    example: example("  example:\n    config: { depth: deep }", "  example:\n    config: { depth: 3 }")
  },
  SP0408: {
    title: "A secret that is written down",
    severity: "error",
    what: "A secret stands where it should be said where the secret is: `{ env: NAME }`, `{ file: PATH }` or `{ command: [PROGRAM, …] }`.",
    why: "This file is read, copied and committed by many. If the secret is a real one, change it: it may have been seen already.",
    example: example(
      "  example:\n    secrets: { api_key: not-a-real-key }",
      "  example:\n    secrets: { api_key: { env: EXAMPLE_API_KEY } }"
    )
  },
  SP0409: {
    title: "Not one source of a secret",
    severity: "error",
    what: "A secret comes from one place: the key is `env`, `file` or `command`.",
    why: "From none there is no secret, and of several nobody could say which one is used.",
    example: example(
      "  example:\n    secrets: { api_key: { env: EXAMPLE_API_KEY, file: /run/secrets/example } }",
      "  example:\n    secrets: { api_key: { file: /run/secrets/example } }"
    )
  },
  SP0410: {
    title: "A source of a secret that cannot be one",
    severity: "error",
    what: "`env` is the name of a variable, `file` a path, and `command` a list of the program and its arguments, which no shell reads.",
    why: "Nothing could be read from it.",
    example: example(
      "  example:\n    secrets: { api_key: { command: pass show example } }",
      "  example:\n    secrets: { api_key: { command: [pass, show, example] } }"
    )
  },
  SP0411: {
    title: "One variable for two things",
    severity: "error",
    what: "What a connection leaves out is read from the variable `CONNECTION_PROPERTY`, in capital letters. Here two properties have the same.",
    why: "One of them would be given what was meant for the other: a secret could be sent to the wrong service.",
    example: example(
      "  example: {}\n  example_api: { connector: example }",
      "  example: {}\n  example_two: { connector: example }"
    )
  }
} as const satisfies CodeTable
