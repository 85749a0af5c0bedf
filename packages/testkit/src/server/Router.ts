import type { ReceivedRequest } from "./ReceivedRequest.ts"
import { Refusal, type Reply } from "./Reply.ts"

/** One operation of a server. */
export interface Route {
  readonly method: string
  /** Such as `/v2/inthreat/feeds/{id}`. */
  readonly path: string
  readonly handle: Handler
}

/** Answers a request. Throws a `Refusal` to end it early. */
export type Handler = (request: ReceivedRequest, parameters: RouteParameters) => Reply

/** The parts of a path that stand in braces, decoded. */
export class RouteParameters {
  readonly #values: ReadonlyMap<string, string>

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values
  }

  /** A part by its name, which the route must have. */
  get(name: string): string {
    const value = this.#values.get(name)
    if (value === undefined) throw new Error(`the route has no {${name}}`)
    return value
  }
}

/** What a router answers by itself. */
export interface RouterReplies {
  readonly notFound: (request: ReceivedRequest) => Reply
  readonly methodNotAllowed: (request: ReceivedRequest) => Reply
}

/** The handler of the first route that fits. A slash at the end of a path makes no difference. */
export function routing(
  routes: ReadonlyArray<Route>,
  replies: RouterReplies
): (request: ReceivedRequest) => Reply {
  const compiled = routes.map((route) => ({ route, segments: route.path.split("/").slice(1) }))
  return (request) => {
    const given = segmentsOf(request.path)
    if (given === undefined) return replies.notFound(request)
    const fitting = compiled.flatMap(({ route, segments }) => {
      const values = parametersOf(segments, given)
      return values === undefined ? [] : [{ route, values }]
    })
    const found = fitting.find(({ route }) => route.method === request.method)
    if (found === undefined)
      return fitting.length === 0 ? replies.notFound(request) : replies.methodNotAllowed(request)
    try {
      return found.route.handle(request, new RouteParameters(found.values))
    } catch (error) {
      if (error instanceof Refusal) return error.reply
      throw error
    }
  }
}

/** Undefined when a percent-encoding is wrong. */
function segmentsOf(path: string): ReadonlyArray<string> | undefined {
  try {
    const segments = path.split("/").slice(1).map(decodeURIComponent)
    return segments.length > 1 && segments.at(-1) === "" ? segments.slice(0, -1) : segments
  } catch {
    return undefined
  }
}

function parametersOf(
  segments: ReadonlyArray<string>,
  given: ReadonlyArray<string>
): ReadonlyMap<string, string> | undefined {
  if (segments.length !== given.length) return undefined
  const values = new Map<string, string>()
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? ""
    if (segment.startsWith("{")) {
      if (value === "") return undefined
      values.set(segment.slice(1, -1), value)
    } else if (segment !== value) return undefined
  }
  return values
}
