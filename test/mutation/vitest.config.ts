import { defineConfig } from 'vitest/config'
import shared from '../../vitest.config.ts'

/** The quick tests of the pure rooms alone: each mutant runs them again. */
const tests = [
  'tracking/{{observe,conclude,plan,answers}/*,claim,asked,commit,job,job-view,set-clock,ids}.test.ts',
  'job-store/stored-job.test.ts',
  'tracking/sweeps/restart.test.ts',
  'tracking/watch/{hold,same-run}.test.ts',
  'notify/{rules,texts,burst,quiet}.test.ts',
  'schedule/{last-begin,missed}.test.ts',
  'platform/wait-for-room.test.ts',
]

/**
 * Stryker 9, the last that runs on Node 20, chooses tests by a pattern of their names with a space between the parts
 * of each; vitest 5 compares it with names that have ` > ` there. Without this it finds no test inside a `describe`.
 */
const testNames = {
  name: 'test-names',
  configureVitest({ project }: { readonly project: { readonly config: object } }): void {
    let chosen: RegExp | undefined
    Object.defineProperty(project.config, 'testNamePattern', {
      enumerable: true,
      get: () => chosen,
      set: (pattern: RegExp | undefined) => {
        chosen = pattern && new RegExp(pattern.source.replaceAll(' ', '(?: >)? '), pattern.flags)
      },
    })
  },
}

export default defineConfig({
  ...shared,
  plugins: [testNames],
  test: { ...shared.test, include: tests.map((test) => `test/unit/${test}`) },
})
