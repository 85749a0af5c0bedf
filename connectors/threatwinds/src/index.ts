/** Not public yet: filled in by the parts of this package. */
export const version = "0.0.0"
