/**
 * Turns on Effect's compiler of schemas for the whole process. It has to be there before the first schema is used:
 * parsers that were made earlier stay interpreted. This is the one place that imports it; `TypeGuards.ts`, which makes
 * schemas at run time, imports this one first of all. Where code generation is forbidden, everything is interpreted.
 */
// oxlint-disable-next-line import/no-unassigned-import
import "effect/schema/SchemaJITCompiler/enable"
