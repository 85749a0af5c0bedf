/** Three significant digits; never with an exponent. */
export const figure = (value: number): string => {
  if (value >= 100) return String(Math.round(value))
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** As `figure`, in thousands (`k`) or millions (`M`) where that is shorter. */
export const scaled = (value: number): string => {
  if (value >= 999_500) return `${figure(value / 1e6)} M`
  return value >= 9_995 ? `${figure(value / 1e3)} k` : figure(value)
}
