import { z } from 'zod'
import { plainVariableSchema } from './variables.ts'

/** The most UTF-16 units that a deep link may have: values of variables take room. */
export const longestDeepLink = 16_000

/** Why a deep link leads nowhere. */
const deepLinkProblemSchema = z.enum([
  'unreadable',
  'noSuchServer',
  'noSuchWorkflow',
  'noSuchJob',
  'serverAway',
])
export type DeepLinkProblem = z.infer<typeof deepLinkProblemSchema>

/** What the window shows of a deep link: a start, which a person may make of it, or why there is nothing to show. */
export const shownDeepLinkSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    serverId: z.string(),
    workflowId: z.number().int(),
    workflowName: z.string(),
    variables: z.array(plainVariableSchema),
  }),
  z.object({ kind: z.literal('failed'), problem: deepLinkProblemSchema }),
])
export type ShownDeepLink = z.infer<typeof shownDeepLinkSchema>
