import type { CodeTable } from "./CodeEntry.ts"

/** SP020x to SP022x: a schema that cannot be read, or does not mean what it says. SP023x: a value that does not fit. */
export const schemaCodes = {
  SP0201: {
    title: "Not a schema",
    severity: "error",
    what: "A schema is a map of keywords, `true` (any value) or `false` (no value).",
    why: "A text or a list here says nothing about values; without a schema nothing could be checked.",
    example: {
      language: "schema",
      wrong: "type: object\nproperties:\n  id: string",
      right: "type: object\nproperties:\n  id: { type: string }"
    }
  },
  SP0202: {
    title: "Unknown keyword in a schema",
    severity: "error",
    what: "JSON Schema has no such keyword. Keywords of your own begin with `x-` and are ignored.",
    why: "JSON Schema ignores what it does not know: a misspelt `maximun` would be no limit at all.",
    example: {
      language: "schema",
      wrong: "type: integer\nmaximun: 100",
      right: "type: integer\nmaximum: 100"
    }
  },
  SP0203: {
    title: "Keyword that is not supported",
    severity: "error",
    what: "The keyword belongs to JSON Schema, to an older draft of it or to OpenAPI, and is not supported here. The help says what to write instead.",
    why: "Such a keyword cannot be turned into a type, so expressions could not be checked against it; ignoring it would let wrong values through.",
    example: {
      language: "schema",
      wrong: "type: string\nnot: { const: unknown }",
      right: "type: string\nenum: [low, medium, high]"
    }
  },
  SP0204: {
    title: "Wrong value of a keyword",
    severity: "error",
    what: "The value of a keyword has the wrong form, such as a text for `minimum`. `enum` and `const` take texts, numbers, true, false and null, no objects or lists.",
    why: "The keyword could not be enforced.",
    example: {
      language: "schema",
      wrong: 'type: integer\nminimum: "1"',
      right: "type: integer\nminimum: 1"
    }
  },
  SP0205: {
    title: "Unknown type name",
    severity: "error",
    what: 'The types are `string`, `integer`, `number`, `boolean`, `"null"`, `array` and `object`. In YAML the name null is quoted: a bare `null` is not a text.',
    why: "Without a type nothing is known about the value.",
    example: {
      language: "schema",
      wrong: "type: [string, null]",
      right: 'type: [string, "null"]'
    }
  },
  SP0206: {
    title: "Unknown format",
    severity: "error",
    what: "The formats are `uuid`, `uri`, `date-time`, `ipv4`, `ipv6`, `email` and `hostname`.",
    why: "Formats are enforced here. An unknown one could not be, and would only look like a check. For other formats, write a `pattern`.",
    example: {
      language: "schema",
      wrong: "type: string\nformat: datetime",
      right: "type: string\nformat: date-time"
    }
  },
  SP0207: {
    title: "Pattern is not a valid regular expression",
    severity: "error",
    what: "A `pattern`, or a key of `patternProperties`, is not an RE2 regular expression, or is too long. RE2 has no look-around and no back-references.",
    why: "RE2 takes time linear in the text, whatever the pattern: a hostile value cannot stall the runtime.",
    example: {
      language: "schema",
      wrong: 'type: string\npattern: "^(?!tmp).*$"',
      right: 'type: string\npattern: "^[a-z]+$"'
    }
  },
  SP0208: {
    title: "Reference to nothing",
    severity: "error",
    what: "A `$ref` or `extends` names a schema that is not in the document, or is not local. References are `#/types/NAME`, `#/$defs/NAME` or another JSON pointer into the same document.",
    why: "Schemas are never fetched: what a connector means must not change with a server somewhere else.",
    example: {
      language: "schema",
      wrong: '$ref: "#/$defs/Indicater"\n$defs:\n  Indicator: { type: string }',
      right: '$ref: "#/$defs/Indicator"\n$defs:\n  Indicator: { type: string }'
    }
  },
  SP0209: {
    title: "Type that contains only itself",
    severity: "error",
    what: "A type refers to itself through `$ref`, `oneOf`, `anyOf`, `allOf` or `extends` alone. Within `properties` and `items` it may.",
    why: "Such a type says nothing: to know its values, one would have to know them already.",
    example: {
      language: "schema",
      wrong: '$ref: "#/$defs/Tree"\n$defs:\n  Tree:\n    oneOf: [{ type: string }, { $ref: "#/$defs/Tree" }]',
      right:
        '$ref: "#/$defs/Tree"\n$defs:\n  Tree:\n    oneOf: [{ type: string }, { type: array, items: { $ref: "#/$defs/Tree" } }]'
    }
  },
  SP0210: {
    title: "Schema that contradicts its type",
    severity: "error",
    what: "A value of `enum` or `const`, or a branch of `oneOf` or `anyOf`, is not of the `type` beside it; or a `const` is not in the `enum` beside it.",
    why: "That value or branch could never occur.",
    example: {
      language: "schema",
      wrong: "type: integer\nenum: [1, 2.5]",
      right: "type: number\nenum: [1, 2.5]"
    }
  },
  SP0211: {
    title: "Required property is not declared",
    severity: "error",
    what: "`required` names a property that is not under `properties`, and the object is closed.",
    why: "No object could fit: the property must be there and may not be there.",
    example: {
      language: "schema",
      wrong: "type: object\nproperties:\n  name: { type: string }\nrequired: [nmae]",
      right: "type: object\nproperties:\n  name: { type: string }\nrequired: [name]"
    }
  },
  SP0212: {
    title: "Default does not fit its schema",
    severity: "error",
    what: "The value of `default` is not of the type, or breaks a limit, pattern or format of the schema that it stands in.",
    why: "The default stands in where a value is missing, and would be refused there, far from its cause.",
    example: {
      language: "schema",
      wrong: "type: integer\nmaximum: 100\ndefault: 2000",
      right: "type: integer\nmaximum: 2000\ndefault: 2000"
    }
  },
  SP0213: {
    title: "Parts that cannot be merged",
    severity: "error",
    what: "`allOf` and `extends` merge objects. A part is not an object, or two parts give a property types of which neither is contained in the other.",
    why: "No object could fit both parts.",
    example: {
      language: "schema",
      wrong: "allOf:\n  - properties: { id: { type: string } }\n  - properties: { id: { type: integer } }",
      right: "allOf:\n  - properties: { id: { type: string } }\n  - properties: { id: { const: main } }"
    }
  },
  SP0214: {
    title: "Declarations that cannot stand together",
    severity: "error",
    what: "`$ref`, `oneOf` and `anyOf` stand alone but for descriptions, `default` and, for the last two, `type` and `discriminator`. `patternProperties` stands without `properties`. In the short form, `limit` and `limit?` are the same property.",
    why: "Such combinations mean something that few people expect, and no type can express it.",
    example: {
      language: "schema",
      wrong: "oneOf: [{ type: string }, { type: integer }]\nminLength: 1",
      right: "oneOf: [{ type: string, minLength: 1 }, { type: integer }]"
    }
  },
  SP0215: {
    title: "Limits that no value meets",
    severity: "error",
    what: "The lower limit is above the upper one.",
    why: "Every value would be refused.",
    example: {
      language: "schema",
      wrong: "type: integer\nminimum: 100\nmaximum: 10",
      right: "type: integer\nminimum: 10\nmaximum: 100"
    }
  },
  SP0216: {
    title: "Keyword without effect",
    severity: "warning",
    what: "The keyword is about another type than that of the schema.",
    why: "JSON Schema applies `minLength` to texts only and lets every number pass. The keyword was probably meant to check something.",
    example: {
      language: "schema",
      wrong: "type: integer\nminLength: 1",
      right: "type: integer\nminimum: 1"
    }
  },
  SP0217: {
    title: "Object without properties",
    severity: "warning",
    what: "`type: object` alone says nothing about properties. It is read as any object, `map<string, dyn>`.",
    why: "An object with `properties` is closed here and open in JSON Schema. Without `properties` nobody can tell which of the two was meant, and nothing about the properties can be checked.",
    example: {
      language: "schema",
      wrong: "type: object",
      right: "type: object\nadditionalProperties: true"
    }
  },
  SP0218: {
    title: "Discriminator does not discriminate",
    severity: "error",
    what: "`discriminator` names the property that tells the branches of a `oneOf` apart. In all branches but at most one it must be required, with a `const` or `enum` that no other branch has.",
    why: 'Conditions such as `x.type == "malware"` could not narrow the union, and a broken object could be taken for another kind.',
    example: {
      language: "schema",
      wrong:
        "discriminator: type\noneOf:\n  - { properties: { type: { const: a } } }\n  - { properties: { type: { const: b } }, required: [type] }",
      right:
        "discriminator: type\noneOf:\n  - { properties: { type: { const: a } }, required: [type] }\n  - { properties: { type: { const: b } }, required: [type] }"
    }
  },
  SP0219: {
    title: "Schema too large",
    severity: "error",
    what: "A schema is nested more than 32 deep, a document has more than 20,000 schemas or 100 problems, a `oneOf` more than 1000 branches, all patterns together more than 20,000 characters, or a value takes too many steps to be checked.",
    why: "A hostile schema must not keep the program busy.",
    example: {
      language: "schema",
      wrong: `${"items: { ".repeat(33)}type: string${" }".repeat(33)}`,
      right: "items: { items: { type: string } }"
    }
  },
  SP0220: {
    title: "Optional mark without a meaning",
    severity: "warning",
    what: "Under `properties` a name that ends in `?` is taken as it is. The `?` marks an optional property only in the short form of manifests (`input`, `config`).",
    why: "The property would be called `limit?`, and no object would have it.",
    example: {
      language: "schema",
      wrong: "properties:\n  limit?: { type: integer }",
      right: "properties:\n  limit: { type: integer }"
    }
  },
  SP0221: {
    title: "Value twice in an enum",
    severity: "warning",
    what: "An `enum` has the same value twice.",
    why: "The second one changes nothing; it was probably meant to be another value.",
    example: {
      language: "schema",
      wrong: "enum: [low, medium, low]",
      right: "enum: [low, medium, high]"
    }
  },
  SP0231: {
    title: "Wrong kind of value",
    severity: "error",
    what: "A value is of another type than the schema asks for.",
    why: "It would be refused when it is used.",
    example: {
      language: "schema",
      wrong: "type: integer\nexamples: [ten]",
      right: "type: integer\nexamples: [10]"
    }
  },
  SP0232: {
    title: "Missing property",
    severity: "error",
    what: "An object lacks a required property.",
    why: "It would be refused when it is used.",
    example: {
      language: "schema",
      wrong: "properties: { id: { type: string } }\nrequired: [id]\nexamples: [{}]",
      right: "properties: { id: { type: string } }\nrequired: [id]\nexamples: [{ id: a }]"
    }
  },
  SP0233: {
    title: "Unknown property",
    severity: "error",
    what: "An object has a property that its schema does not have.",
    why: "It would be ignored or refused. Most often it is misspelt.",
    example: {
      language: "schema",
      wrong: "properties: { name: { type: string } }\nexamples: [{ nmae: a }]",
      right: "properties: { name: { type: string } }\nexamples: [{ name: a }]"
    }
  },
  SP0234: {
    title: "Value that is not allowed",
    severity: "error",
    what: "The value is of the right kind, but is not one of those that the schema lists.",
    why: "It would be refused when it is used.",
    example: {
      language: "schema",
      wrong: "enum: [low, medium, high]\nexamples: [hihg]",
      right: "enum: [low, medium, high]\nexamples: [high]"
    }
  },
  SP0235: {
    title: "Value that fits no alternative",
    severity: "error",
    what: "The value fits none of the branches of a union that no property tells apart. The notes say why, branch by branch.",
    why: "It would be refused when it is used.",
    example: {
      language: "schema",
      wrong: "anyOf: [{ items: { type: string } }, { items: { type: integer } }]\nexamples: [[a, 1]]",
      right: "anyOf: [{ items: { type: string } }, { items: { type: integer } }]\nexamples: [[a, b]]"
    }
  },
  SP0236: {
    title: "Value out of limits",
    severity: "error",
    what: "The value is of the right type, but breaks a limit, pattern or format of its schema.",
    why: "It would be refused when it is used.",
    example: {
      language: "schema",
      wrong: "type: integer\nmaximum: 100\nexamples: [101]",
      right: "type: integer\nmaximum: 100\nexamples: [100]"
    }
  }
} as const satisfies CodeTable
