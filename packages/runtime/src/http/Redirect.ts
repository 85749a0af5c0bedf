import type { AttemptFailure } from "./AttemptFailure.ts"

/** The most redirects of one request. */
const mostRedirects = 5

/** A request that a redirect leads to. */
export interface Redirected {
  readonly _tag: "Follow"
  readonly href: string
  readonly method: string
  /** Whether the body is sent again. */
  readonly withBody: boolean
}

/** A redirect that is not followed. */
export interface Refused {
  readonly _tag: "Refuse"
  readonly failure: AttemptFailure
}

/** Whether a status is a redirect with a place to go to (RFC 9110 §15.4). */
export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308
}

/**
 * What to do about a redirect. Followed within the origin only, so that credentials never leave it: GET and HEAD always,
 * other methods with 307 and 308 (same method, same body), and 303 as a GET. 301 and 302 of other methods are refused:
 * clients disagree on whether the method stays (RFC 9110 §15.4.2, note).
 */
export function redirect(
  from: { readonly href: string; readonly method: string },
  status: number,
  location: string | undefined,
  hops: number
): Redirected | Refused {
  const url = location === undefined || location === "" ? null : URL.parse(location, from.href)
  if (url === null) return refuse(status, "Malformed", `answered with a redirect (${status}) to nowhere`)
  url.hash = ""
  if (url.origin !== new URL(from.href).origin || url.username !== "" || url.password !== "") {
    const place = url.origin === "null" ? "another scheme" : `another origin, "${url.origin}"`
    return refuse(status, "Upstream", `redirects (${status}) to ${place}: check the base URL`)
  }
  if (hops >= mostRedirects) {
    return refuse(status, "Upstream", `redirects more than ${mostRedirects} times: check the base URL`)
  }
  const safe = from.method === "GET" || from.method === "HEAD"
  if (safe || status === 307 || status === 308) {
    return { _tag: "Follow", href: url.href, method: from.method, withBody: true }
  }
  if (status === 303) return { _tag: "Follow", href: url.href, method: "GET", withBody: false }
  return refuse(
    status,
    "Upstream",
    `redirects a ${from.method} (${status}) without saying how: check the base URL`
  )
}

function refuse(status: number, tag: "Malformed" | "Upstream", problem: string): Refused {
  return {
    _tag: "Refuse",
    failure: {
      reason: tag === "Upstream" ? { _tag: tag, status } : { _tag: tag },
      problem,
      status,
      transient: false,
      // 302 and 303 are also how a server says "done, look there".
      ambiguous: status === 302 || status === 303
    }
  }
}
