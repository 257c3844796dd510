import type { FetchAnswer } from '../../src/main/wexflow/transport.ts'
import type { Draw } from './draw.ts'

/** What stands in the way to a server and answers every call in its place. */
export const strangerKinds = ['portal', 'redirect', 'tooManyRequests', 'badGateway', 'unavailable'] as const
export type StrangerKind = (typeof strangerKinds)[number]

/** How long somebody who names a time asks to be left alone at least and at most, in seconds. */
const leastRestS = 2
const mostRestS = 120

/** An answer that is not the server's. */
interface StrangersAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** For how long it asks to be left alone, in milliseconds. */
  readonly restMs: number
}

const html = { 'content-type': 'text/html' }
const page = '<!doctype html><html><title>Sign in</title></html>'

/** The answer of somebody of this kind. */
export function strangersAnswer(kind: StrangerKind, draw: Draw): StrangersAnswer {
  switch (kind) {
    case 'portal':
      return { status: 200, headers: html, body: page, restMs: 0 }
    case 'redirect':
      return { status: 302, headers: { location: 'https://login.invalid/?next=/' }, body: '', restMs: 0 }
    case 'tooManyRequests': {
      const seconds = draw.pick([leastRestS, draw.between(leastRestS, mostRestS)])
      const headers = { 'retry-after': String(seconds) }
      return { status: 429, headers, body: '', restMs: seconds * 1000 }
    }
    case 'badGateway':
      return { status: 502, headers: html, body: '<html>502 Bad Gateway</html>', restMs: 0 }
    case 'unavailable':
      return { status: 503, headers: {}, body: '', restMs: 0 }
  }
}

/** An answer that is there at once. */
export const wholeAnswer = ({
  status,
  headers,
  body,
}: Pick<StrangersAnswer, 'status' | 'headers' | 'body'>): FetchAnswer => ({
  status,
  headers: new Headers(headers),
  body: null,
  text: () => Promise.resolve(body),
})
