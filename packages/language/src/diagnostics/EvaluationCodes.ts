import type { CodeTable } from "./CodeEntry.ts"

/** SP13xx: what a checked expression can still meet when it runs. */
export const evaluationCodes = {
  SP1301: {
    title: "No such element",
    severity: "error",
    what: "A list was indexed at or beyond its end, or before its beginning.",
    why: "Only the data tell how long a list is. Ask first (`size(x) > 2 && …`) or take it as an optional: `x[?2].orValue(…)`.",
    example: { language: "evaluation", wrong: "tags[7]", right: 'tags[?7].orValue("")' }
  },
  SP1302: {
    title: "Division by zero",
    severity: "error",
    what: "An int was divided by zero, or its remainder by zero was asked for. Doubles divide by zero to infinity, as IEEE 754 has it.",
    why: "There is no int for the result.",
    example: { language: "evaluation", wrong: "10 / (count - count)", right: "count == 0 ? 0 : 10 / count" }
  },
  SP1303: {
    title: "No such key",
    severity: "error",
    what: "A key was read from an open map, or a value from an optional, and it was not there.",
    why: 'Only the data tell which keys an open map has. Ask first (`"k" in x && …`) or give a default: `x[?"k"].orValue(…)`.',
    example: {
      language: "evaluation",
      wrong: 'headers["x-missing"]',
      right: 'headers[?"x-missing"].orValue("")'
    }
  },
  SP1304: {
    title: "A conversion failed",
    severity: "error",
    what: "A text could not be read as the number, bool, timestamp, duration or encoding that was asked for. The message names its length, never the text: it may be secret.",
    why: "Only the data tell what a text holds. Ask first, as in the example.",
    example: { language: "evaluation", wrong: "int(note)", right: 'note.matches("^[0-9]+$") ? int(note) : 0' }
  },
  SP1305: {
    title: "A result out of range",
    severity: "error",
    what: "An int beyond ±(2^53 − 1), a timestamp outside the years 1 to 9999, or a duration beyond 10,000 years.",
    why: "Beyond these, results would silently be wrong.",
    example: { language: "evaluation", wrong: "9007199254740991 + count", right: "1000 + count" }
  },
  SP1306: {
    title: "Too many steps",
    severity: "error",
    what: "The expression used up its budget: a step for each element that a macro or function visits, and one for 64 characters. The default is 1,000,000 steps, a fraction of a second.",
    why: "No expression may hold up the engine, whatever data it meets.",
    example: {
      language: "evaluation",
      wrong: "lists.range(10000).all(a, lists.range(10000).all(b, a + b >= 0))",
      right: "lists.range(100).all(a, lists.range(100).all(b, a + b >= 0))"
    }
  },
  SP1307: {
    title: "A value of the wrong type",
    severity: "error",
    what: "A value whose type was not known (`dyn`) turned out to be of a type that the operation does not take.",
    why: "What no schema describes can only be checked when it runs. Ask first: `type(x) == string && …`.",
    example: {
      language: "evaluation",
      wrong: "payload.id + 1",
      right: "type(payload.id) == int ? payload.id + 1 : 0"
    }
  },
  SP1308: {
    title: "An argument out of bounds",
    severity: "error",
    what: "An argument has the right type, but a value that the function cannot use.",
    why: "Only the data tell what an argument holds. Ask first, as in the example.",
    example: {
      language: "evaluation",
      wrong: "ip.version(note)",
      right: "ip.isValid(note) ? ip.version(note) : 0"
    }
  },
  SP1309: {
    title: "A variable was not given",
    severity: "error",
    what: "The expression was checked with a variable that was not given when it ran.",
    why: "This is a mistake in the program that runs the expression, not in the expression.",
    example: { language: "evaluation", wrong: "absent + 1", right: "count + 1" }
  }
} as const satisfies CodeTable
