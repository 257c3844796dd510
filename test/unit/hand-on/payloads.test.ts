import { describe, expect, test } from 'vitest'
import { endEvent, type EndEvent } from '../../../src/main/hand-on/end-event.ts'
import { checkedAddress, postFor } from '../../../src/main/hand-on/payloads.ts'
import { createTranslator } from '../../../src/shared/i18n.ts'
import { type UrlKind, urlKinds } from '../../../src/shared/choices.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { endedView } from '../job-view.ts'

const texts = createTranslator(['en-GB'])
const naming = { texts, serverOf: () => 'Ledger', nameOf: () => 'Ledger' }

const failed: EndEvent = {
  event: 'jobEnded',
  id: 'key:failed',
  title: 'Failed: Send <invoices>',
  text: 'Took 5s\nMail & more: refused',
  workflow: 'Send <invoices>',
  workflowId: 3,
  jobId: 'id',
  server: null,
  outcome: 'failed',
  corrects: null,
  reason: null,
  error: 'Mail & more: refused',
  durationMs: 5000,
  endedAt: '2026-11-24T03:12:00.000Z',
}

const posted = (kind: UrlKind, address: string, event: EndEvent): { url: string; content: unknown } => {
  const { url, body } = postFor(kind, address, event)
  return { url, content: JSON.parse(body) }
}

/** A line of a card. */
const cardLine = (text: string, weight: string): object => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text, weight }],
})

describe('what is known of an end', () => {
  test('is in the words of its notification, without the marks that a desktop needs', () => {
    const job = endedView('failed', { errorLine: 'Refused', durationMs: 5000, endedAt: 0 })
    expect(endEvent(job, null, naming)).toEqual({
      event: 'jobEnded',
      id: 'key:failed',
      title: 'Failed: Import orders',
      text: 'On Ledger\nTook 5.0s\nRefused',
      workflow: 'Import orders',
      workflowId: 1,
      jobId: 'id',
      server: 'Ledger',
      outcome: 'failed',
      corrects: null,
      reason: null,
      error: 'Refused',
      durationMs: 5000,
      endedAt: '1970-01-01T00:00:00.000Z',
    })
  })

  test('says what it puts right', () => {
    expect(endEvent(endedView('done'), 'failed', naming)).toMatchObject({
      title: 'Done (corrected): Import orders',
      corrects: 'failed',
    })
  })
})

describe('what a service is sent', () => {
  test('as JSON is all that is known', () => {
    expect(posted('json', 'https://host/hook?key=1', failed)).toEqual({
      url: 'https://host/hook?key=1',
      content: failed,
    })
  })

  test('goes to the root of an ntfy server, with the topic', () => {
    expect(posted('ntfy', 'https://ntfy.sh/my_topic?auth=abc', failed)).toEqual({
      url: 'https://ntfy.sh/?auth=abc',
      content: {
        topic: 'my_topic',
        title: failed.title,
        message: failed.text,
        priority: 4,
        tags: ['x'],
      },
    })
  })

  test.each<[Outcome, number]>([
    ['done', 3],
    ['warning', 3],
    ['stopped', 3],
    ['rejected', 3],
    ['notStarted', 4],
    ['unknown', 4],
  ])('has for ntfy and %s the priority %d', (outcome, priority) => {
    const { content } = posted('ntfy', 'https://ntfy.sh/topic', { ...failed, outcome })
    expect(content).toMatchObject({ priority })
  })

  test('is text for Slack, in which nothing is taken for a link or a mention', () => {
    expect(posted('slack', 'https://hooks.slack.com/services/T/B/x', failed)).toEqual({
      url: 'https://hooks.slack.com/services/T/B/x',
      content: { text: '*Failed: Send &lt;invoices&gt;*\nTook 5s\nMail &amp; more: refused' },
    })
  })

  test('is a card for Teams, line by line, without Markdown', () => {
    const { content } = posted('teams', 'https://example.com/workflows/1', failed)
    expect(content).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            type: 'AdaptiveCard',
            body: [
              cardLine(failed.title, 'Bolder'),
              cardLine('Took 5s', 'Default'),
              cardLine('Mail & more: refused', 'Default'),
            ],
          },
        },
      ],
    })
  })

  test('is never without its title, also where there is nothing else to say', () => {
    for (const kind of urlKinds)
      expect(
        postFor(kind, 'https://host/topic', { ...failed, title: 'Done: Ping', text: '' }).body,
      ).toContain('Done: Ping')
  })
})

describe('an address', () => {
  test.each<[UrlKind, string, string | null]>([
    ['json', ' https://Host/hook?a=b#part ', 'https://host/hook?a=b'],
    ['json', 'http://127.0.0.1:9000', 'http://127.0.0.1:9000/'],
    ['json', 'host/hook', null],
    ['json', 'ftp://host/hook', null],
    ['json', 'javascript:alert(1)', null],
    ['json', 'https://ann:secret@host/hook', null],
    ['json', '', null],
    ['ntfy', 'https://ntfy.sh/topic', 'https://ntfy.sh/topic'],
    ['ntfy', 'https://ntfy.sh/', null],
    ['ntfy', 'https://ntfy.sh/a/b', null],
    ['slack', 'https://hooks.slack.com/services/T/B/x', 'https://hooks.slack.com/services/T/B/x'],
  ])('of %s that is typed as “%s” is %s', (kind, typed, address) => {
    expect(checkedAddress(kind, typed)).toBe(address)
  })
})
