/** A place in a feed, as the client sees it: opaque, and with `+`, `/` and `=` in it, so that it must be encoded. */
export const FeedCursor = {
  /** Names a place. */
  write: (feed: string, place: number): string => {
    const text = `${feed}:${place}`
    // Base64 ends in `=` unless the length is a multiple of three.
    const padded = text.length % 3 === 0 ? `${text} ` : text
    return mark + Buffer.from(padded).toString("base64")
  },

  /** The place that a cursor names; undefined when it was not made for this feed. */
  read: (feed: string, cursor: string): number | undefined => {
    if (!cursor.startsWith(mark)) return undefined
    const text = Buffer.from(cursor.slice(mark.length), "base64").toString("utf8").trimEnd()
    const place = text.startsWith(`${feed}:`) ? text.slice(feed.length + 1) : ""
    return /^\d{1,15}$/.test(place) ? Number(place) : undefined
  }
} as const

const mark = "c2+/"
