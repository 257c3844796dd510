import { describe, expect, it } from 'vitest'
import { dayOf } from '../../../../../src/renderer/jobs/list/moment.ts'
import { JobSearch } from '../../../../../src/renderer/jobs/list/search-text.ts'
import { createTranslator } from '../../../../../src/shared/i18n.ts'
import { endedView, viewIn } from '../../../job-view.ts'

const noon = new Date(2026, 10, 24, 12).getTime()
const day = 86_400_000

const search = new JobSearch({
  serverName: (id) => (id === 'server' ? 'Factory' : 'Test'),
  isFollowed: () => true,
  texts: createTranslator(['en-GB']),
  today: dayOf(noon),
})

const failure = endedView(
  'failed',
  { endedAt: noon - day, durationMs: null, errorLine: 'MailsSend: The server refused' },
  { workflowName: 'Éxport_Straße ﬁle', startedAt: null },
)
const running = viewIn('running', { serverId: 'other', requestedAt: noon })

describe('a search', () => {
  it.each([
    ['the workflow', 'export'],
    ['a part of a word', 'port_stra'],
    ['what is written in another form', 'FILE'],
    ['the outcome', 'failed'],
    ['the error', 'refused'],
    ['the server', 'factory'],
    ['the day by its name', 'yesterday'],
    ['the day by its weekday', 'monday'],
    ['the day by its date', '23 november'],
    ['the day as numbers', '2026-11-23'],
    ['several of them, in any order', '  refused  export yesterday '],
    ['nothing that is asked for', ' '],
  ])('finds %s', (_what, words) => {
    expect(search.matcher(words)(failure)).toBe(true)
  })

  it('needs every word', () => {
    expect(search.matcher('export done')(failure)).toBe(false)
    expect(search.matcher('factory')(running)).toBe(false)
    expect(search.matcher('running today test')(running)).toBe(true)
  })

  it('sees a job that changed: it is another view', () => {
    expect(search.matcher('done')({ ...running, state: endedView('done').state })).toBe(true)
  })

  it('says why, where there is a reason', () => {
    expect(search.matcher('permitted')(endedView('notStarted', { reason: 'forbidden' }))).toBe(true)
  })
})

it('is made ready as long as there is time, and goes on from there', () => {
  let left = 2
  const next = search.prepare([failure, running, failure], 0, () => left-- > 0)
  expect(next).toBe(2)
  expect(search.prepare([failure, running, failure], next, () => true)).toBe(3)
})
