/**
 * What is not mutated: the reason beside a rule (`why`), which a person reads in the log and nothing decides by.
 * A test that repeats such a sentence would say it twice and prove nothing.
 */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'texts for people',
    value: {
      shouldIgnore: ({ parent, key }) =>
        key === 'value' && parent?.type === 'ObjectProperty' && parent.key.name === 'why'
          ? 'the reason beside a rule: nothing decides by it'
          : undefined,
    },
  },
]
