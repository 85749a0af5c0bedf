import { describe, expect, it } from "@effect/vitest"
import { redactedMark } from "@sallyport/runtime"
import { Environment } from "../src/Environment.ts"
import { jsonLine } from "../src/JsonOutput.ts"
import { plainText } from "../src/PlainText.ts"
import { anywhere, maskSecrets } from "../src/SecretMask.ts"

describe("what is printed", () => {
  it("JSON is what it was once it is read, and holds nothing that a terminal obeys", () => {
    const value = { text: "\u001b[31m \u009b31m \u202e \u2028 ok é 漢", list: [1, null] }
    const line = jsonLine(value)
    expect(JSON.parse(line)).toEqual(value)
    expect(line).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/)
    expect(line).toContain("ok é 漢")
  })

  it("a message keeps its lines and nothing else that moves the cursor", () => {
    expect(plainText("one\ntwo\r\u001b[2J\u009bthree")).toBe("one\ntwo [2J three")
  })

  it("a secret is masked wherever its schema says, at any depth, and nothing else is", () => {
    const value = {
      keys: [{ id: 1, secret: "a" }, { id: 2 }],
      tree: { a: { b: { token: "t" } } },
      other: "o"
    }
    const masked = maskSecrets(value, [
      ["keys", "*", "secret"],
      ["tree", "**", "token"]
    ])
    expect(masked).toEqual({
      keys: [{ id: 1, secret: redactedMark }, { id: 2 }],
      tree: { a: { b: { token: redactedMark } } },
      other: "o"
    })
    expect(maskSecrets(value, [])).toBe(value)
    expect(maskSecrets({ id: 1, secret: "a" }, anywhere([["keys", "*", "secret"]]))).toEqual({
      id: 1,
      secret: redactedMark
    })
  })
})

describe("the environment", () => {
  it("lower case goes before upper case, an empty variable is none, and loopback needs no proxy", () => {
    const environment = Environment.fromVariables({
      HTTPS_PROXY: "http://upper.example",
      https_proxy: "http://lower.example",
      HTTP_PROXY: "",
      NO_PROXY: "a.example, .b.example",
      SALLYPORT_CA_FILE: "ca.pem",
      SALLYPORT_ALLOW_HTTP: "0",
      XDG_STATE_HOME: "/state"
    })
    expect(environment).toMatchObject({
      manifests: "manifests",
      stateDirectory: "/state/sallyport",
      allowHttp: false,
      caFiles: ["ca.pem"],
      proxy: {
        https: "http://lower.example",
        http: undefined,
        bypass: ["localhost", "127.0.0.1", "[::1]", "a.example", ".b.example"]
      }
    })
    expect(environment.connections).toBeUndefined()
    expect(Environment.fromVariables({ SALLYPORT_ALLOW_HTTP: "1" }).allowHttp).toBe(true)
  })
})
