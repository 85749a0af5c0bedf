/**
 * Text from anywhere as it is safe to print: what moves the cursor, changes colours or reorders text becomes a space.
 * Line feeds stay. A small stand-in for `showText` of `@sallyport/language`, which takes long to load for one message.
 */
export const plainText = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " "))
    .join("\n")
