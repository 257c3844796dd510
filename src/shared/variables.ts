import { z } from 'zod'
import { longestName, longestValue, variableNamePattern } from './variable-limits.ts'

/** What a person gives a start along: the server puts the value wherever the workflow says `$name`. */
export const variableSchema = z.object({
  name: z.string().max(longestName).regex(variableNamePattern),
  /** The server takes text only. */
  value: z.string().max(longestValue),
  /** It is sent and then forgotten: neither the disk nor the window keeps it. */
  isSecret: z.boolean(),
})
export type Variable = z.infer<typeof variableSchema>

/** A variable that is not secret: it may be kept, and shown. */
export const plainVariableSchema = variableSchema.pick({ name: true, value: true })
export type PlainVariable = z.infer<typeof plainVariableSchema>

/** A variable as it is remembered of a start; null is the value of a secret one. */
export const sentVariableSchema = z.object({ name: z.string(), value: z.string().nullable() })
export type SentVariable = z.infer<typeof sentVariableSchema>

/** A variable that a workflow takes. */
const takenVariableSchema = z.object({
  name: z.string(),
  /** The workflow's own value of this name, which wins over every other; null where it has none. */
  ownValue: z.string().nullable(),
  /** What was sent last time; null where nothing was, or it was secret. */
  lastValue: z.string().nullable(),
  /** Whether it was secret last time. */
  wasSecret: z.boolean(),
})
export type TakenVariable = z.infer<typeof takenVariableSchema>

/** The variables that a workflow takes, and what becomes of them. */
export const takenVariablesSchema = z.object({
  variables: z.array(takenVariableSchema),
  /** Whether a start waits behind a running job of the same workflow: the server forgets its variables then. */
  isOneAtATime: z.boolean(),
})
export type TakenVariables = z.infer<typeof takenVariablesSchema>
