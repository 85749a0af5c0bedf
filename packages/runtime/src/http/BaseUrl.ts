import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { fillPath, type UrlValue } from "./PathTemplate.ts"
import { type QueryValue, queryString } from "./QueryString.ts"
import { RequestTarget } from "./RequestTarget.ts"

/** What a base URL may be besides https. */
export interface BaseUrlOptions {
  /** Plain http to any host. Default: to the own machine only. */
  readonly allowHttp?: boolean
}

/** The parts of a request that make its address. */
export interface TargetParts {
  /** A path with `{name}` places, from the root of the API: `/feeds/{id}`. */
  readonly path: string
  readonly params?: Readonly<Record<string, UrlValue | null | undefined>>
  readonly query?: Readonly<Record<string, QueryValue>>
}

/** The root of an API: an origin and a path prefix that is kept. */
export class BaseUrl {
  /** Scheme, host and port. */
  readonly origin: string
  /** `""` or `/prefix`, without a slash at its end. */
  readonly prefix: string

  private constructor(url: URL) {
    this.origin = url.origin
    this.prefix = withoutSlashes(url.pathname)
  }

  /**
   * Reads a base URL. Refused, with a sentence that never repeats the text (it may hold a password): what is no absolute
   * URL, schemes other than https, http to another machine unless allowed, user name or password, query, fragment.
   */
  static parse(text: string, options: BaseUrlOptions = {}): Result.Result<BaseUrl, string> {
    // `new URL` drops white space and control characters and reads "\" as "/": what is shown would not be what is used.
    if (/[\p{Cc}\p{Z}\\]/u.test(text)) {
      return Result.fail("a base URL may not hold spaces, control characters or backslashes")
    }
    if (!/^https?:\/\/[^/]/iu.test(text) || !URL.canParse(text)) {
      return Result.fail('a base URL must be an absolute address such as "https://api.example.com"')
    }
    if (/[?#]/u.test(text)) return Result.fail("a base URL may not hold a query or a fragment")
    const url = new URL(text)
    // Also an empty user name, which `new URL` drops.
    if (/^[^/]*\/\/[^/]*@/u.test(text)) {
      return Result.fail(
        "a base URL may not hold a user name or a password: use the secrets of the connection"
      )
    }
    if (url.protocol === "http:" && options.allowHttp !== true && !isLoopback(url.hostname)) {
      return Result.fail("a base URL must be https: plain http would show the credentials to the network")
    }
    return Result.succeed(new BaseUrl(url))
  }

  /**
   * The address of one request: prefix, then path, then query. Where the prefix ends in `/api` and the path begins with
   * `/api`, it stands once: people give the base URL with and without it. Fails with a sentence that names the parameter
   * and not its value; see `fillPath` and `queryString`.
   */
  target(parts: TargetParts): Result.Result<RequestTarget, string> {
    const path = fillPath(parts.path, parts.params ?? {})
    if (Result.isFailure(path)) return Result.fail(path.failure)
    const query = queryString(parts.query ?? {})
    if (Result.isFailure(query)) return Result.fail(query.failure)
    const doubled = this.prefix.endsWith("/api") && /^\/api(?:\/|$)/u.test(parts.path)
    const prefix = doubled ? this.prefix.slice(0, -"/api".length) : this.prefix
    const search = query.success === "" ? "" : `?${query.success}`
    return Result.succeed(new RequestTarget(this.origin + prefix + path.success + search, sensitiveOf(parts)))
  }

  /**
   * The address of a link that the upstream gave, such as the next page: absolute, or relative to the request that it
   * came with. Its query is sensitive: it may hold a cursor. Fails with a sentence that does not repeat the link if it
   * is no address, longer than 8,192 characters, holds credentials or leaves the origin, so that no upstream can send
   * our credentials elsewhere.
   */
  follow(link: string, from: RequestTarget): Result.Result<RequestTarget, string> {
    const url = link === "" || link.length > longestLink ? null : URL.parse(link, from.href)
    if (url === null) return Result.fail("the link to follow is not an address")
    if (url.origin !== this.origin || url.username !== "" || url.password !== "") {
      return Result.fail(`the link to follow leaves "${this.origin}"`)
    }
    url.hash = ""
    const sensitive = [...url.searchParams.values()].map((value) => Redacted.make(value))
    return Result.succeed(new RequestTarget(url.href, sensitive))
  }
}

/** The longest link that is followed, in UTF-16 units. */
const longestLink = 8192

/** Whether a host name means this machine: `localhost` and below (RFC 6761 §6.3), 127.0.0.0/8, `::1`. */
function isLoopback(hostname: string): boolean {
  return (
    hostname === "[::1]" ||
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    // `new URL` has already written every IPv4 form as four decimal numbers.
    /^127(?:\.\d{1,3}){3}$/u.test(hostname)
  )
}

/** By hand: a pattern for this takes time with the square of the slashes. */
function withoutSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === "/") end--
  return path.slice(0, end)
}

function sensitiveOf(parts: TargetParts): ReadonlyArray<Redacted.Redacted> {
  const values = [...Object.values(parts.params ?? {}), ...Object.values(parts.query ?? {})]
  return values.flat().filter((value) => Redacted.isRedacted(value))
}
