import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  begunToast,
  jobToast,
  messageSummaryToast,
  messageToast,
  missedRunToast,
  missedSummaryToast,
  phaseSummaryToast,
  phaseToast,
  stillRunningToast,
  summaryToast,
  type ToastText,
} from '../../../src/main/notify/texts.ts'
import type { EndedJobView, JobEnd, JobView } from '../../../src/shared/job-view.ts'
import { createTranslator, loadTranslator } from '../../../src/shared/i18n.ts'
import type { Sequel } from '../../../src/main/notify/sequel.ts'
import { formatDuration } from '../../../src/shared/format.ts'
import type { Message } from '../../../src/shared/message.ts'
import type { Told } from '../../../src/shared/told.ts'
import { type Outcome, type Reason, reasons } from '../../../src/shared/outcome.ts'
import { asRead } from '../../desktop/as-read.ts'
import { endedView, viewIn } from '../job-view.ts'

const { t, locale } = createTranslator(['en-GB'])
/** The words as a person reads them. */
const read = ({ title, body }: ToastText): ToastText => ({ title: asRead(title), body: asRead(body) })
/** The notification of a job that nobody was told of before. */
const toast = (outcome: Outcome, end: Partial<JobEnd> = {}, part: Partial<JobView> = {}): ToastText =>
  read(jobToast(endedView(outcome, end, part), null, t, locale))

/** Each server is called as its id. */
const serverOf = (serverId: string): string => serverId

/** The notification of a stopped job of which something was told before. */
const toastAfter = (told: Told): ToastText => read(jobToast(endedView('stopped'), told, t, locale))

const titleOf = (outcome: Outcome, sequel: Sequel): string =>
  read(jobToast(endedView(outcome), null, t, locale, serverOf, sequel)).title

describe('one job', () => {
  test.each<[Outcome, string]>([
    ['done', 'Done: Import orders'],
    ['warning', 'Warning: Import orders'],
    ['failed', 'Failed: Import orders'],
    ['stopped', 'Stopped: Import orders'],
    ['rejected', 'Rejected: Import orders'],
    ['unknown', 'Unknown: Import orders'],
  ])(
    '%s: the title says the outcome first, and then the workflow, the body how long it took',
    (outcome, title) => {
      expect(toast(outcome)).toEqual({ title, body: 'Took 12s' })
    },
  )

  test('a duration that nobody knows is left out', () => {
    expect(toast('done', { durationMs: null }).body).toBe('')
  })

  test('a failure says what went wrong', () => {
    expect(toast('failed', { errorLine: 'FilesLoader: File not found: /x' }).body).toBe(
      'Took 12s\nFilesLoader: File not found: /x',
    )
  })

  test('a long error is cut between characters', () => {
    expect(toast('failed', { durationMs: null, errorLine: '😀'.repeat(201) }).body).toBe(
      `${'😀'.repeat(199)}…`,
    )
    expect(toast('failed', { durationMs: null, errorLine: 'x'.repeat(200) }).body).toBe('x'.repeat(200))
  })

  test.each<[Outcome, Reason, string]>([
    ['notStarted', 'forbidden', 'You are not permitted to start this workflow.'],
    ['notStarted', 'disabled', 'The workflow is disabled on the server.'],
    ['notStarted', 'unreachable', 'The server could not be reached.'],
    ['unknown', 'endedWithServer', 'The server restarted while it ran; how it ended is not recorded.'],
    ['unknown', 'notRecorded', 'It ended, but the server did not record how.'],
  ])('%s because %s: says why', (outcome, reason, body) => {
    expect(toast(outcome, { reason, durationMs: null }).body).toBe(body)
  })

  test.each(reasons)('the reason %s is one sentence without a gap', (reason) => {
    expect(toast('unknown', { reason, durationMs: null }).body).toMatch(/^[A-Z][^{}\n]+\.$/u)
  })

  test('a correction says what was told before', () => {
    expect(toastAfter({ at: 1, outcome: 'unknown', how: 'shown' })).toEqual({
      title: 'Stopped (corrected): Import orders',
      body: 'It was told as “Unknown” before.\nTook 12s',
    })
  })

  test('a job that is done after a failure says so, and how often it failed since somebody looked', () => {
    expect(titleOf('done', { isFix: true, times: 1 })).toBe('Fixed: Import orders')
    expect(titleOf('failed', { isFix: false, times: 2 })).toBe('Failed ×2: Import orders')
    expect(titleOf('failed', { isFix: false, times: 1 })).toBe('Failed: Import orders')
  })

  test('a first word about a job is no correction, even where the settings or the system kept another one back', () => {
    expect(toastAfter({ at: 1, outcome: 'unknown', how: 'muted' }).title).toBe('Stopped: Import orders')
  })

  test('a job that may be somebody else’s says so', () => {
    expect(toast('done', {}, { maybeOthers: true }).body).toBe('Took 12s\nPossibly started by someone else.')
  })

  test('a job that ran with the variables of another says so', () => {
    expect(toast('done', {}, { hasOthersVariables: true }).body).toBe(
      `Took 12s\n${t('jobs.othersVariables')}`,
    )
  })

  test('a job that others began says so', () => {
    expect(toast('done', {}, { origin: 'cron' }).body).toBe(`Took 12s\n${t('origin.cron')}`)
    expect(toast('done', {}, { origin: 'app' }).body).toBe('Took 12s')
  })

  test.each(['Müller & Söhne <日本>', '$t(app.name) {{outcome}}', '$& $1 __outcome__'])(
    'the workflow’s name is told as it is: %s',
    (workflowName) => {
      expect(toast('done', {}, { workflowName }).title).toBe(`Done: ${workflowName}`)
    },
  )

  test('the workflow’s name is shielded from the direction of the words beside it', () => {
    const job = endedView('done', {}, { workflowName: 'גיבוי' })
    expect(jobToast(job, null, t, locale).title).toBe('Done: \u2068גיבוי\u2069')
  })

  test('a name or an error that no desktop could show is cleaned and cut', () => {
    const { title, body } = toast(
      'failed',
      { durationMs: null, errorLine: '\u001B[31mboom\u001B[0m\0\uD83D' },
      { workflowName: `\u202E${'n'.repeat(100)}\n` },
    )
    expect(title).toBe(`Failed: ${'n'.repeat(79)}…`)
    expect(body).toBe('boom')
  })

  test('the error is told as it is', () => {
    const errorLine = '$t(app.name) {{duration}} $& <b>&amp;'
    expect(toast('failed', { errorLine }).body).toBe(`Took 12s\n${errorLine}`)
  })
})

const summary = (...jobs: readonly [outcome: Outcome, workflowName: string][]): ToastText =>
  read(
    summaryToast(
      jobs.map(([outcome, workflowName]) => endedView(outcome, {}, { workflowName })),
      t,
      locale,
    ),
  )

describe('several jobs', () => {
  test('that all went well: how many, and which', () => {
    expect(summary(['done', 'A'], ['done', 'B'])).toEqual({
      title: '2 jobs ended: 2 done',
      body: 'Done: A, B',
    })
  })

  test('says how many of them others began, where it is any', () => {
    const jobs = (['app', 'others', 'cron'] as const).map((origin) => endedView('done', {}, { origin }))
    expect(read(summaryToast(jobs, t, locale)).body).toContain(t('toast.ofOthers', { count: 2 }))
    expect(summary(['done', 'A'], ['done', 'B']).body).toBe('Done: A, B')
  })

  test('says how many of them put right what was told before, where it is any', () => {
    const jobs = [endedView('done'), endedView('failed')]
    const bodyOf = (corrected?: number): string =>
      read(summaryToast(jobs, t, locale, undefined, corrected)).body
    expect(bodyOf(1)).toBe(
      'Failed: Import orders\nDone: Import orders\n1 of them puts right what was told before',
    )
    for (const none of [0, undefined]) expect(bodyOf(none)).toBe('Failed: Import orders\nDone: Import orders')
  })

  test('counts each outcome and names its workflows, the worst first', () => {
    const all = summary(
      ['done', 'A'],
      ['warning', 'B'],
      ['failed', 'C'],
      ['failed', 'D'],
      ['stopped', 'E'],
      ['rejected', 'F'],
      ['notStarted', 'G'],
      ['unknown', 'H'],
    )
    expect(all.title).toBe(
      '8 jobs ended: 1 done, 1 with a warning, 2 failed, 1 stopped, 1 rejected, 1 not started, 1 unknown',
    )
    expect(all.body).toBe(
      'Failed: C, D\nUnknown: H\nNot started: G\nWarning: B\nRejected: F\nStopped: E\nDone: A',
    )
  })

  test('names a workflow once, and three of an outcome', () => {
    expect(summary(['failed', 'A'], ['failed', 'A'], ['done', 'A']).body).toBe('Failed: A\nDone: A')
    expect(summary(['failed', 'A'], ['failed', 'B'], ['failed', 'C']).body).toBe('Failed: A, B, C')
    expect(
      summary(['failed', 'A'], ['failed', 'B'], ['failed', 'C'], ['failed', 'D'], ['failed', 'E']).body,
    ).toBe('Failed: A, B, C, 2 more')
  })

  test('tells the names as they are', () => {
    expect(summary(['failed', '{{outcome}} $&'], ['done', 'B']).body).toBe('Failed: {{outcome}} $&\nDone: B')
  })
})

const on = (serverId: string, outcome: Outcome, workflowName: string): EndedJobView =>
  endedView(outcome, {}, { serverId, workflowName })

describe('where there are several servers', () => {
  test('a job says its own', () => {
    const body = 'On production\nTook 12s'
    expect(read(jobToast(on('production', 'done', 'A'), null, t, locale, serverOf)).body).toBe(body)
  })

  test('a summary of one server says it once', () => {
    const jobs = [on('production', 'failed', 'A'), on('production', 'done', 'B')]
    expect(read(summaryToast(jobs, t, locale, serverOf)).body).toBe('On production\nFailed: A\nDone: B')
  })

  test('a summary of several says it of each workflow that it names', () => {
    const jobs = [on('production', 'failed', 'A'), on('test', 'failed', 'A'), on('test', 'done', 'B')]
    expect(read(summaryToast(jobs, t, locale, serverOf))).toEqual({
      title: '3 jobs ended: 1 done, 2 failed',
      body: 'Failed: A (production), A (test)\nDone: B (test)',
    })
  })

  test('a job that waits for approval says its own, and so do several', () => {
    const jobs = ['production', 'test'].map((serverId) => viewIn('waiting', { serverId, workflowName: 'A' }))
    const [first] = jobs
    expect(first && read(phaseToast(first, 'waiting', t, serverOf)).body).toMatch(
      /^On production\nIt goes on/u,
    )
    expect(read(phaseSummaryToast(jobs, 'waiting', t, locale, serverOf)).body).toBe(
      'A (production), A (test)',
    )
  })
})

describe('a phase', () => {
  test.each(['waiting', 'notBegun'] as const)(
    '%s names its job and what it came to, and counts several',
    (phase) => {
      const job = viewIn(phase, { workflowName: 'Import orders' })
      const { title, body } = read(phaseToast(job, phase, t))
      expect(title).toContain('Import orders')
      expect(title).toContain(t(`phase.${phase}`))
      expect(body).not.toBe('')
      const many = read(
        phaseSummaryToast([job, viewIn(phase, { workflowName: 'B' })], phase, t, locale, () => 'production'),
      )
      expect(many.title).toMatch(/\b2\b/u)
      expect(many.body).toBe('On production\nImport orders, B')
    },
  )

  test('that is over says that its job has begun', () => {
    const job = viewIn('running', { serverId: 'production', workflowName: 'Import orders' })
    expect(read(begunToast(job, t))).toEqual({
      title: t('toast.title', { workflow: 'Import orders', what: t('toast.begun') }),
      body: '',
    })
    expect(read(begunToast(job, t, serverOf)).body).toBe('On production')
  })
})

describe('a job that runs for far longer than usual', () => {
  const job = viewIn('running', { serverId: 'production', origin: 'cron' })
  const times = { elapsed: 600_000, usual: 60_000 }

  test('says how long it has run, how long it usually takes, and where and by what it began', () => {
    const { title, body } = read(stillRunningToast(job, times, t, locale, serverOf))
    expect(title).toBe('Still running: Import orders')
    expect(body).toMatch(/^On production\n[^\n]*10[^\n]*, [^\n]*1[^\n]*\n/u)
    expect(body.split('\n').at(-1)).toBe(t('origin.cron'))
  })

  test('says only how long it has run where no more is known of it', () => {
    const { body } = stillRunningToast({ ...job, origin: 'app' }, { ...times, usual: null }, t, locale)
    expect(body).toBe(t('job.when.running', { duration: formatDuration(times.elapsed, locale) }))
  })
})

const missedRuns = (...uncertain: readonly boolean[]) =>
  read(
    missedSummaryToast(
      uncertain.map((isUncertain, at) => ({
        workflowName: `W${at}`,
        serverId: 'production',
        isUncertain,
      })),
      t,
      locale,
      serverOf,
    ),
  )

describe('a run that did not come', () => {
  const dueAt = new Date(2026, 10, 24, 2, 0).getTime()
  const run = { workflowName: 'Import orders', dueAt, isUncertain: false }

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: dueAt + 3_600_000 })
  })
  afterEach(() => vi.useRealTimers())

  test('says of which workflow, where, and when it was due', () => {
    expect(read(missedRunToast(run, 'production', t, 'en-GB'))).toEqual({
      title: 'Did not run: Import orders',
      body: 'On production\nExpected at 02:00',
    })
    expect(missedRunToast(run, null, t, 'en-GB').body).toBe('Expected at 02:00')
  })

  test('says only that there is no record of it where the server was away', () => {
    expect(read(missedRunToast({ ...run, isUncertain: true }, null, t, 'en-GB'))).toEqual({
      title: 'No record of a run: Import orders',
      body: 'Expected at 02:00. The server was away or has been restarted since.',
    })
  })

  test('is one of several in one notification, which is sure only where each of them is', () => {
    expect(missedRuns(false, false)).toEqual({
      title: '2 workflows did not run',
      body: 'On production\nW0, W1',
    })
    expect(missedRuns(false, true).title).toBe('2 workflows without a record of a run')
  })
})

const messageFrom = (from: string, text = 'Disk full'): Message => ({
  id: '1',
  from,
  text,
  sentAt: null,
  sentText: '',
  isRead: false,
})

describe('a message', () => {
  test('says from whom it is, as far as that is known, and what it says', () => {
    expect(read(messageToast(messageFrom('alice'), 'production', t))).toEqual({
      title: t('toast.message.from', { user: 'alice' }),
      body: 'On production\nDisk full',
    })
    expect(messageToast(messageFrom(''), null, t)).toEqual({
      title: t('toast.message.one'),
      body: 'Disk full',
    })
    expect(messageToast(messageFrom('', 'x'.repeat(201)), null, t).body).toBe(`${'x'.repeat(199)}…`)
  })

  test('is one of several in one notification, which names each sender once', () => {
    const several = (...senders: readonly string[]) =>
      read(
        messageSummaryToast(
          senders.map((from) => messageFrom(from)),
          null,
          t,
          locale,
        ),
      )
    expect(several('alice', 'bob', 'alice', '')).toEqual({
      title: t('toast.message.many', { count: 4 }),
      body: t('toast.message.users', { users: 'alice, bob' }),
    })
    expect(several('', '').body).toBe('')
    expect(read(messageSummaryToast([messageFrom('alice')], 'production', t, locale)).body).toBe(
      `On production\n${t('toast.message.users', { users: 'alice' })}`,
    )
  })
})

/** Without the marks of direction, and with plain spaces. */
const plain = (text: string): string => asRead(text).replaceAll(/[^\S\n]/gu, ' ')

describe('in another language', () => {
  test.each([
    [
      'da-DK',
      { title: 'Mislykket: Import orders', body: 'Tog 1,5 s\nFilen mangler' },
      '3 job sluttede: 2 udført og 1 med en advarsel',
    ],
    [
      'fr-FR',
      { title: 'Échec : Import orders', body: 'Durée : 1,5s\nFilen mangler' },
      '3 jobs terminés : 2 réussis et 1 avec avertissement',
    ],
  ])('%s has its own words, numbers, lists and plural forms', async (language, wanted, several) => {
    const texts = await loadTranslator([language])
    const failed = endedView('failed', { durationMs: 1500, errorLine: 'Filen mangler' })
    const { title, body } = jobToast(failed, null, texts.t, texts.locale)
    expect({ title: plain(title), body: plain(body) }).toEqual(wanted)
    const jobs = [endedView('done'), endedView('done'), endedView('warning')]
    expect(plain(summaryToast(jobs, texts.t, texts.locale).title)).toBe(several)
  })
})
