import type { FailureKind } from '../../shared/failure.ts'
import type { HandOnFailure } from '../../shared/hand-on.ts'
import { type Answer, ask } from '../wexflow/ask.ts'
import { networkFailure } from '../wexflow/failures.ts'
import { retryAfter } from '../wexflow/refusal.ts'
import type { Fetch } from '../wexflow/transport.ts'
import type { Post } from './payloads.ts'

/** What came of an attempt. */
export type Attempt =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly failure: HandOnFailure
      /** Milliseconds after which another attempt may have luck, at least; null where none will. */
      readonly againAfterMs: number | null
    }

const withinMs = 10_000
/** Bytes of an answer, of which nothing is used. */
const mostOfAnswer = 64 * 1024

/** Sends a POST once. Never rejects. */
export async function callUrl(fetch: Fetch, { url, body }: Post): Promise<Attempt> {
  const headers = { 'Content-Type': 'application/json' }
  try {
    return attemptOf(await ask(fetch, url, { method: 'POST', headers, body, withinMs, limit: mostOfAnswer }))
  } catch (error) {
    const { kind, detail } = networkFailure(error).failure
    // Only what succeeded is read as far as that.
    if (kind === 'tooLarge') return { ok: true }
    const problem = problemOf[kind] ?? 'unreachable'
    return { ok: false, failure: { problem, detail }, againAfterMs: 0 }
  }
}

function attemptOf(answer: Answer): Attempt {
  const { status } = answer
  if (status >= 200 && status < 300) return { ok: true }
  const isBusy = status === 429 || status >= 500
  return {
    ok: false,
    failure: { problem: isBusy ? 'busy' : 'refused', detail: String(status) },
    againAfterMs: isBusy ? (retryAfter(answer) ?? 0) : null,
  }
}

/** What is said of the network's failures; of all others that it can't be reached. */
const problemOf: Readonly<Partial<Record<FailureKind, HandOnFailure['problem']>>> = {
  noSuchHost: 'noSuchHost',
  timedOut: 'timedOut',
  notHttps: 'certificate',
  tlsUntrusted: 'certificate',
  tlsExpired: 'certificate',
  tlsOtherName: 'certificate',
  tlsTooOld: 'certificate',
  clientCertificateNeeded: 'certificate',
  proxyUnreachable: 'proxy',
  proxySignIn: 'proxy',
  proxyRefused: 'proxy',
  proxyUnsupported: 'proxy',
}
