import type { CodeTable } from "./CodeEntry.ts"

/** The codes of reading YAML by name, for the places that report them. */
export const SourceCode = {
  syntax: "SP0101",
  unclosed: "SP0102",
  badEscape: "SP0103",
  badIndentation: "SP0104",
  tabIndentation: "SP0105",
  reservedStart: "SP0106",
  duplicateKey: "SP0107",
  keyNotText: "SP0108",
  mergeKey: "SP0109",
  tag: "SP0110",
  unknownAlias: "SP0111",
  inexactNumber: "SP0112",
  severalDocuments: "SP0113",
  tooLarge: "SP0114",
  tooDeep: "SP0115",
  aliasExpansion: "SP0116",
  controlCharacter: "SP0117"
} as const

/** A code of reading YAML. */
export type SourceCode = (typeof SourceCode)[keyof typeof SourceCode]

const deep = (levels: number): string => `path: ${"[".repeat(levels)}${"]".repeat(levels)}\n`

/** What can be wrong with a YAML file before anything is known of its meaning: `SP01xx`. */
export const sourceCodes = {
  SP0101: {
    title: "YAML syntax",
    severity: "error",
    what: "The text is not YAML: a colon, a comma or a space is missing, or something stands where it cannot.",
    why: "A guess could turn it into a different playbook. What follows is still read, so that all problems of a file are seen at once.",
    example: {
      language: "yaml",
      wrong: "title: Report: new indicator\n",
      right: 'title: "Report: new indicator"\n'
    }
  },
  SP0102: {
    title: "Quote or bracket not closed",
    severity: "error",
    what: "A text in quotes, a list in `[ ]` or a map in `{ }` has no end, or ends with the wrong bracket. A further line of it that is indented no deeper than its key also ends it too early.",
    why: "Everything after it would become part of the text or the list.",
    example: {
      language: "yaml",
      wrong: "types: [indicator, report\nlimit: 50\n",
      right: "types: [indicator, report]\nlimit: 50\n"
    }
  },
  SP0103: {
    title: "Unknown escape",
    severity: "error",
    what: 'In double quotes a backslash begins an escape such as `\\n`, `\\t`, `\\"`, `\\\\`, `\\x41` or `\\u00e9`. This one does not exist.',
    why: "A single backslash, as in a regular expression or a Windows path, would be lost or would change the character after it. In single quotes a backslash is a backslash.",
    example: {
      language: "yaml",
      wrong: 'pattern: "\\d+"\n',
      right: "pattern: '\\d+'\n"
    }
  },
  SP0104: {
    title: "Indentation",
    severity: "error",
    what: "A line does not line up with the keys or items that it stands among, or a block of text is indented less than it must be.",
    why: "In YAML the indentation says what belongs to what. A line between two columns belongs to neither.",
    example: {
      language: "yaml",
      wrong: "with:\n    query: evil.example\n  limit: 50\n",
      right: "with:\n    query: evil.example\n    limit: 50\n"
    }
  },
  SP0105: {
    title: "Indentation with tabs",
    severity: "error",
    what: "A line is indented with a tab. YAML allows only spaces for that.",
    why: "How wide a tab is depends on the editor: a line could look as if it belonged to another key.",
    example: {
      language: "yaml",
      wrong: "with:\n\tlimit: 50\n",
      right: "with:\n  limit: 50\n"
    }
  },
  SP0106: {
    title: "Character that cannot begin a text",
    severity: "error",
    what: "A text without quotes begins with `@`, `` ` ``, `%`, `,`, `|` or `>`.",
    why: "Some of these characters have a meaning in YAML, the others are reserved. In quotes they are characters like any other.",
    example: {
      language: "yaml",
      wrong: "notify: @soc\n",
      right: 'notify: "@soc"\n'
    }
  },
  SP0107: {
    title: "Key given twice",
    severity: "error",
    what: "A map has the same key twice. The problem points to the second one and names the place of the first.",
    why: "Only one of the two values could be used, and programs do not agree on which.",
    example: {
      language: "yaml",
      wrong: "limit: 50\nlimit: 100\n",
      right: "limit: 100\n"
    }
  },
  SP0108: {
    title: "Key that is not text",
    severity: "error",
    what: 'A key is a list, a map or an alias, or is missing. Numbers, `true`, `false` and `null` are fine as keys: `200:` has the name "200".',
    why: "The data of playbooks and manifests is JSON, in which a key is text. The usual cause is a text that begins with `{{` or `[` and lacks its quotes.",
    example: {
      language: "yaml",
      wrong: "value: {{ name }}\n",
      right: 'value: "{{ name }}"\n'
    }
  },
  SP0109: {
    title: "Merge key",
    severity: "error",
    what: "The key `<<` copies the keys of another map in YAML 1.1. YAML 1.2 does not have it.",
    why: "What a map contains must be visible where it stands. An alias may still stand for a whole value.",
    example: {
      language: "yaml",
      wrong: "base: &base\n  limit: 50\nwith:\n  <<: *base\n",
      right: "base: &base\n  limit: 50\nwith: *base\n"
    }
  },
  SP0110: {
    title: "Tag",
    severity: "error",
    what: "A value has an explicit tag such as `!!str`, `!!binary` or `!Ref`, or the file declares tags.",
    why: "A tag lets a file decide how it is read; in some programs it can run code. Here a value is what it looks like, and quotes make it text.",
    example: {
      language: "yaml",
      wrong: "port: !!str 443\n",
      right: 'port: "443"\n'
    }
  },
  SP0111: {
    title: "Alias without an anchor",
    severity: "error",
    what: "`*name` repeats the value that an earlier `&name` marks. No such mark stands before it, or the alias stands inside that value.",
    why: "There is nothing to repeat, or no end to it. The usual cause is a text that begins with `*` and lacks its quotes.",
    example: {
      language: "yaml",
      wrong: "path: *.exe\n",
      right: 'path: "*.exe"\n'
    }
  },
  SP0112: {
    title: "Number that JSON cannot hold",
    severity: "error",
    what: "The number is infinite, not a number, or an integer beyond ±9007199254740991 (2^53 - 1).",
    why: "Such an integer would silently be rounded: an account number would name another account.",
    example: {
      language: "yaml",
      wrong: "account: 90071992547409931\n",
      right: 'account: "90071992547409931"\n'
    }
  },
  SP0113: {
    title: "Several documents in a file",
    severity: "error",
    what: "A line `---` begins a second document. A file has one.",
    why: "The second one would be ignored, or the file would mean two things.",
    example: {
      language: "yaml",
      wrong: "name: first\n---\nname: second\n",
      right: "---\nname: first\n"
    }
  },
  SP0114: {
    title: "File too large",
    severity: "error",
    what: "The file has more than 1,500,000 characters, or more than 100,000 tokens (about 12,000 lines). Nothing of it is read. The example is shown with a limit of 40 characters.",
    why: "A hostile file must not keep the program busy.",
    example: {
      language: "yaml",
      limits: { size: 40 },
      wrong: `name: ${"long ".repeat(8)}text\n`,
      right: "name: short text\n"
    }
  },
  SP0115: {
    title: "Nested too deep",
    severity: "error",
    what: "Maps and lists stand inside each other more than 64 levels deep, aliases included. Unless an alias is the cause, nothing of the file is read.",
    why: "A hostile file must not exhaust the stack of a program that reads it.",
    example: {
      language: "yaml",
      wrong: deep(64),
      right: deep(3)
    }
  },
  SP0116: {
    title: "Aliases stand for too much",
    severity: "error",
    what: "All aliases of the file together stand for more than 100,000 values. An alias that goes too far is read as null.",
    why: 'Ten lines of aliases to aliases can stand for billions of values ("billion laughs"). They are counted, never written out.',
    example: {
      language: "yaml",
      wrong: [
        "a: &a [x, x, x, x, x, x, x, x, x, x]",
        "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]",
        "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]",
        "d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]",
        "e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]",
        ""
      ].join("\n"),
      right: "a: &a [x, x, x]\nb: *a\n"
    }
  },
  SP0117: {
    title: "Control character",
    severity: "error",
    what: "The file holds a character that cannot be seen, such as NUL or ESC. YAML allows only tabs and line ends of them. In double quotes it is written as an escape: `\\x1b`.",
    why: "Such a character is a slip or a disguise: a terminal obeys it, and a reader cannot see it.",
    example: {
      language: "yaml",
      wrong: "title: red \u001b[31m alert\n",
      right: 'title: "red \\x1b[31m alert"\n'
    }
  }
} as const satisfies CodeTable
