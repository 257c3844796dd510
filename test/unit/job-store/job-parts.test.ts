import { expect, test } from 'vitest'
import type { Job } from '../../../src/main/tracking/job.ts'
import { firstJobs, olderJobs } from '../../../src/main/job-store/job-parts.ts'
import { endedJob, jobWith, startAt } from '../job.ts'

const ended = (requestedAt: number, key = `job-${requestedAt}`): Job =>
  endedJob('done', {}, { key, start: startAt(requestedAt) })

/** As many jobs that have ended, newest first; the oldest was asked for at 1. */
const jobsOf = (count: number): Job[] => Array.from({ length: count }, (_none, at) => ended(count - at))

/** The keys of all parts, one after the other. */
function keysInParts(jobs: readonly Job[], size: number): string[] {
  const first = firstJobs(jobs, null)
  const keys = first.jobs.map(({ key }) => key)
  let { olderThan } = first
  while (olderThan !== null) {
    const part = olderJobs(jobs, olderThan, size)
    keys.push(...part.jobs.map(({ key }) => key))
    olderThan = part.olderThan
  }
  return keys
}

test.each([0, 1, 59, 60, 61, 70, 1234])('the parts together hold each of %i jobs once', (count) => {
  const jobs = jobsOf(count)
  expect(keysInParts(jobs, 10)).toEqual(jobs.map(({ key }) => key))
})

test('jobs of one moment stay together, however many they are', () => {
  const jobs = [
    ...jobsOf(250).slice(0, 50),
    ...Array.from({ length: 50 }, (_none, at) => ended(5, `same-${at}`)),
    ended(1),
  ]
  expect(firstJobs(jobs, null).jobs).toHaveLength(100)
  expect(keysInParts(jobs, 10)).toEqual(jobs.map(({ key }) => key))
})

test('the first part has what is under way and what is selected, however old', () => {
  const waiting = jobWith({ key: 'old', start: startAt(0.5) })
  const { jobs } = firstJobs([...jobsOf(1000), waiting], 'job-3')
  expect(jobs).toHaveLength(62)
  expect(jobs.slice(60).map(({ key }) => key)).toEqual(['job-3', 'old'])
})

test('jobs that went or came between two parts change nothing for the others', () => {
  const jobs = jobsOf(80)
  const { olderThan } = firstJobs(jobs, null)
  const later = [ended(300), ...jobs.filter(({ key }) => key !== 'job-21' && key !== 'job-80')]
  expect(olderJobs(later, olderThan ?? 0).jobs.map(({ key }) => key)).toEqual(
    jobs.slice(60).map(({ key }) => key),
  )
})
