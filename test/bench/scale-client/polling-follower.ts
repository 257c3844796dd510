import { z } from 'zod'
import type { Follower, FollowerOptions } from './follower.ts'
import { Rest } from './rest.ts'

const everyMs = 1000
/** As many as a browser asks one host at once. */
const atOnce = 6

const entrySchema = z.looseObject({ Status: z.number() }).nullable()
const finalStatuses = new Map([
  [2, 'done'],
  [3, 'failed'],
  [4, 'warning'],
  [6, 'stopped'],
  [7, 'rejected'],
])

/** The web manager's way: each second, or as soon as the last round is through, the entry of every job that runs. */
export function followByPolling({ baseUrl, token, onToast, onTold }: FollowerOptions): Follower {
  const rest = new Rest({ baseUrl, token })
  const running = new Map<string, number>()
  let isClosed = false

  const ask = async (jobId: string, workflowId: number): Promise<void> => {
    const entry = entrySchema.parse(await rest.ask('GET', `entry?w=${workflowId}&i=${jobId}`))
    const outcome = finalStatuses.get(entry?.Status ?? 0)
    if (outcome === undefined || !running.delete(jobId)) return
    onToast(1)
    onTold(jobId, outcome)
  }
  const round = async (): Promise<void> => {
    const jobs = [...running].values()
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const [jobId, workflowId] of jobs) await ask(jobId, workflowId)
      }),
    )
  }
  const goOn = async (): Promise<void> => {
    const began = performance.now()
    await round()
    if (!isClosed) setTimeout(() => void goOn(), Math.max(0, began + everyMs - performance.now()))
  }
  void goOn()

  return {
    start: async (id) => {
      const jobId = z
        .string()
        .nullable()
        .parse(await rest.ask('POST', `start?w=${id}`))
      if (jobId !== null) running.set(jobId, id)
    },
    close: async () => {
      isClosed = true
      await rest.close()
    },
  }
}
