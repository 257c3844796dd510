import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { serveClear } from '../network/servers.ts'

/** A service on this machine that takes what it is sent, or answers as a test says. */
export interface Webhook {
  readonly address: string
  /** The paths and the bodies that it was sent. */
  readonly received: { readonly path: string; readonly body: unknown }[]
  /** The answers to the next requests; 200 after them. */
  readonly statuses: (number | { readonly status: number; readonly retryAfter: string })[]
}

export async function startWebhook(path = '/hooks/secret-token'): Promise<Webhook> {
  const received: Webhook['received'] = []
  const statuses: Webhook['statuses'] = []
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body: unknown = JSON.parse(await text(request))
    received.push({ path: request.url ?? '', body })
    const answer = statuses.shift() ?? 200
    if (typeof answer === 'number') response.writeHead(answer).end()
    else response.writeHead(answer.status, { 'Retry-After': answer.retryAfter }).end()
  }
  const port = await serveClear((request, response) => {
    void take(request, response)
  })
  return { address: `http://127.0.0.1:${port}${path}`, received, statuses }
}
