/** `1 page`, `2 pages`, `1 entity`, `2 entities`. */
export const counted = (number: number, noun: string): string => {
  if (number === 1) return `1 ${noun}`
  return `${number} ${noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`}`
}
