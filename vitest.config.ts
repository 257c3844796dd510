import { defineConfig } from 'vitest/config'

// vitest 5 reports failures with a function that Node 20 lacks; without it a failed test would only show a TypeError.
if (!('groupBy' in Map)) {
  Object.assign(Map, {
    groupBy<Key, Item>(items: Iterable<Item>, keyOf: (item: Item, index: number) => Key): Map<Key, Item[]> {
      const groups = new Map<Key, Item[]>()
      let index = 0
      for (const item of items) {
        const key = keyOf(item, index)
        groups.set(key, [...(groups.get(key) ?? []), item])
        index += 1
      }
      return groups
    },
  })
}

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts'],
    // For machines that are busy: no test measures how fast this one is.
    testTimeout: 20_000,
    // vitest would leave one core to itself, which is half of a machine with two.
    maxWorkers: '100%',
    // No module of ours does or remembers anything at its import, so one file after another can use the same ones.
    isolate: false,
    coverage: { provider: 'v8', include: ['src/**/*.{ts,tsx}'] },
  },
})
