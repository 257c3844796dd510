import { z } from 'zod'
import { ranOutcomes } from './outcome.ts'

/**
 * The server's history as the window shows it: every job that ended, whoever started it. Its times are those of the
 * server's own clock, whose zone nobody tells: they are shown as they are and never compared with this machine's.
 */

/** How a history row says that its job ended; null is a status that this version of the app does not know. */
const historyOutcomeSchema = z.enum(ranOutcomes)
export type HistoryOutcome = z.infer<typeof historyOutcomeSchema>

/** A day of the server's calendar, `2026-11-25`. */
const daySchema = z.iso.date()

/** What is looked for. */
export const historyQuerySchema = z.object({
  /** A part of the workflow's name or description, as the server's database compares it; empty finds all. */
  text: z.string().max(200),
  day: daySchema.nullable(),
  outcome: historyOutcomeSchema.nullable(),
})
export type HistoryQuery = z.infer<typeof historyQuerySchema>

/** An ended job. */
const historyRowSchema = z.object({
  /** The row's id in the history; no job id. */
  id: z.string(),
  workflowId: z.number().int(),
  workflowName: z.string(),
  outcome: historyOutcomeSchema.nullable(),
  /** The status in the server's words, for one that is not known. */
  rawStatus: z.string(),
  /** When it ended, in milliseconds since 1970 as if the server's clock showed UTC; null where its text can't be read. */
  endedAt: z.number().nullable(),
  /** The server's own text for that. */
  endedText: z.string(),
})
export type HistoryRow = z.infer<typeof historyRowSchema>

/** A part of what was found, newest first. */
export const historyPageSchema = z.object({
  rows: z.array(historyRowSchema),
  /** What to ask for next; null at the history's end. */
  next: z.number().int().nullable(),
})
export type HistoryPage = z.infer<typeof historyPageSchema>

/** How many jobs ended on a day, of all workflows that the text finds. */
export const historyDaySchema = z.object({ day: daySchema, count: z.number() })
export type HistoryDay = z.infer<typeof historyDaySchema>
