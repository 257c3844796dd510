import { z } from 'zod'

/** How the person's system writes what is no text, as tags that Intl takes; it may be set to another than the language. */
export const systemFormatsSchema = z.object({
  /** For dates and times; where the person has chosen how hours are counted it says so (`-u-hc-h23`). */
  times: z.string(),
  /** For numbers. */
  numbers: z.string(),
})
export type SystemFormats = z.infer<typeof systemFormatsSchema>
