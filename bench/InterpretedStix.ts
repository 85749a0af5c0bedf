import * as Schema from "effect/Schema"
import { stixPage } from "./StixPage.ts"
import { stixPageSchema } from "./StixSchemas.ts"

/**
 * Decodes a page without Effect's compiler. A parser keeps what it was made with when it first ran, so this module has to
 * be imported before anything that installs the compiler.
 */
export const decodeInterpreted = Schema.decodeUnknownSync(stixPageSchema())

decodeInterpreted(JSON.parse(stixPage(16)))
