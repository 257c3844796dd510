import { z } from 'zod'
import { outcomeSchema } from './outcome.ts'

/** What the person was told of how a job ended. */
export const toldSchema = z.object({
  /** Milliseconds since 1970, this machine's clock. */
  at: z.number(),
  outcome: outcomeSchema,
  /**
   * `shown`: the desktop took the notification. `muted`: the settings ask for none. `seen`: the window showed the job to
   * the person at that moment. `refused`: the desktop refused it, and an earlier version of the app then let it be.
   */
  how: z.enum(['shown', 'muted', 'seen', 'refused']),
})
export type Told = z.infer<typeof toldSchema>
