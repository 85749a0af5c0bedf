import { availableParallelism, cpus, loadavg } from "node:os"

/** What the figures were taken on: one line. The load says how much else was running at the start. */
export const describeMachine = (): string => {
  const model = cpus()[0]?.model.trim() ?? "unknown processor"
  const [load = 0] = loadavg()
  return (
    `node ${process.versions.node}, V8 ${process.versions.v8}, ${process.platform} ${process.arch}, ` +
    `${model}, ${availableParallelism()} cores, load ${load.toFixed(1)}`
  )
}
