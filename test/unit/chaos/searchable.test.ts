import { expect, it } from 'vitest'
import type { Evidence } from '../../../src/shared/outcome.ts'
import { searchableAt } from '../../chaos/searchable.ts'
import { type KnownJob, knownJob } from '../../known-job.ts'
import { sentJob } from '../job.ts'

/** A start of the workflow, sent and answered at these seconds. */
const startOf = (
  key: string,
  sent: number,
  answered: number,
  kinds: readonly Evidence['kind'][],
): KnownJob => ({
  ...knownJob(sentJob()),
  key,
  requestedAt: sent * 1000,
  sentAt: sent * 1000,
  evidence: kinds.map((kind) => ({ kind, at: answered * 1000 })),
})

const answered = startOf('a', 0, 1, ['startAnswered'])
const replaced = startOf('a', 0, 1, ['startAnswered', 'idReplaced'])
const slow = startOf('b', 10, 60, ['startAnswered'])

it.each<[string, KnownJob, seconds: number]>([
  ['a start whose answered id never existed waits for the answers of others as well', replaced, 60],
  ['a start that has its job waits for nobody', answered, 1],
])('%s', (_, job, seconds) => {
  const jobs = new Map([job, slow].map((one) => [one.key, one]))
  expect(searchableAt(job, 1000, { jobs })).toBe(seconds * 1000)
})
