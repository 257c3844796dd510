/**
 * Mutation testing of the pure rooms: each mutant is one small change of the source, and a test has to notice it.
 * docs/mutation.md tells how to read what it prints.
 */
/** @type {import('@stryker-mutator/core').PartialStrykerOptions} */
export default {
  mutate: [
    'src/main/tracking/{observe,plan,answers}/*.ts',
    // All of this folder, also what is new, but for what keeps something, has a timer or asks the clock.
    'src/main/tracking/*.ts',
    '!src/main/tracking/{agenda,asked,conclude-context,entry-mark,job-streams,new-job,policy,profile-jobs}.ts',
    '!src/main/tracking/{reconcile,refused,server-run,shared-read,start-workflow,tracker,wishes}.ts',
    'src/main/tracking/sweeps/restart.ts',
    'src/main/tracking/watch/{hold,same-run}.ts',
    'src/main/notify/{rules,texts,burst,quiet,quiet-periods}.ts',
    'src/main/schedule/{last-begin,missed}.ts',
    'src/main/platform/wait-for-room.ts',
  ],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner', './test/mutation/ignored.mjs'],
  ignorers: ['texts for people'],
  // TypeScript 7 lacks a function by which Stryker reads this file; no mutant needs it.
  tsconfigFile: 'none',
  // Each mutant is shown to the tests that reach it, and to no others.
  coverageAnalysis: 'perTest',
  // What is made once, when a file is loaded, would take all tests of all files, and is mostly a name that the types hold.
  ignoreStatic: true,
  concurrency: 2,
  // Milliseconds. None of these mutants goes on for ever, and a machine that is busy must not count as a test that noticed one.
  timeoutMS: 60_000,
  // What was found is kept: only what changed since is tried again.
  incremental: true,
  incrementalFile: '.cache/mutation/incremental.json',
  tempDirName: '.cache/mutation/sandbox',
  ignorePatterns: ['assets', 'docs', 'out', 'dist', 'coverage', 'demo-output', 'test-results'],
  reporters: ['clear-text', 'progress-append-only', 'json', 'html'],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  jsonReporter: { fileName: '.cache/mutation/mutation.json' },
  htmlReporter: { fileName: '.cache/mutation/mutation.html' },
  thresholds: { high: 95, low: 92, break: 92 },
}
