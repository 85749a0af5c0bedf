/** Two or three significant digits; never with an exponent. */
export const figure = (value: number): string => {
  if (value >= 100) return String(Math.round(value))
  if (value >= 10) return value.toFixed(1)
  return value.toFixed(value >= 0.1 ? 2 : 3)
}

/** As `figure`, in thousands (`k`) or millions (`M`) where that is shorter. */
export const scaled = (value: number): string => {
  if (value >= 999_500) return `${figure(value / 1e6)} M`
  return value >= 9_995 ? `${figure(value / 1e3)} k` : figure(value)
}
