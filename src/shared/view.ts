import { z } from 'zod'

const pages = ['connect', 'jobs', 'history', 'messages', 'servers', 'settings', 'welcome'] as const
export const pageSchema = z.enum(pages)

/** The window, or the small one by the tray icon: the same page, in one of them at a time. */
export type WindowShape = 'full' | 'compact'

/** What the window remembers of itself while it is destroyed. */
export const viewSchema = z.object({
  page: pageSchema,
  selectedKey: z.string().max(100).nullable(),
  scrollTop: z.number().min(0),
})
export type View = z.infer<typeof viewSchema>
