import { z } from 'zod'
import { longestName, longestValue, variableNamePattern } from '../../shared/variable-limits.ts'

/** A variable as it was sent last, for the next start; a secret one is never one. */
export const rememberedSchema = z.object({
  name: z.string().max(longestName).regex(variableNamePattern),
  value: z.string().max(longestValue),
})
export type Remembered = z.infer<typeof rememberedSchema>
