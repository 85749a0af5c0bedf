/**
 * The nodes of a graph that lead back to themselves, at once or through others, in the order of the map. Visits every
 * node and every edge once (Tarjan's strongly connected components), without recursion: a chain may be as long as a
 * feed. Edges to nodes that the graph does not have are left out.
 */
export const referenceLoops = (graph: ReadonlyMap<string, ReadonlyArray<string>>): ReadonlyArray<string> => {
  const walk = new Walk(graph)
  for (const id of graph.keys()) walk.from(id)
  return [...graph.keys()].filter((id) => walk.inLoop.has(id))
}

/** A node on the way from the start to where the walk is. */
interface Step {
  readonly id: string
  readonly targets: ReadonlyArray<string>
  /** Which target comes next. */
  next: number
}

class Walk {
  readonly inLoop = new Set<string>()
  readonly #graph: ReadonlyMap<string, ReadonlyArray<string>>
  /** When each node was first seen. */
  readonly #order = new Map<string, number>()
  /** The earliest node that can be reached from each and from which it can be reached. */
  readonly #low = new Map<string, number>()
  /** Nodes whose component is not complete yet, in the order in which they were seen. */
  readonly #open: Array<string> = []
  readonly #isOpen = new Set<string>()

  constructor(graph: ReadonlyMap<string, ReadonlyArray<string>>) {
    this.#graph = graph
  }

  from(start: string): void {
    if (this.#order.has(start)) return
    const way = [this.#enter(start)]
    for (let step = way.at(-1); step !== undefined; step = way.at(-1)) {
      const target = step.targets[step.next++]
      if (target === undefined) {
        way.pop()
        this.#leave(step.id, way.at(-1)?.id)
      } else if (!this.#order.has(target)) way.push(this.#enter(target))
      else if (this.#isOpen.has(target)) this.#lower(step.id, this.#order.get(target))
    }
  }

  #enter(id: string): Step {
    const order = this.#order.size
    this.#order.set(id, order)
    this.#low.set(id, order)
    this.#open.push(id)
    this.#isOpen.add(id)
    const targets = (this.#graph.get(id) ?? []).filter((target) => this.#graph.has(target))
    if (targets.includes(id)) this.inLoop.add(id)
    return { id, targets, next: 0 }
  }

  #leave(id: string, parent: string | undefined): void {
    if (parent !== undefined) this.#lower(parent, this.#low.get(id))
    if (this.#low.get(id) !== this.#order.get(id)) return
    const component = this.#open.splice(this.#open.lastIndexOf(id))
    for (const member of component) {
      this.#isOpen.delete(member)
      if (component.length > 1) this.inLoop.add(member)
    }
  }

  #lower(id: string, order: number | undefined): void {
    this.#low.set(id, Math.min(this.#low.get(id) ?? 0, order ?? 0))
  }
}
