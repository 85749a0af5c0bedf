import { accepted, refused, textRule } from "./AttributeRule.ts"

/** A port from 1 to 65535, `/` and `tcp` or `udp` in lower case. */
export const portRule = textRule((text) => {
  const [, port] = /^([1-9]\d{0,4})\/(?:tcp|udp)$/i.exec(text) ?? []
  if (port !== undefined && Number(port) <= 65_535) return accepted(text.toLowerCase())
  return refused("is not a port from 1 to 65535 with its protocol, such as 443/tcp or 53/udp")
})
