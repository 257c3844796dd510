import { ask } from '../wexflow/ask.ts'
import { answerWithinMs } from '../wexflow/calls.ts'
import { WexflowError } from '../wexflow/errors.ts'
import { refusal } from '../wexflow/refusal.ts'
import type { Fetch } from '../wexflow/transport.ts'

/**
 * Makes sure that a server takes its token from the cookie, which it does only where no other sign-in reaches it in the
 * header (source: Startup.cs, JwtPipeline.cs). Rejects with a `WexflowError`: `frontSignInPassedOn` where what stands in
 * front of it hands its own sign-in on.
 */
export async function checkFront(fetch: Fetch, baseUrl: string, token: string): Promise<void> {
  const answer = await ask(fetch, `${baseUrl}/api/v1/status-count`, {
    method: 'GET',
    headers: { Authorization: `Bearer ${token}` },
    withinMs: answerWithinMs,
  })
  if (answer.status !== 401) return
  const error = refusal(answer)
  if (error.failure.kind !== 'signInExpired') throw error
  throw new WexflowError('frontSignInPassedOn', '401 with a new token', false, error)
}
