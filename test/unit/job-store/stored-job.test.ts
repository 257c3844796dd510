import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { storedJobSchema } from '../../../src/main/job-store/stored-job.ts'
import { jobSchema } from '../../../src/main/tracking/job.ts'
import { knownJob } from '../../known-job.ts'
import { endedJob, runningJob } from '../job.ts'

/** The newest line of each of the five jobs in a file that the first version wrote. */
const written = new Map<string, Record<string, unknown>>()
const file = path.join(import.meta.dirname, '../notify/jobs-of-the-first-version.ndjson')
for (const text of readFileSync(file, 'utf8').split('\n')) {
  if (text.trim() === '') continue
  const line: unknown = JSON.parse(text)
  if (typeof line === 'object' && line !== null && 'key' in line) written.set(String(line.key), { ...line })
}
const lines = [...written.values()]
const upgraded = (line: unknown) => storedJobSchema.parse(line)
/** A line of the file, with what a test says of it. */
const lineOf = (index: number, part: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...lines[index],
  ...part,
})
/** A job that was under way when the first version wrote it. */
const open = (part: Record<string, unknown> = {}): Record<string, unknown> =>
  lineOf(lines.length - 1, { phase: 'running', outcome: null, endedAt: null, ...part })

describe('a line of the first version', () => {
  it('keeps all that is told of a job', () => {
    expect(lines).toHaveLength(5)
    for (const line of lines) {
      const job = knownJob(upgraded(line))
      for (const name of [
        'key',
        'serverId',
        'workflowId',
        'workflowName',
        'jobId',
        'requestedAt',
        'startedAt',
        'endedAt',
        'outcome',
        'outcomeFrom',
        'reason',
        'durationMs',
        'errorLine',
        'maybeOthers',
        'stopAskedAt',
        'evidence',
        'historyId',
        'entryId',
        'serverRun',
      ] as const)
        expect([name, job[name]]).toEqual([name, line[name]])
    }
  })

  it('becomes one that is written as of now, and read again as it is', () => {
    for (const line of lines) {
      const job = upgraded(line)
      expect(jobSchema.parse(JSON.parse(JSON.stringify(job)))).toEqual(job)
      expect(upgraded(JSON.parse(JSON.stringify(job)))).toEqual(job)
    }
  })

  it('says how its start was answered', () => {
    const answer = (part: Record<string, unknown>) => upgraded(open(part)).start.answer
    expect(answer({ jobId: 'a', startedAt: 7, queuedAt: null, answerLost: false })).toEqual({
      kind: 'id',
      at: 7,
      jobId: 'a',
    })
    expect(answer({ jobId: 'a', queuedAt: 5, answerLost: false })).toEqual({ kind: 'queued', at: 5 })
    expect(answer({ jobId: null, queuedAt: null, answerLost: true, sentAt: 6 })).toEqual({
      kind: 'lost',
      at: 6,
    })
    expect(answer({ jobId: null, queuedAt: null, answerLost: false })).toEqual({ kind: 'awaited' })
    const refused = lineOf(0, { outcome: 'notStarted', reason: 'disabled', queuedAt: null, endedAt: 9 })
    expect(upgraded(refused).start.answer).toEqual({ kind: 'refused', at: 9, reason: 'disabled' })
    expect(upgraded({ ...refused, queuedAt: 5 }).start.answer.kind).toBe('queued')
  })

  it('has no run without a job id, and one that was shown if anything showed it', () => {
    expect(upgraded(open({ jobId: null })).run).toBeNull()
    const shownAt = (part: Record<string, unknown>) =>
      upgraded(
        open({ jobId: 'a', startedAt: 7, listed: false, entryId: null, endSignalledAt: null, ...part }),
      ).run?.shownAt
    expect(shownAt({})).toBeNull()
    for (const part of [{ listed: true }, { entryId: '4' }, { endSignalledAt: 9 }])
      expect(shownAt(part)).toBe(7)
  })

  it('keeps what was known of a run under way', () => {
    const job = upgraded(
      open({
        jobId: 'a',
        phase: 'waiting',
        entryId: '4',
        entryStatus: '1',
        endSignalledAt: 9,
        goneReads: 2,
        goneSince: 8,
        mayRunOn: true,
        restarted: true,
        startedAt: 7,
        historyUnreadSince: 6,
      }),
    )
    expect(job).toMatchObject({
      restartedAt: 7,
      search: { at: 6, unreadSince: 6 },
      run: {
        activity: 'waiting',
        entry: { id: '4', status: { word: 'Running', raw: '1' } },
        frame: { status: { word: 'Running' }, at: 9 },
        gone: { count: 2, since: 8 },
        mayRunOn: true,
      },
    })
    expect(upgraded(open({ jobId: 'a', entryId: '4', entryStatus: '42' })).run?.entry?.status).toEqual({
      word: null,
      raw: '42',
    })
  })

  it('that ended without an outcome ends as unknown: no record says how', () => {
    const job = upgraded(lineOf(0, { phase: 'ended', outcome: null, outcomeFrom: null }))
    expect(job.end).toMatchObject({ outcome: 'unknown', from: 'inferred', reason: 'notRecorded' })
  })

  it('of an end reads no log of old times anew', () => {
    expect(upgraded(lines[0]).end?.isLogRead).toBe(true)
  })
})

it('a line with words of earlier versions is read in those of now', () => {
  const gone = { count: 2, since: 8, at: 9 }
  const evidence = (['claimed', 'claimedFromQueue', 'entry'] as const).map((kind) => ({ at: 1, kind }))
  const job = { ...runningJob({ gone }), evidence }
  const earlier = JSON.stringify(job)
    .replace('"count":', '"looks":')
    .replace('"claimed"', '"adopted"')
    .replace('"claimedFromQueue"', '"adoptedFromQueue"')
  expect(upgraded(JSON.parse(earlier))).toEqual(job)
  expect(upgraded(open({ evidence: [{ at: 1, kind: 'adopted' }] })).evidence).toEqual([
    { at: 1, kind: 'claimed' },
  ])
})

it('a line of today is read as it is, and anything else is refused', () => {
  for (const job of [runningJob(), endedJob('failed')]) expect(upgraded(job)).toEqual(job)
  for (const line of [{}, { key: 'half' }, lineOf(0, { evidence: null })])
    expect(storedJobSchema.safeParse(line).success).toBe(false)
})
