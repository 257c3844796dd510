import { EventSource } from 'eventsource'
import { Agent, fetch } from 'undici'
import { z } from 'zod'
import type { Follower, FollowerOptions } from './follower.ts'
import { Rest } from './rest.ts'

const frameSchema = z.looseObject({ status: z.string() })

/** What the server's documentation suggests: one EventSource for each job, and its message is the truth. */
export function followNaively({ baseUrl, token, onToast, onTold }: FollowerOptions): Follower {
  const rest = new Rest({ baseUrl, token })
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 })
  const open = new Set<EventSource>()

  const follow = (workflowId: number, jobId: string): void => {
    const source = new EventSource(`${baseUrl}/sse/${workflowId}/${jobId}`, {
      fetch: (url, { headers, signal }) =>
        fetch(url, { headers: { ...headers, ...rest.headers }, signal, dispatcher }),
    })
    open.add(source)
    source.addEventListener('message', ({ data }: MessageEvent) => {
      source.close()
      open.delete(source)
      onToast(1)
      onTold(jobId, frameSchema.parse(JSON.parse(String(data))).status.toLowerCase())
    })
  }

  return {
    start: async (id) => {
      const jobId = z
        .string()
        .nullable()
        .parse(await rest.ask('POST', `start?w=${id}`))
      if (jobId !== null) follow(id, jobId)
    },
    close: async () => {
      for (const source of open) source.close()
      await dispatcher.destroy()
      await rest.close()
    },
  }
}
