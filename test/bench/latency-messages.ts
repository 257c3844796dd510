import { z } from 'zod'

/** What the latency run and its server tell each other. */

const momentSchema = z.object({
  /** The workflow's name, which the notification's title ends with. */
  name: z.string(),
  /** Milliseconds of the steady clock (clock.ts). */
  at: z.number(),
})
export type Moment = z.infer<typeof momentSchema>

export const readySchema = z.object({
  /** The address that is typed into the app's form. */
  origin: z.string(),
  /** The token that the baseline sends. */
  token: z.string(),
})

/** The answer to `start` and `startCompany`: the address of the stream of the baseline's next job. */
export const startedSchema = z.object({ stream: z.string() })

/** The answer to `report`. */
export const framesSchema = z.object({
  app: z.array(momentSchema),
  baseline: z.array(momentSchema),
  /** When the poller was told of the baseline's jobs, in the order of their frames; null where it was not. */
  polled: z.array(z.number().nullable()),
})
export type Frames = z.infer<typeof framesSchema>
