/** Is every `%` in it followed by two hexadecimal digits? */
export const hasWholeEscapes = (text: string): boolean => !/%(?![0-9a-f]{2})/i.test(text)

/** The bytes that the text stands for, in UTF-8. Every escape in it must be whole. */
export const percentDecode = (text: string): Uint8Array => {
  const bytes = new TextEncoder().encode(text)
  let length = 0
  for (let index = 0; index < bytes.length; index++, length++) {
    const byte = bytes[index] ?? 0
    const isEscape = byte === percentSign
    bytes[length] = isEscape
      ? Number.parseInt(String.fromCharCode(...bytes.subarray(index + 1, index + 3)), 16)
      : byte
    if (isEscape) index += 2
  }
  return bytes.subarray(0, length)
}

/** The bytes as text: ASCII characters that `kept` matches as they are, all others as `%` and two upper-case digits. */
export const percentEncode = (bytes: Uint8Array, kept: RegExp): string => {
  let text = ""
  for (const byte of bytes) {
    const character = String.fromCharCode(byte)
    const isKept = byte < 0x80 && kept.test(character)
    text += isKept ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`
  }
  return text
}

const percentSign = 0x25
