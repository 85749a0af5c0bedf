import type { Random } from "./Random.ts"

/** Texts that functions have a meaning for, by what they are. */
export const texts = {
  plain: ["", "a", "b", "ab", "abc", "hello world", "A,b,C", "  padded\t", "x=1&y=2"],
  odd: [
    "😀",
    "a😀b",
    "é́",
    "}}",
    "${{ x }}",
    "__proto__",
    "constructor",
    'say "hi"',
    "it's",
    "back\\slash",
    "line\nbreak",
    "\u0000",
    "\u2028",
    "\ud800",
    "%d of %s"
  ],
  number: ["0", "-7", "42", "9007199254740991", "1.5", "-2.5e3", "NaN", "true", "f"],
  ip: ["10.0.0.1", "8.8.8.8", "127.0.0.1", "::1", "2001:db8::1", "fe80::1", "::ffff:10.0.0.1", "224.0.0.1"],
  cidr: ["10.0.0.0/8", "2001:db8::/32", "192.168.1.7/24", "0.0.0.0/0"],
  base64: ["aGVsbG8=", "", "8J+YgA==", "YQ"],
  hex: ["", "61", "c3a9", "F09F9880"],
  json: ["null", "[1, 2]", '{"a": {"b": "c"}}', '"x"', "1.5", '{"__proto__": 1}'],
  timestamp: ["2024-05-01T12:00:00Z", "1969-12-31T23:59:59.999999999Z", "2000-02-29T00:00:00+05:30"],
  duration: ["1h30m", "-1.5s", "0s", "250ms", "1000000h"],
  zone: ["UTC", "Europe/Paris", "+02:00", "-11:30"],
  indicator: ["http://evil.example.com/a?b=1", "hxxp://evil[.]example[.]com", "bob@evil.org", "CVE-2024-3094"]
} as const satisfies { readonly [kind: string]: ReadonlyArray<string> }

export type TextKind = keyof typeof texts

const kinds: ReadonlyArray<TextKind> = [
  "plain",
  "odd",
  "number",
  "ip",
  "cidr",
  "base64",
  "hex",
  "json",
  "timestamp",
  "duration",
  "zone",
  "indicator"
]

/** A text: plain, odd, or one that some function reads. */
export const randomText = (random: Random): string => {
  const kind = random.chance(0.4) ? "plain" : random.chance(0.4) ? "odd" : random.pick(kinds)
  const text: string = random.pick<string>(texts[kind])
  return random.chance(0.1) ? text + random.pick<string>(texts.odd) : text
}

/** Patterns that RE2 accepts; at most one group. */
export const patterns: ReadonlyArray<string> = [
  "a",
  "^a",
  "b$",
  "[a-z]+",
  "(?i)HELLO",
  "\\d+",
  "(\\w)",
  ".",
  "",
  "x*",
  "\\p{So}",
  "(?:ab|a)"
]

/** A text as a string literal, in one of the forms that the language has. */
export const quoted = (random: Random, text: string): string => {
  const form = random.below(6)
  if (form === 0 && !/['\\\r\n]/.test(text)) return `'${text}'`
  if (form === 1 && !/["\r\n]/.test(text)) return `r"${text}"`
  if (form === 2 && !/['\\\r]/.test(text)) return `'''${text}'''`
  return escaped(text)
}

/** A text in double quotes. */
export const escaped = (text: string): string =>
  `"${text.replaceAll(/["\\\n\r\u0000]/g, (char) => escapes.get(char) ?? char)}"`

const escapes = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\u0000", "\\u0000"]
])
