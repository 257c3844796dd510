import { z } from 'zod'
import { settingsSchema } from './settings.ts'

/** Why a file of settings can't be taken over. */
const transferProblems = ['unreadable', 'tooLarge', 'notOurs', 'newer', 'damaged'] as const

/** What taking a file over would change. What exists stays: only the settings are replaced. */
const transferPlanSchema = z.object({
  /** The settings that would be others. */
  settings: z.array(settingsSchema.keyof()),
  /** The servers that would be known besides, as address and user. */
  servers: z.array(z.object({ address: z.string(), username: z.string() })),
  /** How many workflows would become favourites. */
  favourites: z.number().int(),
  /** How many variables would be remembered besides. */
  variables: z.number().int(),
})
export type TransferPlan = z.infer<typeof transferPlanSchema>

/** What came of a person's choice of a file. */
export const transferReadSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cancelled') }),
  z.object({
    kind: z.literal('problem'),
    problem: z.enum(transferProblems),
    /** Where in the file, or the file system's code; empty where that says nothing. */
    detail: z.string(),
  }),
  z.object({ kind: z.literal('read'), plan: transferPlanSchema }),
])
type TransferRead = z.infer<typeof transferReadSchema>
export type TransferProblem = Extract<TransferRead, { kind: 'problem' }>
