import { accepted, refused, type TextRule, textRule } from "./AttributeRule.ts"

/** Hexadecimal digits of any even number, in lower case. */
export const hexRule = textRule((text) => {
  if (/^0x/i.test(text)) return refused('starts with "0x"; leave that out')
  if (/^[0-9a-f]{2}(?:[: -][0-9a-f]{2})+$/i.test(text)) {
    return refused("has separators between its bytes; leave them out")
  }
  if (!isHex(text)) return refused("is not hexadecimal: only 0-9 and a-f")
  if (text.length % 2 !== 0) return refused("has an odd number of hexadecimal digits")
  return accepted(text.toLowerCase())
})

/** A hash of that name in hexadecimal, in lower case, with one of these numbers of digits. */
export const hashRule = (name: string, ...lengths: ReadonlyArray<number>): TextRule =>
  textRule((text) => {
    if (!isHex(text)) return refused(`is not a ${name} hash: only 0-9 and a-f`)
    if (lengths.includes(text.length)) return accepted(text.toLowerCase())
    return refused(`is not a ${name} hash, which has ${lengths.join(" or ")} digits: it has ${text.length}`)
  })

const isHex = (text: string): boolean => /^[0-9a-f]+$/i.test(text)
