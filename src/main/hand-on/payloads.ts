import type { UrlKind } from '../../shared/choices.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { EndEvent } from './end-event.ts'

/** A POST of JSON. */
export interface Post {
  readonly url: string
  readonly body: string
}

/** What is sent to an address for an event, as the service of this kind wants it. The address was checked by `checkedAddress`. */
export const postFor = (kind: UrlKind, address: string, event: EndEvent): Post => {
  const { url, content } = shapes[kind](address, event)
  return { url, body: JSON.stringify(content) }
}

type Shape = (address: string, event: EndEvent) => { readonly url: string; readonly content: object }

/** How ntfy shows each outcome: a priority from 1 to 5, and the name of an emoji. https://docs.ntfy.sh/publish */
const ntfyLook = {
  done: { priority: 3, tags: ['white_check_mark'] },
  warning: { priority: 3, tags: ['warning'] },
  failed: { priority: 4, tags: ['x'] },
  stopped: { priority: 3, tags: ['black_square_for_stop'] },
  rejected: { priority: 3, tags: ['no_entry_sign'] },
  notStarted: { priority: 4, tags: ['x'] },
  unknown: { priority: 4, tags: ['question'] },
} as const satisfies Record<Outcome, object>

const shapes: Readonly<Record<UrlKind, Shape>> = {
  json: (address, event) => ({ url: address, content: event }),
  // Its JSON goes to the root: headers, which the topic's own address takes, hold no more than Latin-1.
  ntfy: (address, { title, text, outcome }) => {
    const { origin, search, pathname } = new URL(address)
    const topic = decodeURIComponent(pathname.slice(1))
    return { url: `${origin}/${search}`, content: { topic, title, message: text, ...ntfyLook[outcome] } }
  },
  slack: (address, { title, text }) => ({
    url: address,
    content: { text: [`*${slackText(title)}*`, slackText(text)].filter((line) => line !== '').join('\n') },
  }),
  teams: (address, { title, text }) => ({
    url: address,
    content: {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            body: [teamsLine(title, true), ...linesOf(text).map((line) => teamsLine(line, false))],
          },
        },
      ],
    },
  }),
}

/** The three characters that Slack gives a meaning to in any text. */
const slackText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A `TextBlock` would read Markdown, such as a link, in a workflow's name. */
const teamsLine = (text: string, isTitle: boolean): object => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text, weight: isTitle ? 'Bolder' : 'Default' }],
})

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '')

/**
 * The address that was typed as it is called; null for what is none of http or https, holds a password, which belongs
 * nowhere, or, for ntfy, does not end in exactly a topic.
 */
export function checkedAddress(kind: UrlKind, typed: string): string | null {
  const text = typed.trim()
  if (!/^https?:\/\//iu.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return null
  if (kind === 'ntfy' && !/^\/[\w-]{1,64}$/u.test(url.pathname)) return null
  url.hash = ''
  return url.href
}
