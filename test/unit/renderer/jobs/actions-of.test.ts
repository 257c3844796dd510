import { describe, expect, it } from 'vitest'
import { actionsOf } from '../../../../src/renderer/jobs/actions/actions-of.ts'
import { endedView, viewIn } from '../../job-view.ts'

describe('what can be done with a job', () => {
  it.each([
    [
      'one that failed',
      endedView('failed', { errorLine: 'x' }),
      true,
      'runAgain withVariables copyError openWebManager notifications remove',
    ],
    [
      'one that is done',
      endedView('done'),
      true,
      'runAgain withVariables openWebManager notifications remove',
    ],
    [
      'one that was given a secret along',
      endedView('done', {}, { variables: [{ name: 'key', value: null }] }),
      true,
      'runAgain withVariables openWebManager notifications remove',
    ],
    ['one of a server without a sign-in', endedView('done'), false, 'notifications remove'],
    ['one that runs', viewIn('running', { jobId: 'a' }), true, 'suspend stop openWebManager notifications'],
    [
      'one that is suspended',
      viewIn('suspended', { jobId: 'a' }),
      true,
      'resume stop openWebManager notifications',
    ],
    ['one that is not begun', viewIn('notBegun', { jobId: 'a' }), true, 'stop openWebManager notifications'],
    [
      'one that waits',
      viewIn('waiting', { jobId: 'a' }),
      true,
      'approve reject stop openWebManager notifications',
    ],
    [
      'one of others that runs',
      viewIn('running', { jobId: 'a', origin: 'others' }),
      true,
      'suspend stop openWebManager notifications remove',
    ],
    [
      'one of others that is done',
      endedView('done', {}, { origin: 'cron' }),
      true,
      'withVariables openWebManager notifications remove',
    ],
    ['one that nobody follows', viewIn('waiting', { jobId: 'a' }), false, 'notifications'],
    ['one that has no id yet', viewIn('starting'), true, 'openWebManager notifications'],
  ])('%s', (_name, job, isFollowed, actions) => {
    expect(actionsOf(job, isFollowed).join(' ')).toBe(actions)
  })
})
