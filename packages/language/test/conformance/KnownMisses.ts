export const knownMisses: ReadonlyArray<{ readonly reason: string; readonly tests: ReadonlyArray<string> }> = []
