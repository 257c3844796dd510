import { describe, expect, it } from 'vitest'
import { factsOfRunningJobs } from '../../../../src/main/tracking/answers/running-jobs.ts'
import type { WorkflowView } from '../../../../src/main/tracking/answers/workflow-view.ts'
import type { Job } from '../../../../src/main/tracking/job.ts'
import { replacedId } from '../../../../src/main/tracking/policy.ts'
import { endedJob, runningJob } from '../../job.ts'
import { kindsOf, lists, owning, queued, running, viewOf } from './answering.ts'

/** The start with this other run of its workflow beside it when it was sent. */
const knowing = (job: Job, jobId: string): Job => ({
  ...job,
  start: { ...job.start, runningBefore: [jobId] },
})

describe('the list of running jobs, for a start whose id was shown nowhere,', () => {
  const from = replacedId.claimAfter
  const factOf = (job: Job, part: Partial<WorkflowView> = {}) =>
    kindsOf(
      factsOfRunningJobs(
        viewOf([job], { now: from, askedOf: () => ({ entryAt: from }), ...part }),
        lists('new'),
      ),
    )[0]?.[1]
  const parallel = running('a', { isParallel: true })

  it('gives it another run once it was asked for that late', () => {
    expect(factOf(parallel)).toBe('claimed')
    expect(factOf(parallel, { now: from - 1 })).toBe('notListed')
    expect(factOf(parallel, { askedOf: () => ({ entryAt: from - 1 }) })).toBe('notListed')
  })

  it('waits longer while the server is slow', () => {
    const slow = replacedId.claimAfterWhenSlow
    expect(factOf(parallel, { isServerSlow: true })).toBe('notListed')
    expect(factOf(parallel, { isServerSlow: true, now: slow, askedOf: () => ({ entryAt: slow }) })).toBe(
      'claimed',
    )
  })

  it('gives it one also where one job runs at a time, unless the entries tell whose it is', () => {
    expect(factOf(running('a'))).toBe('claimed')
    const marked = { ...running('a'), start: { ...running('a').start, entryMark: '5' } }
    expect(factOf(marked, { hasEntries: () => true, mayHaveEntries: () => true })).toBe('notListed')
    expect(
      factOf({ ...marked, isParallel: true }, { hasEntries: () => true, mayHaveEntries: () => true }),
    ).toBe('claimed')
  })

  it('gives it one although others of its workflow run: their own ids are shown', () => {
    const others = [1, 2].map((at) =>
      runningJob({ jobId: `other ${at}`, isListed: true }, { isParallel: true }),
    )
    const view = viewOf([parallel, ...others], { now: from, askedOf: () => ({ entryAt: from }) })
    expect(factsOfRunningJobs(view, lists('other 1', 'other 2', 'new'))[0]).toEqual({
      key: 'a',
      fact: { kind: 'claimed', jobId: 'new', isHidden: false },
    })
  })

  it('gives each of several its own, where each knows that another one was there before it', () => {
    const view = viewOf([knowing(parallel, 'y'), knowing(running('b', { isParallel: true }), 'x')], {
      now: from,
      idleForMs: 0,
      askedOf: () => ({ entryAt: from }),
    })
    expect(factsOfRunningJobs(view, lists('x', 'y'))).toMatchObject([
      { key: 'a', fact: { kind: 'claimed', jobId: 'x' } },
      { key: 'b', fact: { kind: 'claimed', jobId: 'y' } },
    ])
  })

  it('gives none to one that was shown, or to one that ended', () => {
    expect(factOf(runningJob({ isListed: true }, { isParallel: true }))).toBe('notListed')
    expect(factOf(endedJob('unknown', {}, { isParallel: true }))).toBe('notListed')
  })

  it('gives it none where it is listed itself', () => {
    expect(
      kindsOf(
        factsOfRunningJobs(
          viewOf([parallel], { now: from, askedOf: () => ({ entryAt: from }) }),
          lists('id of a', 'new'),
        ),
      ),
    ).toEqual([['a', 'listed']])
  })
})

describe('the list of running jobs, for several starts of a parallel workflow whose ids were shown nowhere,', () => {
  const from = replacedId.claimAfter
  const first = running('first', { isParallel: true })
  const second = running('second', { isParallel: true })
  const factsOf = (
    others: readonly Job[],
    part: Partial<WorkflowView>,
    ...listed: readonly string[]
  ): [string, string][] =>
    kindsOf(
      factsOfRunningJobs(
        viewOf([first, second, ...others], {
          asked: [first, second],
          now: from,
          askedOf: () => ({ entryAt: from }),
          ...part,
        }),
        lists(...listed),
      ),
    )
  const claimedByNobody = [
    ['first', 'notListed'],
    ['second', 'notListed'],
  ]
  const claimedByFirst = [
    ['first', 'claimed'],
    ['second', 'notListed'],
  ]
  const busy = { idleForMs: from - 1 }

  it('gives fewer runs than there are starts to none of them while the workflow is busy', () => {
    expect(factsOf([], busy, 'new')).toEqual(claimedByNobody)
    expect(factsOf([], { idleForMs: from }, 'new')).toEqual(claimedByFirst)
  })

  it('gives as many as there are to all of them', () => {
    expect(factsOf([], busy, 'new', 'other')).toEqual([
      ['first', 'claimed'],
      ['second', 'claimed'],
    ])
  })

  it('counts neither a run that belongs to somebody nor one that ran before them', () => {
    const isOwned = owning('other')
    expect(factsOf([], { ...busy, isOwned }, 'new', 'other')).toEqual(claimedByNobody)
    const asked = [first, second].map((job) => knowing(job, 'other'))
    const view = viewOf(asked, { ...busy, now: from, askedOf: () => ({ entryAt: from }) })
    expect(kindsOf(factsOfRunningJobs(view, lists('new', 'other')))).toEqual(claimedByNobody)
  })

  it('counts no start that knows of all the runs that they were there before it', () => {
    const view = viewOf([first, knowing(second, 'new')], {
      ...busy,
      now: from,
      askedOf: () => ({ entryAt: from }),
    })
    expect(kindsOf(factsOfRunningJobs(view, lists('new')))).toEqual(claimedByFirst)
  })

  it('counts the workflow as busy while one of its runs is shown, or ended a moment ago', () => {
    const shown = running('shown', { run: runningJob({ isListed: true }).run })
    expect(factsOf([shown], {}, 'new')).toEqual(claimedByNobody)
    const ended = (endedAt: number): Job => ({ ...shown, end: endedJob('done', { endedAt }).end })
    expect(factsOf([ended(1)], {}, 'new')).toEqual(claimedByNobody)
    expect(factsOf([ended(0)], {}, 'new')).toEqual(claimedByFirst)
    expect(factsOf([running('unseen')], {}, 'new')).toEqual(claimedByFirst)
    expect(factsOf([queued('waits')], {}, 'new')).toEqual(claimedByFirst)
  })

  it('counts no start that was answered just now: where starts follow each other there is always such a one', () => {
    const { start } = first
    const fresh = (at: number): Job => ({
      ...second,
      key: 'fresh',
      start: { ...start, answer: { kind: 'id', at, jobId: 'fresh' } },
    })
    expect(factsOf([fresh(1)], busy, 'new', 'other')).toEqual([
      ['first', 'claimed'],
      ['second', 'claimed'],
    ])
    expect(factsOf([fresh(0)], busy, 'new', 'other')).toEqual(claimedByNobody)
  })

  it('counts no start that was shown, has ended or runs one at a time among those that wait', () => {
    const only = [running('ended', { isParallel: true, end: endedJob('unknown', { endedAt: 0 }).end })]
    expect(factsOf([...only, running('single')], busy, 'new', 'other')).toEqual([
      ['first', 'claimed'],
      ['second', 'claimed'],
    ])
    expect(factsOf([running('third', { isParallel: true })], busy, 'new', 'other')).toEqual(claimedByNobody)
  })
})
