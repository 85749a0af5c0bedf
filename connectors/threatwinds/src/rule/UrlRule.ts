import { accepted, refused, textRule } from "./AttributeRule.ts"
import { parseRequestUri } from "./RequestUri.ts"

/**
 * An absolute URL with a host. Scheme and host are in lower case, the case of the rest stays; a path with characters
 * that must be escaped is escaped anew, and a `#` in a path counts as one of them (`/a#b` is `/a%23b`), as Go's
 * `url.ParseRequestURI` and `URL.String` have it. Stricter than ThreatWinds, which takes paths and `mailto:` as well.
 * Of the published ids of URLs none could be reproduced: that the service has this form is likely, not known.
 */
export const urlRule = textRule((text) => {
  const uri = parseRequestUri(text)
  if ("reason" in uri) return refused(uri.reason)
  if (uri.scheme === "" || uri.host === undefined || uri.host.isEmpty) return refused(notAbsolute)
  return accepted(`${uri.scheme}://${uri.userinfo}${uri.host.text}${uri.target}`)
})

const notAbsolute = "is not a URL with a scheme and a host, such as https://example.com/path"
