import type { Random } from '../wexflow-sim/random.ts'

/** Everything that a run draws, from one source of chance. */
export class Draw {
  readonly random: Random

  constructor(random: Random) {
    this.random = random
  }

  /** True with a probability from 0 to 1. */
  chance(probability: number): boolean {
    return this.random() < probability
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.random() * (high - low + 1))
  }

  /** One of a list that has at least one. */
  pick<const Item>(list: readonly [Item, ...Item[]]): Item {
    return list[Math.floor(this.random() * list.length)] ?? list[0]
  }

  /** Those of a list that chance takes, in their order, each with its probability. */
  some<Item>(list: readonly Item[], probability: (item: Item) => number): Item[] {
    return list.filter((item) => this.chance(probability(item)))
  }
}
