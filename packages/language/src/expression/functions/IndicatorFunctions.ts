import * as Type from "../../types/Type.ts"
import { type FunctionDefinition, overload } from "../FunctionDefinition.ts"
import { defang } from "./Defang.ts"
import { fn } from "./Define.ts"
import { iocTypeOf, iocTypes } from "./IocType.ts"
import { text } from "./Params.ts"
import { refang } from "./Refang.ts"

/** Indicators of compromise in text: making them harmless, live again, and telling what they are. */
export const indicatorFunctions: ReadonlyArray<FunctionDefinition> = [
  fn("indicators", "defang", {
    doc: "The text with the URLs, domain names, IP and e-mail addresses in it made harmless: `hxxp://`, `[.]`, `[@]`, `[:]`. What is harmless already stays, so it can be applied twice. Paths, `e.g.`, `1.2.3` and file names such as `report.pdf` stay as they are.",
    overloads: [spending(defang)],
    examples: [
      ['defang("http://evil.example.com/a.php")', '"hxxp://evil[.]example[.]com/a.php"'],
      ['defang("mail from bob@evil.org, see report.pdf")', '"mail from bob[@]evil[.]org, see report.pdf"'],
      ['defang("10.0.0.1 and 2001:db8::1")', '"10[.]0[.]0[.]1 and 2001[:]db8[:][:]1"'],
      ['defang("evil[.]com")', '"evil[.]com"']
    ]
  }),
  fn("indicators", "refang", {
    doc: "The text with defanged indicators made live again: `hxxp`, `fxp`, `[.]`, `(.)`, `{.}`, `[dot]`, `[@]`, `[at]`, `[:]`, `[://]`, in any case and with spaces around. Gives back what `defang` was given.",
    overloads: [spending(refang)],
    examples: [
      ['refang("hXXps[://]evil[.]example(dot)com/a")', '"https://evil.example.com/a"'],
      ['refang("bob [at] evil [dot] org")', '"bob@evil.org"']
    ]
  }),
  fn("indicators", "ioc.type", {
    doc: `The kind of indicator that the whole text is, by its form: ${iocTypes.map((type) => `\`${type}\``).join(", ")}. Defanged text is \`unknown\`: use \`refang\` before.`,
    overloads: [
      overload(
        [text("text")],
        Type.stringOf(...iocTypes),
        (value, c) => {
          c.spend(typeSteps + (value.length >>> 4))
          return iocTypeOf(value)
        },
        { fallible: true }
      )
    ],
    examples: [
      ['ioc.type("8.8.8.8")', '"ipv4"'],
      ['ioc.type("https://example.com/a")', '"url"'],
      ['ioc.type("d41d8cd98f00b204e9800998ecf8427e")', '"md5"'],
      ['ioc.type("report.pdf")', '"unknown"']
    ]
  })
]

/** An address is tried first. */
const typeSteps = 50

/** Both look at each character several times: 20 ns in ordinary text, 100 ns in text made of schemes. */
function spending(convert: (text: string) => string) {
  return overload(
    [text("text")],
    Type.string,
    (value, c) => {
      c.spend(value.length)
      return convert(value)
    },
    { fallible: true }
  )
}
