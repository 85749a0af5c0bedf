declare const otherThan: unique symbol

/**
 * A text that is none of `Known`: the `type` of an object whose type no branch of a union declares. What was decoded has
 * been checked for it, so `object.type === "indicator"` narrows to the branch that declares it, and to nothing else.
 *
 * The compiler takes it for no other text either. To ask for one, look at it as a text first: `const type: string =
 * object.type`. Types of those who give values have plain texts instead.
 */
// Of a plain text, or of one that is only tagged, the compiler thinks that it may equal any literal, and narrows nothing.
export type OtherText<Known extends string> = `${string}${string & { readonly [otherThan]: Known }}`
