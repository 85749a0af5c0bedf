/** Words that no variable may be named (CEL language definition, "Syntax": RESERVED). They may be fields. */
export const reservedWords: ReadonlySet<string> = new Set(
  "as break const continue else for function if import let loop package namespace return var void while".split(
    " "
  )
)
