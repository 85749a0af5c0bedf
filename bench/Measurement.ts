/** Something whose duration is of interest. */
export interface Subject {
  readonly name: string
  /** Does the work this many times and returns something that depends on all of it, so that none can be left out. */
  readonly run: (times: number) => number
}

/** Nanoseconds that one time took, for each round. */
export type Samples = ReadonlyArray<number>

export interface MeasurementOptions {
  readonly rounds: number
  /**
   * How long one sample of one subject takes, about. Short ones often fit between two turns of other processes, so that
   * their median is what the work takes on a processor of its own; long ones have their share of garbage collection.
   */
  readonly sampleMilliseconds: number
}

/**
 * Measures all subjects in turn, round after round, so that whatever else the machine does hits all of them and a
 * round can be compared with itself. Before that each runs for some samples, which compiles it and tells how many
 * times fit in one.
 */
export const measure = (
  subjects: ReadonlyArray<Subject>,
  { rounds, sampleMilliseconds }: MeasurementOptions
): ReadonlyMap<string, Samples> => {
  const prepared = subjects.map((subject) => ({
    subject,
    times: warmUp(subject, sampleMilliseconds),
    samples: new Array<number>()
  }))
  for (let round = 0; round < rounds; round++) {
    // Every other round backwards: nobody always runs behind the same neighbour.
    for (const { samples, subject, times } of round % 2 === 0 ? prepared : prepared.toReversed()) {
      samples.push((milliseconds(subject, times) * 1e6) / times)
    }
  }
  return new Map(prepared.map(({ samples, subject }) => [subject.name, samples]))
}

/** The middle one. */
export const median = (samples: Samples): number => {
  const sorted = samples.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** How many times as fast as `other`: the middle of the rounds' own ratios. */
export const speedRatio = (samples: Samples, other: Samples): number =>
  median(samples.map((sample, round) => (other[round] ?? Number.NaN) / sample))

/** The smallest and the largest. */
export const spread = (values: Samples, show: (value: number) => string): string =>
  `${show(Math.min(...values))}–${show(Math.max(...values))}`

/** How long a subject runs before it is measured. */
const warmUpMilliseconds = 60

/** Gives the number of times that fill a sample. */
const warmUp = (subject: Subject, sampleMilliseconds: number): number => {
  let times = 1
  let elapsed = milliseconds(subject, times)
  let total = elapsed
  while (elapsed < sampleMilliseconds / 2 || total < warmUpMilliseconds) {
    const factor = Math.min(Math.max(sampleMilliseconds / Math.max(elapsed, 0.001), 0.5), 4)
    times = Math.max(1, Math.round(times * factor))
    elapsed = milliseconds(subject, times)
    total += elapsed
  }
  return Math.max(1, Math.round((times * sampleMilliseconds) / elapsed))
}

let consumed = 0

const milliseconds = (subject: Subject, times: number): number => {
  const start = performance.now()
  consumed = (consumed + subject.run(times)) | 0
  return performance.now() - start
}
