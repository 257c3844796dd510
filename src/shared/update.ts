import { z } from 'zod'

/** How it stands with newer versions of the app. Times are milliseconds since 1970. */
export const updateStateSchema = z.discriminatedUnion('kind', [
  /**
   * Not the app brings newer versions here. `packageManager`: deb and rpm. `noSource`: nobody has said, when the package
   * was made, where newer ones are. `notWritable`: the AppImage is in a folder in which the person may change nothing.
   */
  z.object({
    kind: z.literal('off'),
    why: z.enum(['notInstalled', 'packageManager', 'noSource', 'notWritable']),
  }),
  z.object({ kind: z.literal('checking') }),
  /** There was no newer version at that time; null: nobody has looked yet. */
  z.object({ kind: z.literal('current'), checkedAt: z.number().nullable() }),
  /** It could not be looked for, or not be fetched as a whole. Nothing was changed. */
  z.object({ kind: z.literal('failed'), checkedAt: z.number() }),
  /** A newer version was fetched and checked; the end of the app puts it in its place. */
  z.object({ kind: z.literal('ready'), version: z.string() }),
])
export type UpdateState = z.infer<typeof updateStateSchema>
