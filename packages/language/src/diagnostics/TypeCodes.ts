import type { CodeTable } from "./CodeEntry.ts"

/** SP12xx: an expression that can be read but has no meaning, or not a safe one. */
export const typeCodes = {
  SP1201: {
    title: "Unknown name",
    severity: "error",
    what: "There is no variable of this name here. Text is written in quotes.",
    why: "Otherwise the mistake would only show when the expression runs.",
    example: { language: "expression", wrong: 'evnt.type == "indicator"', right: 'event.type == "indicator"' }
  },
  SP1202: {
    title: "Unknown function",
    severity: "error",
    what: "There is no function or method of this name, or a method was called as a function or the other way round. All of them are in [the list of functions](../expressions.md).",
    why: "All functions are known before anything runs, so a wrong name is found at once.",
    example: {
      language: "expression",
      wrong: 'event.name.startWith("evil")',
      right: 'event.name.startsWith("evil")'
    }
  },
  SP1203: {
    title: "Unknown field",
    severity: "error",
    what: "The schema says which fields the value has, and this is none of them; or the value is not an object at all.",
    why: "A misspelt field is never there: the condition would be false for ever, in silence.",
    example: { language: "expression", wrong: 'event.nmae == "evil"', right: 'event.name == "evil"' }
  },
  SP1204: {
    title: "A field may be missing",
    severity: "error",
    what: 'The field is optional, or only some of the possible objects have it. Guard it: ask whether it is there (`has(x.y)`, `x.y != null`) or which object it is (`x.type == "indicator"`). Or give a default: `x.?y.orValue(…)`. Guards work through `&&`, `||`, `!`, `?:` and `filter`, and for what follows a `where` or `if`.',
    why: "Reading a missing field fails when it runs, and only for the events that lack it.",
    example: {
      language: "expression",
      wrong: "event.confidence >= 70",
      right: 'event.type == "indicator" && has(event.confidence) && event.confidence >= 70'
    }
  },
  SP1205: {
    title: "A value may be null",
    severity: "error",
    what: "The value can be null, and null has no fields and no elements. Guard it: `x != null && …`.",
    why: "Reading from null fails when it runs.",
    example: {
      language: "expression",
      wrong: 'owner.name == "me"',
      right: 'owner != null && owner.name == "me"'
    }
  },
  SP1206: {
    title: "A function does not take these arguments",
    severity: "error",
    what: "An argument has a type that the function does not take. The notes show how it is called; most often a conversion such as `string(x)` or `int(x)` is missing.",
    why: 'Nothing is converted silently: the text `"9"` is greater than `"10"`.',
    example: {
      language: "expression",
      wrong: "event.name.startsWith(7)",
      right: 'event.name.startsWith("7")'
    }
  },
  SP1207: {
    title: "An operator does not take these values",
    severity: "error",
    what: "The operator has no meaning between these types. Numbers add, compare and divide with numbers, texts join and compare with texts, timestamps and durations with each other.",
    why: "Nothing is converted silently.",
    example: { language: "expression", wrong: '"seen " + count', right: '"seen " + string(count)' }
  },
  SP1208: {
    title: "A condition is not a bool",
    severity: "error",
    what: "Conditions, and the sides of `&&`, `||` and `!`, must be true or false.",
    why: "Whether an empty text or a zero counts as true differs from language to language; here it is written out.",
    example: { language: "expression", wrong: "event.name && ready", right: 'event.name != "" && ready' }
  },
  SP1209: {
    title: "A comparison that can never be true",
    severity: "error",
    what: "The two sides can never be equal: their types share no value, or a text is compared with a fixed set of values that it is not in.",
    why: "The condition would always come out the same way. Most often a value is misspelt or a conversion is missing.",
    example: { language: "expression", wrong: 'severity == "hihg"', right: 'severity == "high"' }
  },
  SP1210: {
    title: "Wrong number of arguments",
    severity: "error",
    what: "The function or macro takes another number of arguments. The first argument of a macro is the name of its variable.",
    why: "A call that nobody defined has no meaning.",
    example: { language: "expression", wrong: "tags.exists(tag)", right: 'tags.exists(tag, tag == "apt")' }
  },
  SP1211: {
    title: "A pattern cannot be used",
    severity: "error",
    what: "The pattern of `matches` and its kin is written out as a literal, in the syntax of RE2, which has no look-around and no back-references.",
    why: "Patterns are compiled when the expression is checked, and RE2 matches in linear time: a pattern cannot hang the engine.",
    example: {
      language: "expression",
      wrong: 'event.name.matches("(evil")',
      right: 'event.name.matches("(evil)")'
    }
  },
  SP1212: {
    title: "Not a list or an object",
    severity: "error",
    what: "Only lists and objects have elements: for `x[i]`, `in` and the macros. A list is indexed by int, an object by string.",
    why: "The value has no elements, so there is nothing to find or to go over.",
    example: { language: "expression", wrong: '"evil" in event.name', right: 'event.name.contains("evil")' }
  },
  SP1213: {
    title: "A key is not a string",
    severity: "error",
    what: "The keys of an object are strings.",
    why: "Objects are JSON, and JSON has no other keys.",
    example: { language: "expression", wrong: '{200: "ok"}', right: '{"200": "ok"}' }
  },
  SP1214: {
    title: "A key is given twice",
    severity: "error",
    what: "The same key stands twice in an object literal.",
    why: "One of the two values would be lost.",
    example: { language: "expression", wrong: '{"a": 1, "a": 2}', right: '{"a": 1, "b": 2}' }
  },
  SP1215: {
    title: "A call that always fails",
    severity: "error",
    what: "All arguments are literals, and the function fails for them.",
    why: "It would fail on every run, so it fails now.",
    example: {
      language: "expression",
      wrong: 'now - duration("1 hour") > now',
      right: 'now - duration("1h") > now'
    }
  },
  SP1216: {
    title: "The value has another type than is wanted here",
    severity: "error",
    what: "The expression is correct in itself, but what it gives is not what its place takes.",
    why: "It would be refused when it runs.",
    example: { language: "condition", wrong: "count + 1", right: "count > 1" }
  },
  SP1217: {
    title: "A value cannot stand in a text",
    severity: "error",
    what: "An expression between text must give a string, number, bool, timestamp or duration. A text that is nothing but one `${{ … }}` keeps any type.",
    why: "There is no single way to write a list or an object, and null would appear as a word.",
    example: { language: "template", wrong: "Tags: ${{ tags }}", right: 'Tags: ${{ tags.join(", ") }}' }
  },
  SP1218: {
    title: "has() takes a field",
    severity: "error",
    what: "`has(x.y)` asks whether the field `y` is there. A variable is always there; an element is asked for by `size` or `in`.",
    why: "The question has no answer for anything else.",
    example: { language: "expression", wrong: "has(event)", right: "has(event.name)" }
  },
  SP1219: {
    title: "A comparison that is probably misspelt",
    severity: "warning",
    what: "A field is compared with a text that is none of the values the schema names for it, but is close to one of them. Other values are possible, so this is a warning.",
    why: "A misspelt value is never met: the condition would be false for ever, in silence.",
    example: {
      language: "expression",
      wrong: 'event.type == "indicater"',
      right: 'event.type == "indicator"'
    }
  }
} as const satisfies CodeTable
